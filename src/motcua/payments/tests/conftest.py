import pytest

from motcua.dossiers.tests.stages import everyone
from motcua.dossiers.tests.world import World, definition


@pytest.fixture
def world(db: None) -> World:
    """The ward with all its people there."""
    found = World(definition()).build()
    everyone(found)
    return found
