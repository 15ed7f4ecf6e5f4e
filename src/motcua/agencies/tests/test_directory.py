"""What processes remember of the units, and when they look again."""

import threading
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from motcua.agencies import queries
from motcua.agencies.actions.create_unit import next_ids
from motcua.agencies.api.agencies import AgenciesIn, list_agencies
from motcua.agencies.directory import directory, forget
from motcua.agencies.models import Revision, Unit
from motcua.agencies.rules.slugs import slug_of
from motcua.agencies.terms import UnitKind
from motcua.agencies.tests.world import TODAY, Small
from motcua.kernel.errors import NotFound


@pytest.mark.django_db
def test_many_looks_cost_one_query(small: Small) -> None:
    queries.unit(small.ward.pk)
    forget()
    with CaptureQueriesContext(connection) as captured:
        for _ in range(20):
            queries.unit(small.ward.pk)
            queries.units_on(TODAY)
            queries.hours_of(small.desk.pk, TODAY)
    assert len(captured) == 1


@pytest.mark.django_db
def test_a_raw_write_is_noticed(small: Small) -> None:
    assert queries.unit(small.ward.pk).short_name == ""
    Unit.objects.filter(pk=small.ward.pk).update(short_name="P. Hồng Gai")
    forget()
    assert queries.unit(small.ward.pk).short_name == "P. Hồng Gai"


@pytest.mark.django_db
def test_the_mark_mends_itself(small: Small) -> None:
    Revision.objects.all().delete()
    forget()
    assert queries.unit(small.ward.pk).id == small.ward.pk
    assert Revision.objects.count() == 1


@pytest.mark.django_db
def test_unknown_units(small: Small) -> None:
    with pytest.raises(NotFound):
        queries.unit(0)
    with pytest.raises(NotFound):
        queries.unit_by_slug("khong-co")
    assert queries.agency_by_code("H01", on=TODAY) is None
    assert queries.agency_by_code("H49.101", on=date(2025, 6, 30)) is None


@pytest.mark.django_db
def test_reading(small: Small) -> None:
    assert [one.id for one in queries.children_of(small.ward.pk, TODAY)] == [small.division.pk, small.desk.pk]
    assert [one.id for one in queries.desks_on(TODAY)] == [small.desk.pk]
    assert len(queries.units_on(TODAY, kind=UnitKind.COMMUNE)) == 2
    assert queries.units_on(date(2025, 6, 30)) == []
    assert queries.unit(small.ward.pk).is_agency
    assert queries.subtree_ids(0) == {0}


@pytest.mark.django_db
def test_the_api_searches_and_pages(small: Small) -> None:
    request = RequestFactory().get("/api/v1/agencies")
    found = list_agencies(request, AgenciesIn(q="hong gai", on=TODAY))
    assert {one.slug for one in found.items} == {slug_of(small.ward.name), slug_of(small.desk.name)}
    assert found.items[1].parent == "ubnd-tinh-quang-ninh"
    first = list_agencies(request, AgenciesIn(on=TODAY, limit=4))
    rest = list_agencies(request, AgenciesIn(on=TODAY, limit=4, cursor=first.next_cursor))
    assert (len(first.items), len(rest.items), rest.next_cursor) == (4, 2, "")
    assert [one.agency_code for one in list_agencies(request, AgenciesIn(q="000.00.08.h49", on=TODAY)).items] == [
        "H49.08"
    ]
    assert list_agencies(request, AgenciesIn(kind=UnitKind.DISTRICT, on=TODAY)).items == []


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction around the test; what the test commits is removed afterwards."""
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM agencies_unit WHERE slug LIKE 'race-%'")


def raw_unit(slug: str) -> None:
    own_id = next_ids(1)[0]
    Unit.objects.create(
        pk=own_id, slug=slug, name=slug, kind="province", agency_id=own_id, valid_from=TODAY, path=[own_id]
    )


def test_other_threads_never_see_what_was_rolled_back(committed_db: None) -> None:
    seen: list[bool] = []

    def look() -> None:
        seen.append("race-1" in directory(fresh=True).by_slug)
        connection.close()

    def elsewhere() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    with transaction.atomic():
        raw_unit("race-1")
        forget()
        assert "race-1" in directory().by_slug
        elsewhere()
        transaction.set_rollback(True)
    assert "race-1" not in directory().by_slug
    raw_unit("race-1")
    elsewhere()
    assert seen == [False, True]
