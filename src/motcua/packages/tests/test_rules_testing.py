"""Tests of packages: each expectation by itself, met and not met."""

import pytest

from motcua.packages.rules.files import definition_from_files
from motcua.packages.rules.testing import TestOutcome, run_tests
from motcua.packages.standard import shipped_places, standard_calendar
from motcua.packages.tests.samples import sample_files, with_change

TestOutcome.__test__ = False  # type: ignore[attr-defined] # a value, not a test of ours


def _outcome(files: dict[str, bytes]) -> TestOutcome:
    (outcome,) = run_tests(definition_from_files(files), calendar=standard_calendar(), places=shipped_places())
    return outcome


def test_the_sample_passes() -> None:
    outcome = _outcome(sample_files())
    assert outcome.findings == ()
    assert outcome.passed


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("problems: []", "problems: [born]", "Ô bị báo lỗi: phải là born, nhưng ra không báo lỗi nào"),
        ("days: 10", "days: 11", "Giá trị “days”: phải là 11, nhưng ra 10"),
        ("days: 10", "order: 1", "Giá trị “order”: phải là 1, nhưng ra không có giá trị"),
        ("days: 10", "born: 2026-02-21", "Giá trị “born”: phải là “2026-02-21”, nhưng ra “2026-02-20”"),
        ("not_asked: [order]", "asked: [order]", "Ô “order”: phải là được hỏi, nhưng ra không hỏi"),
        ("not_asked: [order]", "not_asked: [born]", "Ô “born”: phải là không hỏi, nhưng ra được hỏi"),
        ("fees: 0", "fees: 5000", "Phí, lệ phí: phải là 5.000 đồng, nhưng ra 0 đồng"),
        (
            "[to-khai, giay-chung-sinh]",
            "[to-khai]",
            "Giấy tờ bắt buộc: phải là to-khai, nhưng ra to-khai, giay-chung-sinh",
        ),
        (
            *("[receive, appraise, approve, deliver]", "[receive, deliver]"),
            "Các bước đi qua: phải là receive → deliver, nhưng ra receive → appraise → approve → deliver",
        ),
    ],
)
def test_what_comes_out_otherwise_is_told(old: str, new: str, text: str) -> None:
    assert [finding.text for finding in _outcome(with_change("tests/dung-han.yaml", old, new)).findings] == [text]


def test_the_moment_of_the_answer_is_told_with_its_working() -> None:
    (finding,) = _outcome(with_change("tests/dung-han.yaml", "2026-03-02T17:00", "2026-03-03T17:00")).findings
    assert (finding.what, finding.expected) == ("Hẹn trả", "17:00 03/03/2026")
    assert finding.came.startswith("17:00 02/03/2026 (")


def test_the_channel_the_case_and_holidays_count() -> None:
    files = with_change(
        "tests/dung-han.yaml", "case: default\nat: 2026-03-02T08:30", "case: late\nat: 2026-02-13T08:30"
    )
    files["tests/dung-han.yaml"] = (
        files["tests/dung-han.yaml"].replace(b"2026-02-20", b"2025-12-01").replace(b"days: 10", b"days: 74")
    )
    found = {finding.what: finding.came for finding in _outcome(files).findings}
    assert set(found) == {"Phí, lệ phí", "Hẹn trả", "Giấy tờ bắt buộc"}
    assert found["Phí, lệ phí"] == "5.000 đồng"
    assert found["Hẹn trả"].startswith("08:30 25/02/2026")  # the days of Tết are not counted


def test_what_is_refused_is_found_by_field_and_by_check() -> None:
    base = with_change("tests/dung-han.yaml", "born: 2026-02-20", "born: 2026-04-01")
    text = base["tests/dung-han.yaml"].decode().replace("values: {days: 10}", "values: {}")
    for name in ("born", "born-before"):
        files = {**base, "tests/dung-han.yaml": text.replace("problems: []", f"problems: [{name}]").encode()}
        assert _outcome(files).passed
    (finding,) = _outcome({**base, "tests/dung-han.yaml": text.encode()}).findings
    assert finding.came == "born: Ngày sinh không được ở tương lai."


def test_facts_lead_along_other_ways() -> None:
    form = "{child_name: An, born: 2026-02-20, twins: true, order: 2}"
    files = with_change("tests/dung-han.yaml", "{child_name: Nguyễn Văn An, born: 2026-02-20}", form)
    text = files["tests/dung-han.yaml"].decode()
    text = text.replace("not_asked", "asked").replace("NGUYỄN VĂN AN", "An")
    files["process.yaml"] = files["process.yaml"].replace(b"      - {to: approve}\n", b"")
    outcome = _outcome(
        {**files, "tests/dung-han.yaml": text.replace("appraise, approve, ", "appraise, urgent, ").encode()}
    )
    assert outcome.findings == ()


def test_what_cannot_be_worked_out_is_a_finding() -> None:
    files = with_change("procedure.yaml", "      any: {unit: same_day}\n      online", "      post")
    (finding,) = _outcome(files).findings
    assert (finding.what, finding.came) == ("Hẹn trả", "Thủ tục chưa có thời hạn cho cách nộp này.")


def test_words_on_papers() -> None:
    (finding,) = _outcome(with_change("tests/dung-han.yaml", "[NGUYỄN VĂN AN]", "[Trần Văn An]")).findings
    assert finding.expected == "có chữ “Trần Văn An”"
    assert "Nguyễn Văn An" in finding.came
