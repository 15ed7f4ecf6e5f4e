import pytest

from motcua.dossiers.tests.world import World, definition


@pytest.fixture
def world(db: None) -> World:
    return World(definition()).build()
