"""Up to which id a table is settled: every row up to it is there for everybody to see, or will never come.

Ids are handed out before transactions end, so a higher id may show before a lower one. Nobody has to be stopped to
know: whoever may still bring a lower id holds the lock of a writer on the table (it takes it before its first id), and
those locks can be looked at.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Model

_WRITERS = """
SELECT coalesce(array_agg(DISTINCT virtualtransaction), '{}') FROM pg_locks
WHERE locktype = 'relation' AND relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND pid IS DISTINCT FROM pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen of a table at one moment: the last id handed out, and then the transactions writing to it."""

    last_id: int
    writers: frozenset[str]

    def settled_by(self, later: Iterable[str]) -> bool:
        """Tell whether all these writers have ended, given the writers of a later moment."""
        return self.writers.isdisjoint(later)


def look_at(model: type[Model]) -> Sight:
    """Return the last id handed out and who writes now, in this order; takes no lock on the table.

    What one's own transaction writes it sees itself, so it is not among the writers.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608 (its name, from PostgreSQL)
        last_id = int(cursor.fetchone()[0])
        cursor.execute(_WRITERS, [table])
        return Sight(last_id, frozenset(cursor.fetchone()[0]))


def settled_id(model: type[Model], *, seconds: float = 2.0) -> int | None:
    """Return an id up to which the table is settled now; waits that long for those who write, else None.

    Nobody waits for the caller. What is read afterwards must be asked for in a new statement (READ COMMITTED).
    """
    sight = look_at(model)
    until = time.monotonic() + seconds
    while not sight.settled_by(look_at(model).writers if sight.writers else ()):
        if time.monotonic() > until:
            return None
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.02)")
    return sight.last_id
