"""SQL over the rows of which leaves are made."""

from typing import Final

from motcua.evidence.rules.leaves import ENTRY_COLUMNS, READING_COLUMNS
from motcua.evidence.terms import LeafKind

#: jsonb comes as the text PostgreSQL writes: leaves commit to it.
_ENTRY: Final = ", ".join(f"row.{name}::text" if name == "data" else f"row.{name}" for name in ENTRY_COLUMNS)
_READING: Final = ", ".join(f"row.{name}" for name in READING_COLUMNS)


def _waiting(table: str, columns: str, kind: LeafKind) -> str:
    return (
        f"SELECT {columns} FROM {table} row WHERE row.id > %s AND NOT EXISTS "  # noqa: S608 (our own names)
        f"(SELECT 1 FROM evidence_leaf leaf WHERE leaf.kind = {kind.value} AND leaf.source_id = row.id) "
        "ORDER BY row.id LIMIT %s"
    )


def _listed(table: str, columns: str) -> str:
    return f"SELECT {columns} FROM {table} row WHERE row.id = ANY(%s)"  # noqa: S608 (our own names)


def _outside(table: str, columns: str, kind: LeafKind) -> str:
    return (
        f"SELECT {columns} FROM {table} row WHERE NOT EXISTS "  # noqa: S608 (our own names)
        f"(SELECT 1 FROM evidence_leaf leaf WHERE leaf.kind = {kind.value} AND leaf.source_id = row.id) ORDER BY row.id"
    )


#: Rows above an id that are not in the log (id, how many at most).
ENTRIES_SQL: Final = _waiting("journal_entry", _ENTRY, LeafKind.ENTRY)
READINGS_SQL: Final = _waiting("journal_reading", _READING, LeafKind.READING)
#: Rows by their ids.
ENTRIES_BY_ID: Final = _listed("journal_entry", _ENTRY)
READINGS_BY_ID: Final = _listed("journal_reading", _READING)
#: Rows that are not in the log.
ENTRIES_OUTSIDE: Final = _outside("journal_entry", _ENTRY, LeafKind.ENTRY)
READINGS_OUTSIDE: Final = _outside("journal_reading", _READING, LeafKind.READING)
#: Entries that say they follow a line which is not there.
ORPHANS: Final = (
    f"SELECT {_ENTRY} FROM journal_entry row WHERE row.previous_hash <> '' AND NOT EXISTS (SELECT 1 FROM journal_entry "  # noqa: S608 (our own names)
    "before WHERE before.object_type = row.object_type AND before.object_id = row.object_id "
    "AND before.hash = row.previous_hash) ORDER BY row.id"
)
#: Entries that follow a line which an older entry follows already.
GRAFTED: Final = (
    f"SELECT {_ENTRY} FROM journal_entry row WHERE EXISTS (SELECT 1 FROM journal_entry other "  # noqa: S608 (our own names)
    "WHERE other.object_type = row.object_type AND other.object_id = row.object_id "
    "AND other.previous_hash = row.previous_hash AND other.id < row.id) ORDER BY row.id"
)
