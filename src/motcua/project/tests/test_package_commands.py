"""`motcua packages …` on files: what is said, and the exit codes. No installation is needed."""

import json
from pathlib import Path
from typing import Any

import pytest

from motcua.packages.folders import write_folder
from motcua.packages.tests.samples import sample_files, with_change
from motcua.project.cli import main

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_folder(sample_files(), tmp_path / "good")
    broken = {**with_change("procedure.yaml", "amount: 5000", "amount: nhiều"), "x.txt": b""}
    broken["form.yaml"] = broken["form.yaml"].replace(b"kind: date", b"kind: day")
    write_folder(broken, tmp_path / "broken")
    write_folder(with_change("tests/dung-han.yaml", "fees: 0", "fees: 9000"), tmp_path / "failing")


def _json(said: Said) -> Any:
    return json.loads(said.readouterr().out)


def test_check_tells_every_fault_by_file_and_line(capsys: Said) -> None:
    assert main(["packages", "check", "good"]) == 0
    assert capsys.readouterr() == ("good: không có lỗi, 0 lưu ý.\n", "")
    assert main(["packages", "check", "good", "broken"]) == 1
    said = capsys.readouterr()
    places = [line.split(": ")[0] for line in said.err.splitlines()]
    assert places == ["broken/form.yaml:7", "broken/procedure.yaml:22", "broken/x.txt:1"]
    assert "broken: 3 lỗi, 0 lưu ý." in said.out


def test_check_for_programs(capsys: Said) -> None:
    assert main(["packages", "check", "broken", "nowhere", "--json"]) == 1
    broken, nowhere = _json(capsys)["packages"]
    assert (broken["code"], len(broken["problems"]), broken["warnings"]) == (None, 3, [])
    assert broken["problems"][0]["field"] == "form.yaml:7"
    assert nowhere["problems"] == [{"code": "no_path", "message": "Không có tệp hoặc thư mục nowhere."}]


def test_check_names_the_line_of_one_file(capsys: Said, tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("code: 1.001193\nname: Một\nlevle: x\n", encoding="utf-8")
    assert main(["packages", "check", "one.yaml"]) == 1
    assert "one.yaml:3: Không có mục tên «levle»" in capsys.readouterr().err


def test_test_tells_what_was_expected_and_what_came(capsys: Said) -> None:
    assert main(["packages", "test", "good", "failing"]) == 1
    said = capsys.readouterr().out
    assert "Đạt        Đăng ký đúng hạn (dung-han)" in said
    assert "Phí, lệ phí: phải là 9.000 đồng, nhưng ra 0 đồng" in said
    assert "failing: 0/1 kiểm thử đạt." in said
    assert main(["packages", "test", "failing", "broken", "--json"]) == 1
    failing, broken = _json(capsys)["packages"]
    assert failing["tests"][0]["findings"][0]["came"] == "0 đồng"
    assert len(broken["problems"]) == 3


def test_simulate(capsys: Said) -> None:
    assert main(["packages", "simulate", "good", "--dossiers", "30", "--staff", "handle=2"]) == 0
    assert "30/30 hồ sơ đến nơi" in capsys.readouterr().out
    assert main(["packages", "simulate", "good", "--dossiers", "30", "--seed", "5", "--json"]) == 0
    first = _json(capsys)
    assert main(["packages", "simulate", "good", "--dossiers", "30", "--seed", "5", "--json"]) == 0
    assert _json(capsys) == first
    assert main(["packages", "simulate", "good", "--staff", "handle"]) == 1
    assert "hãy viết như handle=3" in capsys.readouterr().err


def test_diff_says_what_changed(capsys: Said) -> None:
    assert main(["packages", "diff", "good", "good"]) == 0
    assert capsys.readouterr().out == "Hai gói giống hệt nhau.\n"
    assert main(["packages", "diff", "good", "failing"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Kiểm thử:",
        "  Kiểm thử «Đăng ký đúng hạn», kết quả phải có, tổng phí, lệ phí: 0 đồng → 9.000 đồng",
        "1 chỗ khác nhau.",
    ]
    assert main(["packages", "diff", "good", "broken"]) == 1
    assert "broken/form.yaml:7: " in capsys.readouterr().err


def test_pack_and_unpack(capsys: Said, tmp_path: Path) -> None:
    assert main(["packages", "pack", "good"]) == 0
    assert main(["packages", "pack", "1.001193.zip", "--to", "again"]) == 0
    assert main(["packages", "pack", "again", "--to", "again.zip"]) == 0
    assert (tmp_path / "again.zip").read_bytes() == (tmp_path / "1.001193.zip").read_bytes()
    assert main(["packages", "pack", "again"]) == 0  # the same bytes are no other file
    capsys.readouterr()
    assert main(["packages", "pack", "failing"]) == 1
    assert "1.001193.zip đã có." in capsys.readouterr().err
    assert main(["packages", "pack", "good", "--to", "again"]) == 1
    assert "đã có nội dung" in capsys.readouterr().err
    assert main(["packages", "pack", "broken", "--to", "b.zip"]) == 1
    assert not (tmp_path / "b.zip").exists()


def test_a_day_that_is_none(capsys: Said) -> None:
    assert main(["packages", "install", "good", "--from", "mai", "--data", "d"]) == 1
    assert "«mai» không phải ngày" in capsys.readouterr().err


def test_links_and_other_files_are_no_packages(capsys: Said, tmp_path: Path) -> None:
    (tmp_path / "good" / "texts" / "link.txt").symlink_to("/etc/passwd")
    (tmp_path / "note.docx").write_bytes(b"x")
    assert main(["packages", "check", "good", "note.docx"]) == 1
    said = capsys.readouterr().err
    assert "liên kết" in said
    assert "không phải thư mục" in said
