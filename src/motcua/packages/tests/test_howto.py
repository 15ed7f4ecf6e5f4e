"""The page `docs/howto/write-a-procedure.md` says the truth: its package is right and its commands work."""

import re
import shlex
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from motcua.identity.terms import SYSTEM
from motcua.packages.actions import install_package
from motcua.packages.folders import write_folder
from motcua.packages.rules.checker import checked
from motcua.packages.rules.files import definition_from_files
from motcua.packages.rules.reading import read_package
from motcua.packages.rules.testing import run_tests
from motcua.packages.standard import shipped_places, standard_calendar
from motcua.procedures.queries import current_version
from motcua.project.cli import main

_TEXT = (Path(__file__).resolve().parents[4] / "docs" / "howto" / "write-a-procedure.md").read_text(encoding="utf-8")
FILES = {name: text.encode() for name, text in re.findall(r"^### `([^`]+)`\n\n```yaml\n(.*?)^```", _TEXT, re.S | re.M)}
AT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_the_package_of_the_page_has_no_fault_and_nothing_to_look_at_again() -> None:
    assert len(FILES) == 6
    read = read_package(FILES)
    problems, warnings = checked(read)
    assert [(one.field, one.message) for one in (*problems, *warnings)] == []


def test_its_tests_pass() -> None:
    definition = definition_from_files(FILES)
    outcomes = run_tests(definition, calendar=standard_calendar(), places=shipped_places())
    assert [(one.key, [finding.text for finding in one.findings]) for one in outcomes] == [
        ("dam-cuoi", []),
        ("hop-thon", []),
    ]


def test_its_commands_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    write_folder(FILES, tmp_path / "hoi-truong")
    monkeypatch.chdir(tmp_path)
    section = _TEXT.partition("## Kiểm tra, thử, so sánh")[2]
    commands = re.findall(r"^```sh\n(.*?)^```", section, re.S | re.M)[0].splitlines()
    assert len(commands) == 5
    for command in commands:
        assert main(shlex.split(command)[1:]) == 0, command
    said = capsys.readouterr()
    assert said.err == ""
    assert "hoi-truong: không có lỗi, 0 lưu ý." in said.out
    assert "200/200 hồ sơ đến nơi" in said.out


@pytest.mark.django_db
def test_it_can_be_installed_and_published() -> None:
    definition = definition_from_files(FILES)
    assert install_package(actor=SYSTEM, definition=definition, at=AT).result == "drafted"
    day = date(2026, 3, 2)
    done = install_package(actor=SYSTEM, definition=definition, at=AT, publish=True, valid_from=day)
    assert done.result == "published"
    assert current_version(definition.code, AT).content == definition
