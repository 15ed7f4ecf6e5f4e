"""Fixtures of the room."""

import pytest
from django.core.cache import cache
from pytest_django import Settings

from motcua.agencies.directory import forget
from motcua.identity import factors
from motcua.identity.tests.world import People


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget()
    factors.forget()


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """Argon2 takes a tenth of a second by design; `test_passwords_are_kept_by_argon2` looks at the real setting."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def people(db: None) -> People:
    return People()


@pytest.fixture
def web(db: None, settings: Settings) -> Settings:
    """Only this room's addresses; nobody is locked out yet."""
    settings.ROOT_URLCONF = "motcua.identity.tests.urls"
    cache.clear()
    return settings
