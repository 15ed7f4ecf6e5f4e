"""Ghi nhật ký."""

from datetime import datetime

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from motcua.journal.models import Entry
from motcua.journal.rules.chain import NO_PREVIOUS, EntryContent, entry_hash
from motcua.journal.rules.seals import seal_of
from motcua.journal.terms import JsonObject, Recorder
from motcua.kernel.inserting import insert


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
    previous = NO_PREVIOUS if is_new else _last_hash(object_type, object_id)
    digest = entry_hash(content, previous)
    entry = Entry(
        at=content.at,
        recorded_at=content.recorded_at,
        actor_id=content.actor_id,
        actor_name=content.actor_name,
        actor_title=content.actor_title,
        verb=content.verb,
        object_type=object_type,
        object_id=object_id,
        data=content.data,
        previous_hash=previous,
        hash=digest,
        seal=seal_of(settings.JOURNAL_KEYS[0], digest),
    )
    return insert(entry)


def _last_hash(object_type: str, object_id: str) -> str:
    last = (
        Entry.objects.filter(object_type=object_type, object_id=object_id)
        .order_by("-id")
        .values_list("hash", flat=True)
    )
    return last.first() or NO_PREVIOUS
