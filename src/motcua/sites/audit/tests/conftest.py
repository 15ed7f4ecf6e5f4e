import pytest
from django.test import Client

from motcua.agencies.terms import Right
from motcua.dossiers.tests.world import World
from motcua.sites.backoffice.tests.conftest import SignIn, now, sign_in, world

__all__ = ["now", "sign_in", "world"]


@pytest.fixture
def overseer(world: World, sign_in: SignIn) -> Client:
    """The browser of the province's overseer."""
    return sign_in(world.overseer)


@pytest.fixture
def ward_overseer(world: World, sign_in: SignIn) -> Client:
    """The browser of somebody who oversees another ward."""
    return sign_in(world.officer("giam-sat-phuong", world.other_ward, "Thanh tra phường", Right.OVERSEE))
