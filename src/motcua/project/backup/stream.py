"""The continuous backup: a program beside web server and worker that follows every change and takes the daily backup.

`pg_receivewal` writes each change of the database into the backup as it happens. A replication slot makes the server
keep what was not yet received; slot and folder are one *line*. When the slot is gone (another server, a restored one,
far too long away) a new line and a new base backup begin: a line never has a gap.
"""

from __future__ import annotations

import contextlib
import gzip
import os
import secrets
import shutil
import signal
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from motcua.project.backup import blobs
from motcua.project.backup.keep import thin_out
from motcua.project.backup.server import Server, ends_with
from motcua.project.backup.settings import BackupSettings
from motcua.project.backup.store import Store, write_whole
from motcua.project.backup.take import take_backup
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

LINE_FILE = "backup.line"
SLOT_PREFIX = "motcua_"
LOOK_SECONDS = 1.0
#: Files may take this share of the time, however many there are; they are never put off for longer than FILES_SECONDS.
FILES_SHARE = 0.25
FILES_SECONDS = 20.0
RETRY = timedelta(minutes=10)
_SLOT = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s"
_NEW_SLOT = "SELECT pg_create_physical_replication_slot(%s, true)"
_DROP_SLOT = "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s AND NOT active"


class Follower:
    """Follows one server until told to stop."""

    def __init__(self, installation: Installation, server: Server, settings: BackupSettings) -> None:
        self.installation, self.server, self.settings = installation, server, settings
        self.store = Store(settings.folder).make()
        self.stopping = False
        self._receiver: subprocess.Popen[bytes] | None = None
        self._files_at = self._files_since = self._noted_at = 0.0
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._error = ""

    def run(self) -> None:
        """Work until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            while not self.stopping:
                self._look()
                time.sleep(LOOK_SECONDS)
        finally:
            if self._receiver is not None:
                self._receiver.terminate()
                self._receiver.wait(20)
        self._copy_last_files()

    def _stop(self, _number: int, _frame: object) -> None:
        self.stopping = True

    def _look(self) -> None:
        try:
            if self._receiver is None or self._receiver.poll() is not None:
                self._receiver = self._receive() if self.server.may_replicate else None
            self._copy_files()
            self._back_up()
        except (StartError, psycopg.Error, OSError) as error:
            self._say_once(str(error).strip().splitlines()[0])

    def _say_once(self, words: str) -> None:
        if words != self._error:
            complain(f"ERROR Sao lưu: {words}")
        self._error = words
        self.store.note(error=words)

    # changes

    def _receive(self) -> subprocess.Popen[bytes]:
        line = line_of(self.installation, self.server, self.store)
        command = [
            self.server.programs().program("pg_receivewal"),
            *("-D", str(self.store.wal_of(line)), "--slot", SLOT_PREFIX + line),
            *("--no-loop", "--no-password", "--status-interval=5", "-d", self.server.address),
        ]
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "LC_ALL": "C"},
            preexec_fn=ends_with(os.getpid()),  # noqa: PLW1509 no threads here
        )

    # files

    def _copy_files(self) -> None:
        """Changes come at once, so the files they name must not be far behind: each look, unless looking takes long."""
        began = time.monotonic()
        if began < self._files_at:
            return
        self._copy_new_files()
        now = time.monotonic()
        self._files_at = now + min((now - began) / FILES_SHARE, FILES_SECONDS)
        if now >= self._noted_at + FILES_SECONDS:
            self._noted_at = now
            self.store.note(error=self._error, following=self._receiver is not None)

    def _copy_last_files(self) -> None:
        """No change is received any more: the files of all that were received lie in the data folder by now."""
        try:
            self._copy_new_files()
        except OSError as error:
            self._say_once(str(error))

    def _copy_new_files(self) -> None:
        began = time.time()
        blobs.copy_new(self.installation.data_dir, self.store, since=self._files_since)
        self._files_since = began - FILES_SECONDS

    # the daily backup

    def _back_up(self) -> None:
        now = datetime.now(UTC)
        line = known_line(self.installation) if self._receiver is not None else ""
        if now < self._not_before or not is_due(self.store, line, now, self.settings):
            return
        self._not_before = now + RETRY
        made = take_backup(self.installation, self.server, self.store, line=line, meanwhile=self._copy_files)
        thin_out(self.store, keep_days=self.settings.keep_days, now=now)
        press(self.store.wal_of(line))
        self._error = ""
        say(f"Đã sao lưu: {made.id}, {made.size / 1024**2:.1f} MB.")


def is_due(store: Store, line: str, now: datetime, settings: BackupSettings) -> bool:
    """Tell whether a backup is to be taken: none of this line yet, or none since the hour of the day it is taken at."""
    of_line = [one.finished for one in store.manifests() if one.line == line]
    return not of_line or max(of_line) < settings.last_due(now)


def known_line(installation: Installation) -> str:
    """The line of this data folder; empty when it has none."""
    try:
        return (installation.data_dir / LINE_FILE).read_text().strip()
    except OSError:
        return ""


def line_of(installation: Installation, server: Server, store: Store) -> str:
    """The line of this data folder and this server; begins a new one when there is none or it has broken off."""
    line = known_line(installation)
    status = server.ask(_SLOT, SLOT_PREFIX + line) if line else None
    if status in {"reserved", "extended"} and store.wal_of(line).is_dir():
        return line
    if status is not None:
        server.ask(_DROP_SLOT, SLOT_PREFIX + line)
    line = f"{datetime.now(UTC):%Y%m%d%H%M%S}_{secrets.token_hex(4)}"
    store.wal_of(line).mkdir(mode=0o700, parents=True)
    server.ask(_NEW_SLOT, SLOT_PREFIX + line)
    write_whole(installation.data_dir / LINE_FILE, line)
    return line


def forget_line(installation: Installation, server: Server) -> None:
    """Backups are switched off: the server need not keep changes for them any more."""
    line = known_line(installation)
    if line:
        with contextlib.suppress(psycopg.Error):
            server.ask(_DROP_SLOT, SLOT_PREFIX + line)
        (installation.data_dir / LINE_FILE).unlink(missing_ok=True)


def press(folder: Path) -> None:
    """Compress the finished files of changes."""
    for path in sorted(folder.glob("[0-9A-F]" * 24)) if folder.is_dir() else []:
        half = path.with_name(path.name + ".gz.new")
        with path.open("rb") as reading, gzip.open(half, "wb", compresslevel=1) as writing:
            shutil.copyfileobj(reading, writing)
        with half.open("rb") as written:
            os.fsync(written.fileno())
        half.replace(path.with_name(path.name + ".gz"))
        path.unlink()
