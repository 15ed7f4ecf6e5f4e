"""Give a test run its own PostgreSQL and data folder, before Django reads its settings.

The run's first process starts the server; workers of pytest-xdist inherit its address. With DATABASE_URL set, that
server is used instead.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from motcua.project.runtime.postgres import EmbeddedPostgres


class PrivateServer:
    """The server and the folder of one test run; removed when the run's first process ends."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="motcua-tests-"))
        self.postgres = EmbeddedPostgres(self.folder / "pg", durable=False).start()
        atexit.register(self.remove)

    def remove(self) -> None:
        """Stop the server and delete everything the run left on disk."""
        self.postgres.stop(always=True)
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Start the server; as a wrapper this comes before pytest-django loads the settings."""
    if not os.environ.get("DATABASE_URL"):
        server = PrivateServer()
        os.environ["DATABASE_URL"] = server.postgres.url()
        os.environ["MOTCUA_DATA"] = str(server.folder / "data")
    os.environ.setdefault("MOTCUA_IDLE_MINUTES", "0")  # tests travel through time; those of the lock turn it on
    return (yield)
