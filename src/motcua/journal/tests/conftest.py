from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from motcua.journal.tests.own_database import own_database


@pytest.fixture(scope="module")
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database of the module's own, in which everything is really committed."""
    with own_database(django_db_blocker):
        yield
