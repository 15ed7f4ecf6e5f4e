import pytest

from motcua.land.tests.world import LandWorld, land_world


@pytest.fixture
def world(db: None) -> LandWorld:
    return land_world()
