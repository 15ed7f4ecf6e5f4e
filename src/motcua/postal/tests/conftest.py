import pytest

from motcua.postal.tests.world import PostWorld, post_world


@pytest.fixture
def world(db: None) -> PostWorld:
    return post_world()
