"""Every kind of question: what people type, and what is told when it cannot be."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.forms.tests.samples import answers, codes, form_of


def _value(kind: str, typed: str, **props: object) -> object:
    return answers(form_of({"key": "q", "kind": kind, **props}), {"q": typed}).values.get("q")


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  Nguyễn   Văn  An ", "Nguyễn Văn An"),
        ("text", "Hoa\u0300 Đa\u0323i", "Hoà Đại"),
        ("text", "Ðức\u200b", "Đức"),
        ("long_text", "Một\r\n hai  ba\n", "Một\nhai ba"),
        ("name", "Trần-Lê Thị Ba", "Trần-Lê Thị Ba"),
        ("phone", "+84 912.345.678", "0912345678"),
        ("email", "an@example.vn", "an@example.vn"),
        ("date", "1/2/2026", date(2026, 2, 1)),
        ("date", "01-02-2026", date(2026, 2, 1)),
        ("date", "1.2.2026", date(2026, 2, 1)),
        ("date", "01022026", date(2026, 2, 1)),
        ("date", "2026-02-01", date(2026, 2, 1)),
        ("date", "ngày 1 tháng 2 năm 2026", date(2026, 2, 1)),
        ("time", "8h30", "08:30"),
        ("time", "8 giờ 5", None),
        ("time", "20 giờ 05 phút", "20:05"),
        ("money", "1.500.000", Decimal(1500000)),
        ("money", "1500000 đ", Decimal(1500000)),
        ("money", "1.500.000 VNĐ", Decimal(1500000)),
        ("money", "1,500,000", Decimal(1500000)),
        ("number", "1.234", Decimal(1234)),
        ("yes_no", "Có", True),
        ("yes_no", "no", False),
        ("consent", "yes", True),
        ("consent", "", False),
        ("file", "2", Decimal(2)),
    ],
)
def test_what_people_type_is_read(kind: str, typed: str, value: object) -> None:
    assert _value(kind, typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,50", "1234.5"),
        ("120,5 m2", "120.5"),
        ("120 m²", "120"),
        ("-3", "-3"),
    ],
)
def test_a_number_has_a_comma_and_may_carry_its_unit(typed: str, value: str) -> None:
    assert _value("number", typed, decimals=2, unit="m²") == Decimal(value)


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("date", "31/2/2026", "unreadable"),
        ("date", "1/2/26", "unreadable"),
        ("date", "hôm qua", "unreadable"),
        ("date", "1/1/0900", "unreadable"),
        ("time", "25:00", "unreadable"),
        ("money", "1,5", "unreadable"),
        ("money", "-5", "too_small"),
        ("money", "nhiều", "unreadable"),
        ("money", "9" * 16, "unreadable"),
        ("number", "1.5", "unreadable"),
        ("name", "An 2", "name_letters"),
        ("phone", "12", "phone_format"),
        ("email", "an@", "email_format"),
        ("yes_no", "chắc là có", "unknown_option"),
        ("file", "-1", "unreadable"),
        ("text", "a" * 501, "too_long"),
    ],
)
def test_what_cannot_be_is_told_and_has_no_value(kind: str, typed: str, code: str) -> None:
    form = form_of({"key": "q", "kind": kind})
    found = answers(form, {"q": typed})
    assert [problem.code for problem in found.problems] == [code]
    assert "q" not in found.values


def test_a_problem_says_where_and_what_to_do() -> None:
    (found,) = answers(form_of({"key": "q", "kind": "date", "label": "Ngày sinh:"}), {"q": "31/2/2026"}).problems
    assert found.message == "“Ngày sinh”: không có ngày 31/02/2026; hãy xem lại."
    (found,) = answers(form_of({"key": "q", "kind": "text", "label": "Lý do *", "required": True}), {"q": " "}).problems
    assert (found.code, found.message, found.field) == ("required", "Hãy nhập “Lý do”.", "q")


def test_bounds_are_told_in_vietnamese_numbers() -> None:
    form = form_of({"key": "q", "kind": "money", "minimum": 1000000, "maximum": 2000000})
    assert "1.000.000" in answers(form, {"q": "5"}).problems[0].message
    assert codes(form, {"q": "3.000.000"}) == {"q": ["too_large"]}
    assert codes(form, {"q": "2.000.000"}) == {}


def test_a_pattern_has_its_own_message_and_an_unsafe_one_is_not_used() -> None:
    form = form_of({"key": "q", "kind": "text", "pattern": "[0-9]{2}[A-Z]-[0-9]+", "pattern_message": "Ghi như 29A-1."})
    assert answers(form, {"q": "x"}).problems[0].message == "Ghi như 29A-1."
    assert answers(form, {"q": "29A-123"}).is_accepted
    endless = form_of({"key": "q", "kind": "text", "pattern": "(a+)+b"})
    assert answers(endless, {"q": "a" * 400}).is_accepted


def test_choices_are_found_by_value_and_by_label() -> None:
    options = [{"value": "a", "label": "Ăn uống"}, {"value": "b", "label": "Bán lẻ"}]
    form = form_of(
        {"key": "q", "kind": "choice", "options": options}, {"key": "r", "kind": "choices", "options": options}
    )
    found = answers(form, {"q": "an uong", "r": ["b", "Ăn uống", "b"]})
    assert found.values == {"q": "a", "r": ["a", "b"]}
    assert codes(form, {"q": "c", "r": ["a", "<script>"]}) == {"q": ["unknown_option"], "r": ["unknown_option"]}


def test_choices_are_always_there_and_may_be_required() -> None:
    form = form_of({"key": "r", "kind": "choices", "options": [{"value": "a", "label": "A"}], "required": True})
    found = answers(form, {})
    assert found.values == {"r": []}
    assert [problem.code for problem in found.problems] == ["required"]


def test_a_consent_that_is_required_must_be_ticked() -> None:
    form = form_of({"key": "ok", "kind": "consent", "label": "Tôi cam đoan", "required": True})
    (found,) = answers(form, {"ok": "no"}).problems
    assert found.message == "Hãy đánh dấu vào ô “Tôi cam đoan”."
    assert answers(form, {"ok": "on"}).values == {"ok": True}


def test_lists_ship_with_the_product() -> None:
    form = form_of(
        {"key": "e", "kind": "choice", "lookup": "ethnicities"},
        {"key": "n", "kind": "choice", "lookup": "nationalities"},
        {"key": "p", "kind": "choice", "lookup": "provinces"},
        {"key": "c", "kind": "choice", "lookup": "communes"},
        {"key": "b", "kind": "choice", "lookup": "business_lines"},
        {"key": "r", "kind": "choice", "lookup": "relations"},
    )
    typed = {"e": "Ê-đê", "n": "Lào", "p": "46", "c": "00004", "b": "4711", "r": "con đẻ"}
    found = answers(form, typed)
    assert found.problems == ()
    assert found.values == {
        "e": "12",
        "n": "LA",
        "p": "Thành phố Huế",
        "c": "Phường Ba Đình, Thành phố Hà Nội",
        "b": "4711",
        "r": "child",
    }
    again = answers(form, {key: str(value) for key, value in found.values.items()})
    assert again.values == found.values
    assert codes(form, {"e": "99", "p": "77", "b": "x"}) == {
        "e": ["unknown_option"],
        "p": ["unknown_option"],
        "b": ["unreadable"],
    }


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"q": "1960"}, {"year": 1960}),
        ({"q": "5/1960"}, {"month": 5, "year": 1960}),
        ({"q": "1/5/1960"}, {"day": 1, "month": 5, "year": 1960}),
        ({"q.year": "1960", "q.month": "5"}, {"month": 5, "year": 1960}),
        ({"q.year": "2024", "q.month": "2", "q.day": "29"}, {"day": 29, "month": 2, "year": 2024}),
    ],
)
def test_a_date_may_be_known_in_part(typed: dict[str, str], value: dict[str, int]) -> None:
    assert answers(form_of({"key": "q", "kind": "partial_date"}), typed).values == {"q": value}


@pytest.mark.parametrize(
    "typed",
    [
        {"q": "60"},
        {"q": "13/1960"},
        {"q": "abc"},
        {"q.month": "5"},
        {"q.day": "3", "q.year": "1960"},
        {"q.year": "2023", "q.month": "2", "q.day": "29"},
        {"q.year": "x"},
        {"q.year": "99999"},
    ],
)
def test_a_part_of_a_date_that_cannot_be_is_told(typed: dict[str, str]) -> None:
    found = answers(form_of({"key": "q", "kind": "partial_date"}), typed)
    assert {problem.code for problem in found.problems} == {"unreadable"}
    assert found.values == {}


def test_a_date_known_in_part_may_be_required() -> None:
    assert codes(form_of({"key": "q", "kind": "partial_date", "required": True}), {}) == {"q": ["required"]}


def test_a_partial_date_of_thousands_of_digits_is_a_problem_and_no_crash() -> None:
    form = form_of({"key": "born", "kind": "partial_date", "label": "Năm sinh"})
    assert list(codes(form, {"born": "9" * 5000})) == ["born"]
    assert list(codes(form, {"born": "1/" + "9" * 5000})) == ["born"]
