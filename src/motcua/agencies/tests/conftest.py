"""Fixtures of the room."""

import pytest

from motcua.agencies.directory import forget
from motcua.agencies.tests.world import Small


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget()


@pytest.fixture
def small(db: None) -> Small:
    return Small()
