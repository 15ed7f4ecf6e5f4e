"""What people type about themselves."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import checks
from motcua.kernel.errors import Problem

TODAY = date(2026, 3, 4)


def _codes(problems: list[Problem]) -> list[str]:
    assert all(problem.message and problem.field for problem in problems)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("value", "born", "wanted"),
    [
        ("", date(1990, 1, 1), []),
        ("022190001234", None, []),
        ("123456789", date(1990, 1, 1), []),
        ("B1234567", None, []),
        ("AB123456", None, []),
        ("02219000123", None, ["personal_id_format"]),
        ("0221900012345", None, ["personal_id_format"]),
        ("02219000123a", None, ["personal_id_format"]),
        ("０２２１９０００１２３４", None, ["personal_id_format"]),
        ("b1234567", None, ["personal_id_format"]),
        ("022090001234", date(1990, 1, 1), []),
        ("022190001234", date(1990, 1, 1), []),
        ("022290001234", date(2090, 1, 1), []),
        ("022305001234", date(2005, 1, 1), []),
        ("022305001234", date(1905, 1, 1), ["personal_id_birth_year"]),
        ("022190001234", date(1991, 1, 1), ["personal_id_birth_year"]),
    ],
)
def test_personal_id(value: str, born: date | None, wanted: list[str]) -> None:
    assert _codes(checks.personal_id_problems(value, born=born)) == wanted


def test_a_number_from_a_century_to_come_is_wrong_itself() -> None:
    (problem,) = checks.personal_id_problems("999999999999", born=date(1990, 2, 1))
    assert "chữ số thứ tư phải từ 0 đến 3" in problem.message


@given(born=st.dates(date(1900, 1, 1), date(2399, 12, 31)), female=st.booleans(), rest=st.integers(0, 999_999))
def test_a_number_made_for_a_birth_fits_it_and_no_other_year(born: date, female: bool, rest: int) -> None:
    number = f"022{(born.year // 100 - 19) * 2 + female}{born.year % 100:02d}{rest:06d}"
    assert checks.personal_id_problems(number, born=born) == []
    assert _codes(checks.personal_id_problems(number, born=date(born.year - 1, 1, 1))) == ["personal_id_birth_year"]


@pytest.mark.parametrize(
    ("born", "wanted"),
    [
        (None, []),
        (TODAY, []),
        (date(2026, 3, 5), ["born_in_future"]),
        (date(1896, 1, 1), []),
        (date(1895, 12, 31), ["born_too_long_ago"]),
    ],
)
def test_born(born: date | None, wanted: list[str]) -> None:
    assert _codes(checks.born_problems(born, today=TODAY)) == wanted


#: Numbers that were issued (domain facts 11.3).
ISSUED = ["0100109106", "0100686209", "0101248141", "0301442379", "0100107518"]


@pytest.mark.parametrize("code", [*ISSUED, "0100109106-001", "0100109106001", "022190001234", ""])
def test_tax_codes_that_fit(code: str) -> None:
    assert checks.tax_code_problems(code) == []
    assert checks.tax_code_warnings(code) == []


@given(code=st.sampled_from(ISSUED), place=st.integers(0, 9), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_warns_and_never_blocks(code: str, place: int, digit: str) -> None:
    changed = code[:place] + digit + code[place + 1 :]
    assert checks.tax_code_problems(changed) == []
    assert _codes(checks.tax_code_warnings(changed)) == ([] if changed == code else ["tax_code_check_digit"])


def test_a_number_without_a_check_digit_was_never_issued() -> None:
    none = [
        code
        for code in (f"010010{n:03d}" for n in range(1000))
        if all(not checks.tax_code_warnings(f"{code}{d}") for d in range(10))
    ]
    assert none == []
    fitting = [
        sum(not checks.tax_code_warnings(f"{n:09d}{d}") for d in range(10)) for n in range(100_000_000, 100_000_200)
    ]
    assert set(fitting) == {0, 1}


@pytest.mark.parametrize("code", ["01001091", "0100109106-01", "01001091066", "010010910a", "٠١٠٠١٠٩١٠٦"])
def test_tax_codes_of_no_shape(code: str) -> None:
    assert _codes(checks.tax_code_problems(code)) == ["tax_code_format"]
    assert checks.tax_code_warnings(code) == []


@pytest.mark.parametrize("phone", ["", "0912345678", "0312345678", "+84912345678", "02033825678"])
def test_phones(phone: str) -> None:
    assert checks.phone_problems(phone) == []


@pytest.mark.parametrize("phone", ["0112345678", "091234567", "09123456789", "84912345678", "0９12345678", "abc"])
def test_no_phones(phone: str) -> None:
    assert _codes(checks.phone_problems(phone)) == ["phone_format"]


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("0912 345 678", "0912345678"),
        ("+84 (912) 345-678", "0912345678"),
        ("84.912.345.678", "0912345678"),
        ("8491234567", "8491234567"),
        ("", ""),
    ],
)
def test_tidy_phone(typed: str, tidy: str) -> None:
    assert checks.tidy_phone(typed) == tidy


@given(digits=st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_every_mobile_is_tidied_from_every_form(digits: str) -> None:
    for form in (digits, f"+84{digits[1:]}", f"84{digits[1:]}", f"{digits[:4]} {digits[4:7]}.{digits[7:]}"):
        assert checks.tidy_phone(form) == digits
    assert checks.phone_problems(digits) == []


def test_tidy_number() -> None:
    assert checks.tidy_number(" 022 190.001\u00a0234 ") == "022190001234"
    assert checks.tidy_number("0100109106-001") == "0100109106-001"


@pytest.mark.parametrize(
    ("email", "is_good"),
    [("", True), ("a@b.vn", True), ("a@b", False), ("a b@c.vn", False), ("a@@b.vn", False), ("a@b.", False)],
)
def test_email(email: str, is_good: bool) -> None:
    assert _codes(checks.email_problems(email)) == ([] if is_good else ["email_format"])


def test_length_and_presence() -> None:
    assert checks.length_problems("abc", longest=3, label="Tên", field="name") == []
    (problem,) = checks.length_problems("abcd", longest=3, label="Tên", field="name")
    assert problem.message == "Tên dài 4 ký tự; tối đa 3 ký tự."
    assert checks.required_problems("x", label="tên", field="name") == []
    assert _codes(checks.required_problems("", label="tên", field="name")) == ["required"]


@pytest.mark.parametrize(
    "check",
    [
        checks.personal_id_problems,
        checks.tax_code_problems,
        checks.tax_code_warnings,
        checks.phone_problems,
        checks.email_problems,
    ],
)
@given(value=st.text(max_size=30))
def test_any_text_is_judged(check: Callable[[str], list[Problem]], value: str) -> None:
    assert len(check(value)) <= 1
