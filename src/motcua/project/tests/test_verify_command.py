"""`motcua verify` and `motcua trust`: one object always, exit codes, roots, the bundle."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.project.cli import main
from motcua.trust.verifying.words import PAPER, SIGNATURE, UNREADABLE
from tests.attacks.scene import AT, LATER, sealed, signed
from tests.pki import demo_pki

KEYS = {"valid", "reason_code", "reason", "error", "sha256", "size", "pages", "checked_at", "signatures", "changes"}


def _verify(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    code = main(["verify", *arguments, "--json", "--data", str(data)])
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said.keys() >= KEYS
    return code, said


def _written(folder: Path, content: bytes) -> str:
    path = folder / "paper.pdf"
    path.write_bytes(content)
    return str(path)


def _with_roots(data: Path) -> Path:
    """An installation that believes the test's root and has its revocation lists."""
    pki = demo_pki()
    given = data / "given.pem"
    given.write_bytes(pki.root.public_bytes(Encoding.PEM))
    assert main(["trust", "add", str(given), "--name", "Gốc thử", "--source", "tự lập", "--data", str(data)]) == 0
    for der in pki.intermediates():
        given.write_bytes(der)
        assert main(["trust", "add", str(given), "--intermediate", "--data", str(data)]) == 0
    fetcher = pki.fetcher(at=LATER)
    for authority in (pki.trusted.root, *pki.trusted.issuers.values(), pki.trusted.stamping_issuer):
        given.write_bytes(fetcher.crl_of(authority.certificate.public_bytes(Encoding.DER)))
        assert main(["trust", "add", str(given), "--crl", "--data", str(data)]) == 0
    return data


def test_files_nobody_can_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty, text = tmp_path / "empty.pdf", tmp_path / "text.pdf"
    empty.write_bytes(b"")
    text.write_text("xin chào")
    rows = {
        str(tmp_path / "absent.pdf"): "missing",
        str(tmp_path): "not_a_file",
        "/dev/null": "not_a_file",
        str(empty): "empty",
        str(text): "not_pdf",
        str(text / "below"): "missing",
        "a\0b": "missing",
    }
    for path, code in rows.items():
        exit_code, said = _verify(capsys, tmp_path, path)
        assert (exit_code, said["valid"], said["error"], said["signatures"]) == (2, False, code, [])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _written(tmp_path, sealed())
    Path(path).chmod(0)
    assert _verify(capsys, tmp_path, path)[1]["error"] == "no_permission"


def test_valid_not_valid_and_what_is_demanded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _with_roots(tmp_path)
    capsys.readouterr()
    at = ["--at", LATER.isoformat()]
    path = _written(tmp_path, sealed())
    code, said = _verify(capsys, data, path, *at, "--demand", "signer,seal")
    assert (code, said["valid"], said["error"]) == (0, True, "")
    assert [one["role"] for one in said["signatures"]] == ["signer", "seal"]
    assert said["signatures"][0]["time"] == AT.isoformat()
    code, said = _verify(capsys, data, path, *at, "--sha256", "0" * 64)
    assert (code, said["reason_code"]) == (1, "other_file")
    path = _written(tmp_path, signed())
    code, said = _verify(capsys, data, path, *at, "--demand", "signer,seal")
    assert (code, said["reason_code"], said["missing_roles"]) == (1, "missing_signature", ["seal"])
    code, said = _verify(capsys, data, path, "--at", (AT - timedelta(days=1)).isoformat())
    assert (code, said["reason_code"]) == (1, "signed_in_future")


def test_a_bundle_takes_the_place_of_the_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here, there = _with_roots(tmp_path), tmp_path / "elsewhere"
    bundle = tmp_path / "bundle.zip"
    capsys.readouterr()
    assert main(["trust", "bundle", "--to", str(bundle), "--data", str(here)]) == 0
    key = capsys.readouterr().out.rsplit(":", 1)[1].strip()
    path = _written(tmp_path, sealed())
    at = ["--at", LATER.isoformat()]
    assert _verify(capsys, there, path, *at)[1]["reason_code"] == "unknown_root"
    given = ["--bundle", str(bundle), "--bundle-key", key]
    assert _verify(capsys, there, path, *at, *given)[0] == 0
    assert main(["verify", path, "--bundle", str(bundle), "--bundle-key", "00", "--data", str(there)]) == 2


def test_roots_are_listed_and_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _with_roots(tmp_path)
    capsys.readouterr()
    assert main(["trust", "list", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "Gốc thử" in said
    fingerprint = said.split("SHA-256: ")[1].splitlines()[0]
    assert main(["trust", "remove", fingerprint, "--data", str(data)]) == 0
    assert main(["trust", "remove", fingerprint, "--data", str(data)]) == 1
    assert main(["trust", "list", "--data", str(data)]) == 0
    assert "Chưa tin" in capsys.readouterr().out


def test_lines_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = _with_roots(tmp_path)
    capsys.readouterr()
    assert main(["verify", _written(tmp_path, sealed()), "--at", LATER.isoformat(), "--data", str(data)]) == 0
    said = capsys.readouterr().out
    for words in ("HỢP LỆ", "Hoàng Mạnh Cường", "02/03/2026 15:00:00 theo dấu thời gian", "thêm chữ ký «seal-1»"):
        assert words in said


@pytest.mark.parametrize("wrong", [["--demand", "king"], ["--at", "hôm qua"], ["--bundle", "absent.zip"]])
def test_a_question_that_cannot_be_asked(wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", _written(tmp_path, sealed()), *wrong, "--data", str(tmp_path)]) == 2
    assert capsys.readouterr().err


def test_every_sentence_says_something_in_the_document() -> None:
    document = (Path(__file__).parents[4] / "docs" / "verification.md").read_text(encoding="utf-8")
    for code in [*UNREADABLE, *SIGNATURE, *PAPER]:
        assert not code or f"`{code}`" in document, code


def test_a_wrong_question_is_an_object_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _written(tmp_path, signed())
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(b"none")
    for wrong in (["--at", "zzz"], ["--bundle", str(bundle)], ["--demand", "king"]):
        code, said = _verify(capsys, tmp_path, path, *wrong)
        assert (code, said["valid"], said["error"]) == (2, False, "not_asked")
        assert len(said["reason"]) > 10


def test_signed_xml_and_detached_signatures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from motcua.signing.xades import sign_xml
    from tests.attacks.forging import cms_of

    data = _with_roots(tmp_path)
    capsys.readouterr()
    pki, at = demo_pki(), ["--at", LATER.isoformat()]
    xml = sign_xml(b"<a><b>1000</b></a>", pki.officer().signing_key(), at=AT, stamper=pki.stamper(at=AT))
    path = tmp_path / "message.xml"
    rows = {
        xml: (0, "", ""),
        xml.replace(b"1000", b"9000"): (1, "altered", ""),
        b"<?xml version='1.0'?><a/>": (1, "not_signed", ""),
        b"<?xml version='1.0'?><a>": (2, "damaged", "damaged"),
        b"<html></html>": (2, "not_pdf", "not_pdf"),
        cms_of(pki.officer(), at=AT)(b"a"): (2, "detached", "detached"),
    }
    for content, expected in rows.items():
        path.write_bytes(content)
        code, said = _verify(capsys, data, str(path), *at)
        assert (code, said["reason_code"], said["error"]) == expected, said
    path.write_bytes(xml)
    assert _verify(capsys, data, str(path), *at, "--demand", "seal")[1]["missing_roles"] == ["seal"]
    assert _verify(capsys, data, str(path), *at, "--sha256", "0" * 64)[1]["reason_code"] == "other_file"


def test_a_name_cannot_write_lines_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from tests.attacks.forging import cms_of, signed_with, simple_paper

    liar = demo_pki().officer("Ông Ký\r\n  HỢP LỆ \x1b[2J\u202e")
    path = _written(tmp_path, signed_with(simple_paper(), cms_of(liar, at=AT)))
    main(["verify", path, "--data", str(tmp_path)])
    said = capsys.readouterr().out
    assert "Ông Ký�" in said
    assert not {"\x1b", "\r", "\u202e"} & set(said)
    assert not any(line.strip().startswith("HỢP LỆ") for line in said.split("\n"))


def test_no_database_is_started_and_nothing_is_left_behind(tmp_path: Path) -> None:
    """A machine of one's own, without an installation."""
    path, nowhere = _written(tmp_path, sealed()), tmp_path / "nowhere"
    assert main(["verify", path, "--json", "--data", str(nowhere)]) == 1
    assert not nowhere.exists()
