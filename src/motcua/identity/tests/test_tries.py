"""Counting tries: really at once, in a database of the module's own."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import DjangoDbBlocker

from motcua.identity.actions.count_try import count_try, forgive_try, prune_tries
from motcua.identity.models import TryCount
from motcua.identity.tests.world import AT
from motcua.journal.tests.own_database import at_once, own_database

_SPAN = timedelta(minutes=15)


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


def _try(*names: str, most: int = 10) -> bool:
    return count_try(dict.fromkeys(names, most), span=_SPAN, at=AT)


def test_tries_sent_all_at_once_get_no_more_than_is_allowed(db: None) -> None:
    found = at_once(*[lambda: _try("address", "code")] * 24)
    assert sorted(map(bool, found)) == [False] * 14 + [True] * 10


def test_names_counted_together_in_any_order_wait_for_nobody(db: None) -> None:
    deeds = [lambda: _try("a", "b", most=99), lambda: _try("b", "a", most=99)] * 8
    assert all(at_once(*deeds))
    assert sorted(TryCount.objects.filter(count=16).values_list("count", flat=True)) == [16, 16]


def test_the_span_ends_and_begins_anew(db: None) -> None:
    assert [_try("once", most=2) for _ in range(3)] == [True, True, False]
    later = AT + _SPAN
    assert count_try({"once": 2}, span=_SPAN, at=later - timedelta(seconds=1)) is False
    assert count_try({"once": 2}, span=_SPAN, at=later) is True
    assert count_try({"once": 2}, span=_SPAN, at=later + timedelta(minutes=14)) is True
    assert count_try({"once": 2}, span=_SPAN, at=later + timedelta(minutes=14)) is False


def test_who_was_right_did_not_guess(db: None) -> None:
    for _ in range(30):
        assert _try("right", most=2)
        forgive_try("right")
    forgive_try("right", "never tried")
    assert [_try("right", most=2) for _ in range(3)] == [True, True, False]


def test_what_is_over_is_forgotten(db: None) -> None:
    TryCount.objects.all().delete()
    _try("old")
    count_try({"young": 1}, span=_SPAN, at=AT + timedelta(hours=1))
    assert prune_tries(before=AT + timedelta(minutes=30)) == 1
    assert TryCount.objects.count() == 1
