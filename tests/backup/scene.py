"""An installation that runs and is backed up while people work on it."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motcua.project.backup.store import Store
from motcua.project.runtime.installation import Installation
from tests.backup.picture import one, picture
from tests.kill.ledger import Ledger, read
from tests.kill.storm import Client, Site
from tests.runtime.machine import Up, environment, wait_for

WAITING = "SELECT count(*) FROM journal_outboxevent WHERE delivered_at IS NULL"
UNSENT = "SELECT count(*) FROM notifications_delivery WHERE state = 'waiting'"
ACTS_OF_A_LIFE = 9


class Scene:
    """`motcua up` on a data folder, with people in one ward."""

    def __init__(self, up: Up, address: str, folder: Path, **extra: str) -> None:
        self.up, self.address, self.store = up, address, Store(folder)
        self.watched = address  # of somebody who may see how far the backup is
        command = [sys.executable, "-m", "tests.kill.stage", "--data", str(up.data_dir), "--wards", "1"]
        done = subprocess.run(command, env=environment(**extra), capture_output=True, text=True, check=True)
        keys: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        self._site = Site(up.port, keys["citizen"], tuple(keys["wards"]))
        self._count = 0
        self.ledger = up.data_dir.with_name("ledger")

    def lead_a_dossier(self) -> datetime:
        """Lead one dossier through its whole life; return a moment just after, everything told and sent."""
        self._count += 1
        with contextlib.closing(Ledger(self.ledger)) as ledger:
            client = Client(self._site, ledger, number=0, pause=0.0, seed=1)
            with contextlib.closing(client):
                client.lead(700_000 + self._count)
        assert read(self.ledger).refusals == []
        wait_for(lambda: one(self.address, WAITING) == 0 and one(self.address, UNSENT) == 0)
        time.sleep(0.05)
        return datetime.now(UTC)

    def picture(self) -> dict[str, str]:
        """What the database holds now."""
        return picture(self.address)

    def wait_for_backup(self) -> None:
        """Wait for the first backup, which the installation takes by itself."""
        wait_for(self.store.manifests)

    def wait_until_received(self) -> None:
        """Wait until every change so far is in the backup."""
        now = one(self.watched, "SELECT pg_current_wal_lsn()")
        question = f"SELECT bool_and(write_lsn >= '{now}') FROM pg_stat_replication"  # noqa: S608 (a position, not words)
        wait_for(lambda: one(self.watched, question))


def superuser_of(data_dir: Path) -> str:
    """The address of a running embedded database, for its superuser."""
    return Installation(data_dir).postgres(tied=False).attached().address()


def with_database(data_dir: Path, ask: Callable[[str], Any]) -> Any:
    """Start the embedded database of a restored folder, ask it, stop it."""
    with Installation(data_dir).postgres(tied=True) as server:
        return ask(server.address())
