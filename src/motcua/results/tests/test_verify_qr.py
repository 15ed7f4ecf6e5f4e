"""`motcua verify-qr`: the answer, the code with which it leaves, no database."""

import io
import json
from datetime import datetime
from pathlib import Path

import pytest

from motcua.deadlines.terms import VIET_NAM
from motcua.kernel.errors import Invalid
from motcua.project.commands.verify_qr import verify_qr
from motcua.project.runtime.errors import StartError
from motcua.results.rules.keys import keys_as_json
from motcua.results.tests.test_rules_qr import AT, CLAIMS, KEY, text_of

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=VIET_NAM)
EXPIRED = datetime(2026, 9, 4, 0, 0, 1, tzinfo=VIET_NAM)
EARLY = datetime(2026, 3, 2, 23, 59, tzinfo=VIET_NAM)


@pytest.fixture
def keys(tmp_path: Path) -> str:
    return written(tmp_path)


def written(folder: Path, *revoked: str, replaced: tuple[str, ...] = ()) -> str:
    path = folder / "khoa.json"
    found = keys_as_json([KEY], revoked=revoked, at=AT, place="Quảng Ninh", replaced=replaced)
    path.write_text(json.dumps(found), encoding="utf-8")
    return str(path)


def test_a_genuine_one(keys: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_qr(text_of(), keys, as_json=False, now=NOW) == 0
    told = capsys.readouterr().out
    for words in ("Mã QR là thật", CLAIMS.holder, "Có giá trị đến hết: 03/09/2026", "15:00 03/03/2026"):
        assert words in told


@pytest.mark.parametrize(("now", "code"), [(NOW, ""), (EXPIRED, "expired"), (EARLY, "not_yet")])
def test_one_that_holds_no_more_or_not_yet(
    keys: str, now: datetime, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_qr(text_of(), keys, as_json=True, now=now) == (1 if code else 0)
    told = json.loads(capsys.readouterr().out)
    assert (told["valid"], told["reason_code"]) == (not code, code)
    assert told["claims"]["issued_on"] == "2026-03-03"


def test_a_revoked_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_qr(text_of(), written(tmp_path, CLAIMS.code), as_json=False, now=NOW) == 1
    assert "đã bị thu hồi" in capsys.readouterr().out


def test_one_that_a_newer_version_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_qr(text_of(), written(tmp_path, replaced=(CLAIMS.code,)), as_json=True, now=NOW) == 1
    assert json.loads(capsys.readouterr().out)["reason_code"] == "superseded"


def test_one_that_is_none(keys: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("MC1AAAA\n"))
    assert verify_qr("-", keys, as_json=True, now=NOW) == 1
    assert json.loads(capsys.readouterr().out)["claims"] is None


def test_without_a_list_of_keys(tmp_path: Path) -> None:
    with pytest.raises(StartError):
        verify_qr(text_of(), str(tmp_path / "khong-co"), as_json=False)
    other = tmp_path / "khac.json"
    other.write_text("[]", encoding="utf-8")
    with pytest.raises(Invalid):
        verify_qr(text_of(), str(other), as_json=False)
