"""Two at once for the last place of a helper; two administrators lending the same power."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Source
from motcua.dossiers.tests.mandates import deputy, lend
from motcua.dossiers.tests.test_helping import assisted, limited
from motcua.dossiers.tests.world import World, definition
from motcua.identity.models import Delegation
from motcua.journal.tests.own_database import at_once, own_database
from motcua.kernel.errors import Invalid, MotCuaError, RuleBroken


@pytest.fixture(scope="module")
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with own_database(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def ward(db: None) -> World:
    world = World(definition()).build()
    assert world.chair.account_id
    deputy(world)
    return world


def test_the_last_place_is_given_once(ward: World) -> None:
    limited(ward, Source.ASSISTED, 2)
    assisted(ward)
    found = at_once(lambda: assisted(ward), lambda: assisted(ward))
    assert sorted(type(one).__name__ for one in found) == ["Dossier", "RuleBroken"]
    assert Dossier.objects.filter(assisted_by_id=ward.clerk.account_id).count() == 2
    assert all(isinstance(one, Dossier | RuleBroken) for one in found)


def test_the_same_power_is_lent_once(ward: World) -> None:
    found: list[Delegation | MotCuaError] = at_once(lambda: lend(ward), lambda: lend(ward))
    assert sorted(type(one).__name__ for one in found) == ["Delegation", "Invalid"]
    (lost,) = [one for one in found if isinstance(one, Invalid)]
    assert [one.code for one in lost.problems] == ["overlap_same"]
    assert Delegation.objects.count() == 1
