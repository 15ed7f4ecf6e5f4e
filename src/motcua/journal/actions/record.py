"""Ghi nhật ký."""

import json
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from motcua.journal.models import Entry
from motcua.journal.rules.chain import NO_PREVIOUS, EntryContent, entry_hash
from motcua.journal.rules.seals import seal_of
from motcua.journal.terms import JsonObject, Recorder

#: Both statements are prepared once a connection; making SQL out of a queryset costs more than running it.
_LAST_HASH: Final = "SELECT hash FROM journal_entry WHERE object_type = %s AND object_id = %s ORDER BY id DESC LIMIT 1"
_NAMES: Final = tuple(field.attname for field in Entry._meta.concrete_fields)
_DATA: Final = _NAMES.index("data") - 1
_INSERT: Final = (
    f"INSERT INTO journal_entry ({', '.join(_NAMES[1:])}) VALUES "  # noqa: S608 (names of our own model)
    f"({', '.join('%s::jsonb' if name == 'data' else '%s' for name in _NAMES[1:])}) RETURNING id"
)


def record(
    actor: Recorder,
    verb: str,
    obj: models.Model,
    *,
    at: datetime,
    data: JsonObject | None = None,
    is_new: bool = False,
) -> Entry:
    """Ghi nhật ký: write down, in the act's own transaction, that `actor` did `verb` to `obj` at `at`.

    `data` holds plain JSON values; files and papers that the act tied to the thing go with it (`take_noted`). A thing
    that was locked for an act knows in which capacity the actor acts on it (`title_of`); else the actor's own title.
    The caller holds the lock of `obj`, or has just made it (`is_new`: no entry can be before this one, so none is
    looked for).
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("the journal is written in the transaction of the act")
    object_type, object_id = obj._meta.label_lower, str(obj.pk)
    title_of, take_noted = getattr(obj, "title_of", None), getattr(obj, "take_noted", None)
    content = EntryContent(
        at=at,
        recorded_at=timezone.now(),
        actor_id=actor.account_id,
        actor_name=actor.name,
        actor_title=title_of(actor) if title_of else actor.title,
        verb=verb,
        object_type=object_type,
        object_id=object_id,
        data={**(data or {}), **(take_noted() if take_noted else {})},
    )
    with connection.cursor() as cursor:
        previous = NO_PREVIOUS if is_new else _last_hash(cursor, object_type, object_id)
        digest = entry_hash(content, previous)
        values = (*_values(content), previous, digest, seal_of(settings.JOURNAL_KEYS[0], digest))
        cursor.execute(_INSERT, [*values[:_DATA], json.dumps(content.data, ensure_ascii=False), *values[_DATA + 1 :]])
        return Entry.from_db(connection.alias, _NAMES, (cursor.fetchone()[0], *values))


def _values(content: EntryContent) -> tuple[Any, ...]:
    """Return what an entry says, in the order of its columns."""
    return (
        content.at,
        content.recorded_at,
        content.actor_id,
        content.actor_name,
        content.actor_title,
        content.verb,
        content.object_type,
        content.object_id,
        content.data,
    )


def _last_hash(cursor: Any, object_type: str, object_id: str) -> str:
    cursor.execute(_LAST_HASH, [object_type, object_id])
    found = cursor.fetchone()
    return str(found[0]) if found else NO_PREVIOUS
