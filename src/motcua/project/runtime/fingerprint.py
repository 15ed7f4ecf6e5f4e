"""Which version of the program a database or a static folder was prepared for."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

import psycopg

PACKAGE = Path(__file__).resolve().parents[2]
_SKIPPED = {"__pycache__", "tests"}
_COMMENT = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"


def program_fingerprint() -> str:
    """Letters that change whenever a file of the program or a version of a dependency changes."""
    total = hashlib.sha256()
    for path in _files(PACKAGE):
        total.update(os.fsencode(path.relative_to(PACKAGE)) + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    for line in sorted(f"{found.name}=={found.version}" for found in distributions()):
        total.update(line.encode() + b"\n")
    return total.hexdigest()[:32]


def _files(folder: Path) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if entry.name not in _SKIPPED:
                yield from _files(entry)
        elif entry.suffix != ".pyc":
            yield entry


def prepared_for(database_url: str) -> str:
    """The mark `mark_prepared` left in the database; empty when there is none or no answer."""
    try:
        with psycopg.connect(database_url, connect_timeout=10) as connection:
            row = connection.execute(_COMMENT).fetchone()
    except psycopg.Error:
        return ""
    return str(row[0] or "") if row else ""


def mark_prepared(database_url: str, mark: str) -> None:
    """Leave a mark in the database; does nothing where we do not own it (the next start then checks again)."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        name = connection.info.dbname
        statement = psycopg.sql.SQL("COMMENT ON DATABASE {} IS {}")
        try:
            connection.execute(statement.format(psycopg.sql.Identifier(name), psycopg.sql.Literal(mark)))
        except psycopg.errors.InsufficientPrivilege:
            return
