"""The journal as a database holds it, read without Django, in the order of its chains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from motcua.journal.rules.chain import EntryContent, Link
from motcua.project.backup.server import Server

_AT_ONCE = 2000
_ENTRIES = """SELECT object_type, object_id, at, recorded_at, actor_id, actor_name, actor_title, verb, data,
previous_hash, hash FROM journal_entry ORDER BY object_type, object_id, id"""


def links_in(server: Server) -> Iterator[tuple[str, str, Link]]:
    """Yield (object type, object id, link), every chain in one piece."""
    with server.connect() as connection, connection.transaction(), connection.cursor("journal") as cursor:
        cursor.itersize = _AT_ONCE
        for row in cursor.execute(_ENTRIES.encode()):
            kind, number, at, recorded_at, actor_id, name, title, verb, data, previous, own = row
            content = EntryContent(
                at=at.astimezone(UTC),
                recorded_at=recorded_at.astimezone(UTC),
                actor_id=actor_id,
                actor_name=name,
                actor_title=title,
                verb=verb,
                object_type=kind,
                object_id=number,
                data=data,
            )
            yield kind, number, Link(content, previous, own)
