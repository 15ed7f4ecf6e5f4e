"""The database as a backup sees it: how to reach it, what it allows, which of PostgreSQL's programs fit it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from motcua.project.runtime.binaries import Binaries, all_binaries
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.parents import end_with

LOOK_SECONDS = 1.0
#: Tables whose rows are only ever added: their counts can be compared between a backup and what it gives back.
GROWING = ("dossiers_dossier", "dossiers_move", "journal_entry", "journal_outboxevent", "files_blob")
_ROLE = "SELECT rolreplication OR rolsuper FROM pg_roles WHERE rolname = current_user"
_SUPERUSER = "SELECT rolname FROM pg_roles WHERE oid = 10"


@dataclass(frozen=True)
class Server:
    """A database server: `address` for libpq, `database` and `user` are Một Cửa's own."""

    address: str
    database: str
    user: str

    def connect(self) -> psycopg.Connection[Any]:
        """A connection of its own, each statement a transaction."""
        return psycopg.connect(self.address, autocommit=True, connect_timeout=10)

    def ask(self, question: str, *values: object) -> Any:
        """The first column of the first row."""
        with self.connect() as connection:
            row = connection.execute(question.encode(), values or None).fetchone()
        return row[0] if row else None

    @property
    def version(self) -> int:
        """Like 170002."""
        with self.connect() as connection:
            return connection.info.server_version

    @property
    def may_replicate(self) -> bool:
        """Tell whether the role may take base backups and follow the changes, and whether the server lets it in."""
        try:
            if not self.ask(_ROLE):
                return False
            psycopg.connect(self.address, replication="true", autocommit=True, connect_timeout=10).close()
        except psycopg.Error:
            return False
        return True

    @property
    def superuser(self) -> str:
        """The role the server was made with."""
        return str(self.ask(_SUPERUSER))

    def counts(self) -> dict[str, int]:
        """Rows of the tables that only grow; {} before the tables are made."""
        with self.connect() as connection:
            return counts_of(connection)

    def programs(self) -> Binaries:
        """PostgreSQL's programs new enough for the server. Raises StartError."""
        major = self.version // 10000
        for found in all_binaries():
            if found.major >= major and (found.folder / "pg_basebackup").is_file():
                return found
        raise StartError(
            f"Máy chủ là PostgreSQL {major}, máy này không có chương trình sao lưu của bản đó.",
            f"Hãy chạy «apt-get install postgresql-client-{major} postgresql-{major}».",
        )


def counts_of(connection: psycopg.Connection[Any]) -> dict[str, int]:
    """Rows of the tables that only grow."""
    found = {}
    for table in GROWING:
        if connection.execute("SELECT to_regclass(%s)", [table]).fetchone() == (None,):
            continue
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
        found[table] = int(row[0]) if row else 0
    return found


def address_of(url: str) -> Server:
    """The server behind a DATABASE_URL."""
    facts = psycopg.conninfo.conninfo_to_dict(url)
    return Server(url, str(facts.get("dbname", "")), str(facts.get("user", "")))


def ends_with(parent: int) -> Callable[[], None]:
    """For the child, before its program: end when the process `parent`, who starts it, ends."""
    return lambda: end_with(parent, signal.SIGTERM)


def run_program(
    programs: Binaries, name: str, *arguments: str, what: str, meanwhile: Callable[[], object] = lambda: None
) -> str:
    """Run one of PostgreSQL's programs to its end, calling `meanwhile` each second; return what it printed.

    Raises StartError saying `what` failed; ends the program when `meanwhile` raises.
    """
    with subprocess.Popen(
        [programs.program(name), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        env={**os.environ, "LC_ALL": "C"},
        preexec_fn=ends_with(os.getpid()),  # noqa: PLW1509 no threads here
    ) as running:
        try:
            words, complaints = _said(running, meanwhile)
        except BaseException:
            running.kill()
            raise
    if running.returncode != 0:
        raise failure(what, complaints)
    return words


def _said(running: subprocess.Popen[str], meanwhile: Callable[[], object]) -> tuple[str, str]:
    while True:
        try:
            return running.communicate(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            meanwhile()


def failure(what: str, words: str) -> StartError:
    """What a failed program said, in words for people; a full disk is named as such."""
    lines = [line for line in words.strip().splitlines() if line.strip()]
    if "No space left on device" in words:
        return StartError(f"{what}: đĩa đã đầy.", "Hãy dọn đĩa hoặc đặt MOTCUA_BACKUP_DIR sang đĩa khác, rồi chạy lại.")
    return StartError(f"{what}: {lines[-1] if lines else 'không rõ lý do'}")
