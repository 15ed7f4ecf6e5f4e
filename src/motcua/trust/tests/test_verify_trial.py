"""The signed papers of the trial data against poppler's pdfsig, and ours against pdfsig and openssl."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.trust.store import TrustStore
from motcua.trust.terms import PaperVerdict
from motcua.trust.verifying.engine import verify_pdf
from motcua.trust.verifying.seals import look_at
from tests.attacks.forging import byte_range
from tests.attacks.scene import AT, LATER, judge, sealed
from tests.pki import demo_pki
from tests.trial import trial_file

NOW = datetime(2026, 11, 22, tzinfo=UTC)
pdfsig = pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler's pdfsig is not installed")
openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed")

#: By hand: file, digest as pdfsig says it, our digest, our reason.
PAPERS = (
    ("gov_portal_2017_sha1_adbe.pdf", "SHA1", "sha1"),
    ("gov_portal_2020_sha1_adbe.pdf", "SHA1", "sha1"),
    ("gov_portal_2025_sha256_adbe.pdf", "SHA-256", "sha256"),
)


def _pdfsig(path: Path) -> list[dict[str, str]]:
    """Return what pdfsig says of each signature of a file."""
    clock = {**os.environ, "TZ": "UTC"}  # it tells local time
    run = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False, env=clock)
    found: list[dict[str, str]] = []
    for line in run.stdout.splitlines():
        if line.startswith("Signature #"):
            found.append({})
        elif line.startswith("  - ") and found:
            key, _, value = line[4:].partition(": ")
            found[-1][key] = value or "yes"
    return found


def _said_of(path: Path) -> PaperVerdict:
    return verify_pdf(path, trust=TrustStore(), at=NOW)


@pdfsig
@pytest.mark.parametrize(("name", "theirs", "ours"), PAPERS)
def test_what_pdfsig_can_tell_we_tell_too(name: str, theirs: str, ours: str) -> None:
    path = trial_file(f"signed_pdfs/{name}")
    (said,) = _pdfsig(path)
    (mine,) = _said_of(path).signatures
    assert (said["Signature Validation"] == "Signature is Valid.") == mine.intact
    assert said["Signer Certificate Common Name"] == mine.signer
    assert f"O={mine.agency}," in said["Signer full Distinguished Name"]
    assert (said["Signing Hash Algorithm"], mine.digest) == (theirs, ours)
    assert (said["Signature Type"], mine.kind) == ("adbe.pkcs7.detached", "adbe")
    assert ("Total document signed" in said) == mine.covers_whole_file
    when = datetime.strptime(said["Signing Time"], "%b %d %Y %H:%M:%S").replace(tzinfo=UTC)
    assert mine.time == when


@pytest.mark.parametrize(("name", "_theirs", "ours"), PAPERS)
def test_what_pdfsig_does_not_judge(name: str, _theirs: str, ours: str) -> None:
    """No root of the State: undecided. SHA-1 and the old form are named, not held against what is intact."""
    verdict = _said_of(trial_file(f"signed_pdfs/{name}"))
    (mine,) = verdict.signatures
    assert (verdict.valid, verdict.error, verdict.reason_code) == (False, "", "unknown_root")
    assert (mine.intact, mine.trusted, mine.revision, mine.time_source) == (True, None, 2, "claimed")
    assert any("SHA-1" in warning for warning in mine.warnings) == (ours == "sha1")
    assert any("adbe" in warning for warning in mine.warnings)


def test_the_intermediate_certificate_lengthens_the_path_and_decides_nothing() -> None:
    authority = trial_file("signed_pdfs/ca/ca_0.pem").read_bytes()
    store = TrustStore.of([], intermediates=[authority])
    paper = trial_file("signed_pdfs/gov_portal_2025_sha256_adbe.pdf")
    (mine,) = verify_pdf(paper, trust=store, at=NOW).signatures
    assert mine.path[1:] == ("CA phục vụ các cơ quan Nhà nước G2", "RootCA chuyên dùng Chính phủ G2")
    assert (mine.trusted, mine.reason_code) == (None, "unknown_root")


@pdfsig
def test_ours_hold_in_pdfsig(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(sealed())
    first, second = _pdfsig(path)
    assert first["Signature Validation"] == second["Signature Validation"] == "Signature is Valid."
    assert second["Signature Type"] == "ETSI.CAdES.detached"
    assert judge(path).valid


@pdfsig
def test_pdfsig_says_valid_of_a_paper_that_was_changed_and_we_do_not(tmp_path: Path) -> None:
    from tests.attacks.test_shadow import SHADOW

    path = tmp_path / "paper.pdf"
    path.write_bytes(SHADOW["replace: the words of a page"].make())
    assert {said["Signature Validation"] for said in _pdfsig(path)} == {"Signature is Valid."}
    assert judge(path).reason_code == "changed"


@openssl
def test_our_timestamps_hold_in_openssl(tmp_path: Path) -> None:
    content = sealed()
    for number in range(2):
        _, hole, end, _ = byte_range(content, number)
        cms = bytes.fromhex(content[hole + 1 : end - 1].decode())
        seal = look_at(cms, lambda _name: b"", kind="pades")
        assert seal.token is not None
        assert seal.signer is not None
        (tmp_path / "token.der").write_bytes(seal.token.dump())
        (tmp_path / "value.bin").write_bytes(seal.signer["signature"].native)
        pki = demo_pki()
        (tmp_path / "root.pem").write_bytes(pki.root.public_bytes(Encoding.PEM))
        chain = b"".join(one.public_bytes(Encoding.PEM) for one in [pki.trusted.stamping_issuer.certificate])
        (tmp_path / "chain.pem").write_bytes(chain)
        command = ["openssl", "ts", "-verify", "-data", "value.bin", "-in", "token.der", "-token_in"]
        command += ["-CAfile", "root.pem", "-untrusted", "chain.pem", "-attime", str(int(AT.timestamp()) + 60)]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
        assert re.search("Verification: OK", run.stdout + run.stderr)


def test_the_verdict_on_ours_says_who_when_and_for_whom() -> None:
    verdict = judge(sealed())
    assert verdict.signatures[0].time == AT
    assert verdict.checked_at == LATER
