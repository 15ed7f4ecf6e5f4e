"""Ghi lần xem dữ liệu cá nhân."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from motcua.journal.models import Reading
from motcua.journal.rules.seals import reading_text, seal_of
from motcua.journal.terms import ReadingKind, Recorder
from motcua.kernel.inserting import insert_unless_there


def note_reading(
    actor: Recorder, obj: models.Model, *, kind: ReadingKind, purpose: str, at: datetime, code: str = ""
) -> None:
    """Ghi lần xem dữ liệu cá nhân: who read the personal data in `obj` and what for (one statement, once a day)."""
    title_of = getattr(obj, "title_of", None)
    said: dict[str, Any] = {
        "at": at,
        "day": timezone.localdate(at),
        "actor_id": actor.account_id,
        "actor_name": actor.name,
        "actor_title": title_of(actor) if title_of else actor.title,
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk),
        "code": code,
        "kind": kind.value,
        "purpose": purpose,
    }
    insert_unless_there(Reading(**said, seal=seal_of(settings.JOURNAL_KEYS[0], reading_text(**said))))
