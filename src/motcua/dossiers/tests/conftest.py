import pytest

from motcua.dossiers.tests.world import World, definition


@pytest.fixture
def world(db: None) -> World:
    return World(definition()).build()


# The helpers' assertions explain themselves as those of the tests do.
pytest.register_assert_rewrite("motcua.dossiers.tests.checks")
