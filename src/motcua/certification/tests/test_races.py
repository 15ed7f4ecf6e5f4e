"""Two clerks at once, in a database of their own: no number twice, none left out."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from motcua.certification.models import CertificationBook
from motcua.certification.tests.conftest import copies_world
from motcua.certification.tests.test_take_in_copies import taken
from motcua.journal.tests.own_database import at_once, own_database


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


def test_two_clerks_at_once_get_different_numbers(db: None) -> None:
    world = copies_world()
    clerks = [world.clerk, world.second_clerk]
    found = at_once(*[lambda actor=actor: taken(world, actor=actor)[1] for actor in clerks])
    assert sorted(entry.number for entries in found for entry in entries) == [1, 2, 3, 4]
    assert CertificationBook.objects.get().last == 4
