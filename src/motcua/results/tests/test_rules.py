"""Codes, validity, standing, fitting, sharing, consenting."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.tests.world import moment
from motcua.results.rules.codes import new_code, read_code
from motcua.results.rules.consenting import hash_of, is_same, new_digits, problems_of_consent
from motcua.results.rules.fitting import fits
from motcua.results.rules.sharing import LONGEST, Wish, known_fields, problems_of_wish
from motcua.results.rules.standing import PaperFacts, problems_of_reuse, problems_of_revoking, standing_of
from motcua.results.rules.validity import valid_until
from motcua.results.terms import ShareField, ShareTo, Standing

TODAY = date(2026, 3, 10)
PAPER = PaperFacts("Giấy khai sinh", date(2026, 3, 3), None, is_revoked=False, is_superseded=False)
AT = moment(10, 9)
WISH = Wish(ShareTo.ANYONE, "Nhập học cho con", AT + timedelta(days=7))


def test_a_code_is_read_however_it_was_typed() -> None:
    code = new_code()
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} ", code.replace("-", "–")):
        assert read_code(typed) == code


def test_letters_that_look_alike_are_the_same() -> None:
    assert read_code("OI1L-0000-0000") == "0111-0000-0000"


@pytest.mark.parametrize("typed", ["", "7F3K", "7F3K-9Q2M-XA4D-1", "7F3K-9Q2M-XA4U", "7F3K-9Q2M-XA4Đ", "' OR 1=1 --"])
def test_other_things_are_no_code(typed: str) -> None:
    assert read_code(typed) == ""


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("06 tháng", date(2026, 9, 2)),
        ("6 (sáu) tháng kể từ ngày cấp", date(2026, 9, 2)),
        ("05 năm", date(2031, 3, 2)),
        ("30 ngày", date(2026, 4, 1)),
        ("Không thời hạn", None),
        ("", None),
        ("Theo giấy phép", None),
    ],
)
def test_how_long_a_result_holds(words: str, until: date | None) -> None:
    assert valid_until(words, date(2026, 3, 2)) == until


@pytest.mark.parametrize(
    ("words", "from_", "until"),
    [
        ("1 tháng", date(2026, 1, 31), date(2026, 2, 28)),
        ("1 tháng", date(2028, 1, 31), date(2028, 2, 29)),
        ("1 năm", date(2028, 2, 29), date(2029, 2, 28)),
        ("12 tháng", date(2026, 12, 15), date(2027, 12, 15)),
    ],
)
def test_months_end_where_the_calendar_does(words: str, from_: date, until: date) -> None:
    assert valid_until(words, from_) == until


@given(st.integers(1, 999), st.sampled_from(["năm", "tháng", "ngày"]), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_it_always_ends_later(amount: int, unit: str, issued: date) -> None:
    until = valid_until(f"{amount} {unit}", issued)
    assert until is not None
    assert until > issued


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (PAPER, Standing.VALID),
        (replace(PAPER, valid_to=TODAY), Standing.VALID),
        (replace(PAPER, valid_to=date(2026, 3, 9)), Standing.EXPIRED),
        (replace(PAPER, valid_from=date(2026, 3, 11)), Standing.NOT_YET),
        (replace(PAPER, is_superseded=True, valid_to=date(2026, 3, 9)), Standing.SUPERSEDED),
        (replace(PAPER, is_superseded=True, is_revoked=True), Standing.REVOKED),
    ],
)
def test_how_a_paper_stands(facts: PaperFacts, standing: Standing) -> None:
    assert standing_of(facts, TODAY) == standing
    assert bool(problems_of_reuse(facts, TODAY)) == (standing != Standing.VALID)


def test_every_reason_against_using_it_again_is_said() -> None:
    facts = replace(PAPER, is_revoked=True, is_negative=True, has_file=False)
    found = problems_of_reuse(facts, TODAY, field="components.a")
    assert [one.code for one in found] == ["paper_revoked", "paper_negative", "paper_without_file"]
    assert {one.field for one in found} == {"components.a"}
    assert all("Giấy khai sinh" in one.message for one in found)
    (expired,) = problems_of_reuse(replace(PAPER, valid_to=date(2026, 3, 9)), TODAY)
    assert "09/03/2026" in expired.message


def test_what_is_revoked_once_is_revoked() -> None:
    facts = {"decided_on": TODAY, "issued_on": date(2026, 3, 3)}
    assert problems_of_revoking(PAPER, **facts) == []
    assert problems_of_revoking(replace(PAPER, is_superseded=True), **facts) == []
    found = problems_of_revoking(
        replace(PAPER, is_revoked=True), decided_on=date(2026, 3, 2), issued_on=date(2026, 3, 3)
    )
    assert [one.code for one in found] == ["revoked_before", "decided_before_issue"]


@pytest.mark.parametrize(
    ("asked", "codes", "name", "code", "fit"),
    [
        ("Giấy tờ A", ["KQ.G15.000038"], "Giấy xác nhận tình trạng hôn nhân", "KQ.G15.000038", True),
        ("Giấy tờ A", [], "Giấy xác nhận tình trạng hôn nhân", "KQ.G15.000038", False),
        ("Giấy tờ A", [""], "Giấy B", "", False),
        ("Bản sao giấy chứng nhận kết hôn của cha, mẹ", [], "Giấy chứng nhận kết hôn", "", True),
        ("Giấy khai sinh", [], "Giấy khai sinh", "", True),
        ("Giấy khai sinh", [], "Giấy khai", "", True),
        ("Giấy khai sinh", [], "Giấy", "", False),
        ("Giấy tờ tùy thân, bản sao", [], "Bản sao", "", False),
        ("Giấy chứng nhận quyền sử dụng đất", [], "Giấy chứng nhận kết hôn", "", False),
    ],
)
def test_which_paper_fits(asked: str, codes: list[str], name: str, code: str, fit: bool) -> None:
    assert fits(asked, codes, paper_name=name, paper_code=code) is fit


def test_a_share_says_whom_what_for_and_how_long() -> None:
    assert problems_of_wish(WISH, at=AT) == []
    wrong = replace(WISH, to=ShareTo.PERSON, purpose="", until=AT)
    assert [(one.code, one.field) for one in problems_of_wish(wrong, at=AT)] == [
        ("required", "purpose"),
        ("until", "until"),
        ("required", "personal_id"),
    ]
    too_long = replace(WISH, purpose="a" * 301, until=AT + LONGEST + timedelta(seconds=1), to=ShareTo.AGENCY)
    assert [one.field for one in problems_of_wish(too_long, at=AT)] == ["purpose", "until", "unit"]
    no_number = replace(WISH, to=ShareTo.PERSON, personal_id="123")
    assert [one.field for one in problems_of_wish(no_number, at=AT)] == ["personal_id"]


def test_only_known_fields_are_shared() -> None:
    assert known_fields(["holder", "phone", "file"]) == {ShareField.HOLDER, ShareField.FILE}


def test_a_code_of_consent_belongs_to_one_account() -> None:
    digits = new_digits()
    assert len(digits) == 6
    assert digits.isdecimal()
    assert is_same(hash_of(digits, 1), digits, 1)
    assert not is_same(hash_of(digits, 1), digits, 2)
    assert digits not in hash_of(digits, 1)


def test_a_consent_says_what_for() -> None:
    assert problems_of_consent(purpose="Khai sinh", evidence=None, at=AT, now=AT) == []
    later = AT + timedelta(minutes=2)
    found = problems_of_consent(purpose="", evidence="", at=later, now=AT)
    assert [one.field for one in found] == ["purpose", "evidence", "at"]
