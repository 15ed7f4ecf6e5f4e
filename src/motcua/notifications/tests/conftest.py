from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from motcua.notifications.models import Delivery
from motcua.notifications.tests.smtp import MailServer, running


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[MailServer]:
    """A real SMTP server, and Django's mail settings pointing at it."""
    with running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 5
        yield server


@pytest.fixture
def data_dir(settings: Settings, tmp_path: Path) -> Path:
    """A data folder of its own, both phone channels writing files."""
    settings.DATA_DIR, settings.SMS_PROVIDER, settings.ZALO_PROVIDER = tmp_path, "files", "files"
    return tmp_path


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database without a transaction around the test, for races.

    pytest-django's own way truncates every table afterwards, which the journal's trigger forbids.
    """
    with django_db_blocker.unblock():
        yield
        Delivery.objects.all().delete()
