"""The child process: the same verdict, the parent asked for revocation, limits that bite."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from motcua.trust.terms import PaperVerdict, Role
from motcua.trust.verifying.bounded import verify_bounded
from tests.attacks.forging import Update, simple_paper
from tests.attacks.scene import BOTH, LATER, judge, sealed
from tests.pki import demo_pki


def _bounded(content: bytes | Path, **how: object) -> PaperVerdict:
    pki = demo_pki()
    given = {"trust": pki.trust_store(), "at": LATER, "online": pki.fetcher(at=LATER), "seconds": 60.0} | how
    return verify_bounded(content, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("start", ["fork", "forkserver"])
def test_the_child_says_what_the_engine_says(start: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(sealed())
    assert _bounded(path, demanded=BOTH, start=start) == judge(path, demanded=BOTH)


def test_the_parent_is_asked_for_revocation() -> None:
    pki = demo_pki()
    fetcher = pki.fetcher(at=LATER)
    assert _bounded(sealed(), online=fetcher, start="fork").valid
    assert fetcher.asked


def test_without_a_port_nobody_is_asked() -> None:
    assert _bounded(sealed(), online=None, start="fork").reason_code == "revocation_unknown"


def test_too_slow_is_refused() -> None:
    verdict = _bounded(sealed(), seconds=0.0)
    assert (verdict.valid, verdict.error, verdict.reason_code) == (False, "too_slow", "too_slow")


def test_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    update = Update(simple_paper())
    number = update.add(b"<< /Fields [" + b"0 " * 2_000_000 + b"] >>")
    update.replace(update.pdf.Root, update.pdf.Root.unparse(resolved=True)[:-2] + b" /AcroForm %d 0 R >>" % number)
    path.write_bytes(update.written())
    verdict = _bounded(path, memory=48 * 1024 * 1024, start="fork")
    assert (verdict.valid, verdict.error) == (False, "too_much_memory")


def test_from_many_threads_at_once() -> None:
    said: list[PaperVerdict] = []
    threads = [threading.Thread(target=lambda: said.append(_bounded(sealed()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.valid for one in said] == [True] * 4


def test_roles_travel() -> None:
    verdict = _bounded(simple_paper(), demanded=[Role.SIGNER], start="fork")
    assert (verdict.reason_code, verdict.missing_roles) == ("not_signed", (Role.SIGNER,))
