"""The drill: authorities are killed and the clock is moved; what is written down happens."""

import json

import pytest

from motcua.project.cli import main


def test_the_whole_course_goes_as_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust", "drill", "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)
    assert [(one["came"], one["standing"]) for one in steps] == [
        ("văn bản 1: có dấu thời gian của TSA 1", "Bình thường"),
        ("văn bản 2: có dấu thời gian của TSA 2", "Bình thường"),
        ("văn bản 3: ký, chờ bổ sung dấu thời gian", "Ký tiếp, ghi chờ"),
        ("văn bản 4: ký, chờ bổ sung dấu thời gian", "Ký tiếp, ghi chờ"),
        ("văn bản 5: ký, chờ bổ sung dấu thời gian", "Ký tiếp, ghi chờ"),
        ("văn bản 6: không ký", "Ngừng ký"),
        ("văn bản 3, 4, 5: đã bổ sung dấu thời gian", "Bình thường"),
        ("văn bản 6: có dấu thời gian của TSA 1", "Bình thường"),
        ("OCSP: chưa bị thu hồi", "Bình thường"),
        ("CRL: chưa bị thu hồi", "Bình thường"),
        ("không kiểm tra được", "Ký tiếp, ghi chờ"),
        ("không kiểm tra được", "Ngừng ký"),
        ("OCSP: chưa bị thu hồi", "Bình thường"),
        ("OCSP: bị thu hồi lúc 04/03 10:10", "Bình thường"),
    ]
    assert [one["at"] for one in steps][:6] == [
        "02/03 08:00", "02/03 08:30", "02/03 09:00", "03/03 08:00", "03/03 08:59", "03/03 09:00",
    ]  # fmt: skip


def test_people_can_read_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trust", "drill"]) == 0
    said = capsys.readouterr().out
    assert "14 bước, đúng như quy định đã viết." in said
    assert "TSA 2 cũng bị tắt" in said
