"""The demo province: complete, the same everywhere, quick, and safe to load again."""

import time
from datetime import date

import pytest

from motcua.agencies import queries
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of, holders_of
from motcua.kernel.checks import personal_id_problems, tax_code_warnings
from motcua.project.demo.accounts import DEMO_PASSWORD, EASY, demo_accounts
from motcua.project.demo.people import citizens, make_people
from motcua.project.demo.units import DIVISION_KEYS, MAIN_WARD, commune_slugs, make_units

TODAY = date(2026, 3, 2)


@pytest.mark.django_db
def test_the_demo_province() -> None:
    from django.utils import timezone

    at, begun = timezone.now(), time.monotonic()
    ids, count = make_units(at=at), make_people(at=at)
    assert time.monotonic() - begun < 30
    assert make_units(at=at) == ids
    assert make_people(at=at) == count == Account.objects.count()

    assert len(commune_slugs()) == 54
    assert len(queries.units_on(TODAY, kind=UnitKind.COMMUNE)) == 54
    assert len(queries.units_on(date(2025, 6, 30), kind=UnitKind.DISTRICT)) == 13
    assert queries.units_on(TODAY, kind=UnitKind.DISTRICT) == []
    assert all(f"{slug}-{key}" in ids for slug in commune_slugs() for key in DIVISION_KEYS)
    assert [one.agency_code for one in queries.units_on(TODAY) if one.agency_code and not one.code_is_provisional] == [
        "H49"
    ]
    gone = queries.unit_by_slug("thanh-pho-ha-long")
    assert MAIN_WARD in {one.slug for one in queries.successors_of(gone.id)}

    for slug in commune_slugs():
        assert len(holders_of(Right.RECEIVE, ids[f"{slug}-pvhcc"], on=at)) == 2
        assert len(holders_of(Right.HANDLE, ids[f"{slug}-vhxh"], on=at)) == 2
        deputies = 0 if slug == MAIN_WARD else 1  # there the deputy acts by delegation
        assert len(holders_of(Right.LEAD_AGENCY, ids[slug], on=at)) == 1 + deputies
        assert len(holders_of(Right.SEAL, ids[f"{slug}-vanphong"], on=at)) == 1
    lonely = Unit.objects.filter(valid_to__isnull=True).exclude(posts__postings__isnull=False)
    assert list(lonely) == []
    assert not Account.objects.filter(is_demo=False).exists()
    assert Posting.objects.count() == Account.objects.filter(kind="officer").count()

    shown = demo_accounts()
    assert [one.account for one in shown[: len(EASY)]] == [one.username for one in EASY]
    for one in shown:
        assert Account.objects.get(username=one.account).full_name == one.name
    clerk = Account.objects.get(username="tiepnhan")
    assert clerk.check_password(DEMO_PASSWORD)
    assert actor_of(clerk, TODAY).units_with(Right.RECEIVE) == {ids[f"{MAIN_WARD}-pvhcc"]}
    assert actor_of(Account.objects.get(username="giamsat"), TODAY).oversees(queries.unit_by_slug(MAIN_WARD).path)

    for citizen in citizens():
        assert not personal_id_problems(citizen.personal_id, born=citizen.born)
        assert not tax_code_warnings(citizen.tax_code)
    assert sum(bool(citizen.organisation_name) for citizen in citizens()) == 8
