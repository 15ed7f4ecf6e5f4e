"""Who may hand in for whom, on what proof; limits, pure."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.rules.helping import (
    Helping,
    Limit,
    consent_of,
    is_grown_up,
    problems_of_helping,
    problems_of_limit,
    problems_of_limits,
)
from motcua.dossiers.terms import Consent, PartyKind, Source

TODAY = date(2026, 3, 2)
CHILD = Helping(
    source=Source.PARENT,
    relation="mẹ đẻ",
    consent=Consent.NONE,
    owner_kind=PartyKind.PERSON,
    owner_born=date(2015, 6, 1),
    papers=0,
    proofs=0,
)
HELPED = replace(CHILD, source=Source.ASSISTED, relation="", consent=Consent.SPOKEN, owner_born=None)
ENTRUSTED = replace(CHILD, source=Source.PROXY, relation="Giấy ủy quyền số 12")


@pytest.mark.parametrize(
    ("helping", "wanted"),
    [
        (CHILD, []),
        (replace(CHILD, relation=""), [("required", "relation")]),
        (replace(CHILD, owner_born=None), [("required", "owner.born")]),
        (replace(CHILD, owner_born=date(2008, 3, 2)), [("grown_up", "owner.born")]),
        (replace(CHILD, owner_born=date(2008, 3, 3)), []),
        (replace(CHILD, owner_born=date(1950, 1, 1), papers=1), []),
        (replace(CHILD, owner_kind=PartyKind.ORGANISATION), [("parent_of_organisation", "source")]),
        (ENTRUSTED, []),
        (replace(ENTRUSTED, relation="", papers=1), []),
        (replace(ENTRUSTED, relation=""), [("no_proxy_paper", "proxy_files")]),
        (replace(ENTRUSTED, relation="x" * 301), [("too_long", "relation")]),
        (HELPED, []),
        (replace(HELPED, consent=Consent.CODE), []),
        (replace(HELPED, consent=Consent.NONE), [("no_consent", "consent")]),
        (replace(HELPED, consent=Consent.LAW), [("no_consent", "consent")]),
        (replace(HELPED, consent=Consent.SIGNED), [("no_consent_paper", "consent_files")]),
        (replace(HELPED, consent=Consent.SIGNED, proofs=1), []),
        (replace(CHILD, source=Source.HIRED, relation=""), []),
    ],
)
def test_what_is_lacking(helping: Helping, wanted: list[tuple[str, str]]) -> None:
    assert [(one.code, one.field) for one in problems_of_helping(helping, today=TODAY)] == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (Source.SELF, Consent.NONE),
        (Source.PROXY, Consent.NONE),
        (Source.PARENT, Consent.LAW),
        (Source.REPRESENTATIVE, Consent.LAW),
        (Source.ASSISTED, Consent.SPOKEN),
    ],
)
def test_how_the_owner_agreed(source: Source, wanted: Consent) -> None:
    assert consent_of(source, Consent.SPOKEN) == wanted


@given(born=st.dates(date(1930, 1, 1), date(2026, 1, 1)), later=st.integers(0, 30_000))
def test_once_grown_up_always(born: date, later: int) -> None:
    today = born + timedelta(days=later)
    if is_grown_up(born, today):
        assert is_grown_up(born, today + timedelta(days=1))
        assert later >= 18 * 365
    else:
        assert later <= 18 * 366


@given(most=st.integers(1, 50), opened=st.integers(0, 60), today=st.integers(0, 60))
def test_a_limit_is_reached_when_it_is_used_up(most: int, opened: int, today: int) -> None:
    found = problems_of_limit(Limit(most, most), today=today, opened=opened, who="Lê Thị Mai")
    assert ("helper_limit_day" in {one.code for one in found}) == (today >= most)
    assert ("helper_limit_open" in {one.code for one in found}) == (opened >= most)
    assert all("Lê Thị Mai" in one.message and "Lãnh đạo" in one.message for one in found)


@pytest.mark.parametrize(
    ("source", "limit", "reason", "on", "wanted"),
    [
        (Source.PROXY, Limit(1, 10_000), "Thử", TODAY, []),
        (Source.SELF, Limit(1, 1), "Thử", TODAY, ["not_limited"]),
        (Source.PROXY, Limit(0, 10_001), "Thử", TODAY, ["limit_range", "limit_range"]),
        (Source.PROXY, Limit(1, 1), "", TODAY - timedelta(days=1), ["in_past", "required"]),
        (Source.PROXY, Limit(1, 1), "x" * 1001, TODAY, ["too_long"]),
    ],
)
def test_what_limit_may_be_set(source: Source, limit: Limit, reason: str, on: date, wanted: list[str]) -> None:
    assert [one.code for one in problems_of_limits(source, limit, reason, on=on, today=TODAY)] == wanted
