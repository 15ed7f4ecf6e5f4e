"""Pure rules: accounts, passwords, postings, claims; the Actor."""

from datetime import date

import pytest

from motcua.agencies.rules.units import Span
from motcua.agencies.terms import Right
from motcua.identity.rules.accounts import (
    Person,
    account_problems,
    contacts_of,
    password_problems,
    tidy,
    tidy_username,
)
from motcua.identity.rules.claims import claims_problems, read_claims
from motcua.identity.rules.postings import assignment_problems, ending_problems, successor_problems
from motcua.identity.rules.secrets import hash_of, new_secret
from motcua.identity.terms import ANONYMOUS, SYSTEM, AccountKind, Actor, ActorPosting
from motcua.kernel.errors import Problem

TODAY = date(2026, 3, 2)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_people_are_tidied() -> None:
    found = tidy(Person(" +84 912.345.678 ", " Nguyễn  Thị Ðào ", personal_id="022 190 123456", phone="0912-345-678"))
    assert found.username == "0912345678"
    assert found.full_name == "Nguyễn Thị Đào"
    assert found.personal_id == "022190123456"
    assert found.phone == "0912345678"
    assert tidy_username("Nam.NV") == "nam.nv"
    assert contacts_of("a@b.vn") == {"email": "a@b.vn"}
    assert contacts_of("0912345678") == {"phone": "0912345678"}


def test_good_accounts() -> None:
    person = Person("namnv", "Nguyễn Văn Nam", "nam@example.com", "0912345678", "022090123456", date(1990, 1, 1))
    assert account_problems(person, AccountKind.OFFICER, today=TODAY) == []
    for username in ("0912345678", "hoa@example.com"):
        assert account_problems(Person(username, "Hoa"), AccountKind.CITIZEN, today=TODAY) == []


def test_every_problem_of_an_account() -> None:
    bad = Person("Ủ", "", "a", "1", "12", date(2030, 1, 1), "1", "x" * 301, "y" * 301)
    assert codes(account_problems(bad, AccountKind.OFFICER, today=TODAY)) == [
        "username_format", "required", "email_format", "phone_format", "tax_code_format", "born_in_future",
        "too_long", "too_long", "personal_id_format",
    ]  # fmt: skip
    assert codes(account_problems(Person("", "A"), AccountKind.CITIZEN, today=TODAY)) == ["required"]
    assert codes(account_problems(Person("hoa", "A"), AccountKind.CITIZEN, today=TODAY)) == ["username_contact"]
    mismatch = Person("0912345678", "A", personal_id="022190123456", born=date(1991, 1, 1))
    assert codes(account_problems(mismatch, AccountKind.CITIZEN, today=TODAY)) == ["personal_id_birth_year"]


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("một cửa mở rộng", []),
        ("hơi ngắn", ["password_short"]),
        ("1234567890", ["password_simple"]),
        ("aaaaaaaaaaaa", ["password_simple"]),
        ("xin0912345678", ["password_known"]),
    ],
)
def test_passwords(password: str, expected: list[str]) -> None:
    assert codes(password_problems(password, known=["0912345678"])) == expected


def test_taking_up_a_post() -> None:
    facts = {"kind": "officer", "is_active": True, "post": Span(TODAY), "unit": Span(TODAY), "held": [], "on": TODAY}
    assert assignment_problems(**facts) == []  # type: ignore[arg-type]
    bad = facts | {"kind": "citizen", "is_active": False, "held": [Span(date(2026, 1, 1))], "on": date(2026, 2, 1)}
    assert codes(assignment_problems(**bad)) == [  # type: ignore[arg-type]
        "not_an_officer", "account_inactive", "post_not_in_force", "post_held_already",
    ]  # fmt: skip
    again = facts | {"held": [Span(date(2025, 1, 1), TODAY)]}
    assert assignment_problems(**again) == []  # type: ignore[arg-type]


def test_leaving_a_post() -> None:
    assert ending_problems(Span(date(2026, 1, 1)), on=TODAY, today=TODAY) == []
    gone = Span(date(2026, 1, 1), date(2026, 2, 1))
    assert codes(ending_problems(gone, on=date(2026, 3, 3), today=TODAY)) == [
        "posting_ended_already",
        "ending_in_future",
    ]


def test_successors() -> None:
    facts = {"successor_id": 2, "leaver_id": 1, "is_active": True, "units": {5, 6}, "wanted": [5]}
    assert successor_problems(**facts) == []  # type: ignore[arg-type]
    assert codes(successor_problems(**(facts | {"successor_id": 1}))) == ["own_successor"]  # type: ignore[arg-type]
    bad = facts | {"is_active": False, "wanted": [5, 7]}
    assert codes(successor_problems(**bad)) == ["successor_inactive", "successor_elsewhere"]  # type: ignore[arg-type]


def test_claims_under_any_name() -> None:
    claims = read_claims(
        {"SoDinhDanh": "022190123456", "HoVaTen": "Nguyễn Thị  Hoa", "NgaySinh": "19/05/1990",
         "SoDienThoai": "+84912345678", "ThuDienTu": "sai", "MucDoDinhDanh": 2}
    )  # fmt: skip
    assert (claims.personal_id, claims.full_name, claims.born) == ("022190123456", "Nguyễn Thị Hoa", date(1990, 5, 19))
    assert (claims.phone, claims.email, claims.level) == ("0912345678", "", "2")
    assert claims_problems(claims) == []
    empty = read_claims({"birthdate": "hôm qua", "email": "a@example.com", "phone_number": "x"})
    assert (empty.born, empty.phone, empty.email, empty.level) == (None, "", "a@example.com", "verified")
    assert codes(claims_problems(empty)) == ["claim_personal_id", "claim_name"]
    clash = read_claims({"personal_id": "022190123456", "name": "A", "birthdate": "1991-01-01"})
    assert codes(claims_problems(clash)) == ["personal_id_birth_year"]


def test_secrets() -> None:
    assert new_secret() != new_secret()
    assert len(hash_of("x")) == 64


def test_actor_asks_its_posts() -> None:
    clerk = ActorPosting(1, "Tiếp nhận", 30, 20, (10, 20, 30), frozenset({Right.RECEIVE}), "Trung tâm")
    boss = ActorPosting(2, "Chủ tịch", 20, 20, (10, 20), frozenset({Right.LEAD_AGENCY, Right.OVERSEE}))
    actor = Actor(7, "Nam", "officer", (clerk, boss))
    assert actor.has(Right.RECEIVE)
    assert actor.has("receive", unit_id=30, agency_id=20)
    assert not actor.has(Right.RECEIVE, unit_id=20)
    assert not actor.has(Right.SEAL)
    assert not actor.has(Right.LEAD_AGENCY, agency_id=21)
    assert actor.units_with(Right.RECEIVE) == {30}
    assert actor.agencies_with(Right.LEAD_AGENCY) == {20}
    assert actor.oversees((10, 20, 31))
    assert not actor.oversees((10, 21))
    assert actor.title == "Tiếp nhận – Trung tâm; Chủ tịch"
    assert actor.is_signed_in


def test_the_house_and_nobody() -> None:
    assert SYSTEM.has(Right.ADMIN)
    assert SYSTEM.reaches(Right.ADMIN, ())
    assert SYSTEM.units_with(Right.ADMIN) == frozenset()
    assert not ANONYMOUS.has(Right.RECEIVE)
    assert not ANONYMOUS.is_signed_in
    assert not ANONYMOUS.oversees((1,))
