"""Ký đầu sổ."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from motcua.evidence.actions.alarm import raise_alarm
from motcua.evidence.models import Head
from motcua.evidence.providers.keys import head_key, remember, remembered
from motcua.evidence.queries.heads import origin_of_log
from motcua.evidence.queries.tree import latest_head, root_at, tree_size
from motcua.evidence.rules.notes import BadNoteError, Checkpoint, digest_of, read_note, signed, unsigned
from motcua.evidence.terms import FindingKind
from motcua.evidence.tree.tiles import MissingNodeError

#: A log that does not grow says once a day that it stands still.
QUIET: Final = timedelta(days=1)


def head_is_due(at: datetime) -> bool:
    """Tell whether `MOTCUA_EVIDENCE_MINUTES` have passed since the last head."""
    last = latest_head()
    return last is None or at - last.at >= timedelta(minutes=settings.EVIDENCE_MINUTES)


def make_head(*, at: datetime) -> Head | None:
    """Ký đầu sổ: say how large the log is and what its root is, and sign it; None when there is nothing new to say.

    Never signs what contradicts the last head, or the last note kept beside the key: an alarm tells of it instead, and
    None is returned. Without a key the head is made unsigned. Raises KeyProblemError when a key is set but of no use.
    """
    head = _make(at)
    if head is not None and head.key_name:
        remember(head.note)
    return head


@transaction.atomic
def _make(at: datetime) -> Head | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('evidence.head'))")
    size, last = tree_size(), latest_head()
    if not size or (last is not None and last.size == size and at - last.at < QUIET):
        return None
    if _contradicts(last, size, at):
        return None
    checkpoint = Checkpoint(origin_of_log(), size, root_at(size), at, digest_of(last.note) if last else "")
    key = head_key(checkpoint.origin)
    text = checkpoint.text()
    note = signed(text, key.public, key.sign(text.encode())) if key else unsigned(text)
    return Head.objects.create(
        size=size,
        root=checkpoint.root.hex(),
        at=at.replace(microsecond=0),
        origin=checkpoint.origin,
        previous=checkpoint.previous,
        note=note,
        key_name=key.public.text() if key else "",
    )


def _contradicts(last: Head | None, size: int, at: datetime) -> bool:
    """Tell of what was signed before and is not so any more."""
    known = [(last.size, last.root)] if last else []
    try:
        note = remembered()
        kept = read_note(note)[0] if note else None
    except BadNoteError:
        kept = None
    if kept and kept.origin == origin_of_log():
        known.append((kept.size, kept.root.hex()))
    for before, root in known:
        why = _why_not(before, root, size)
        if why:
            raise_alarm(FindingKind.HEAD, {"size": before, "why": why}, at=at)
            return True
    return False


def _why_not(before: int, root: str, size: int) -> str:
    if before > size:
        return f"sổ hiện chỉ còn {size} lá, ngắn hơn khi ký; nếu vừa khôi phục, hãy chạy «motcua evidence restored»"
    try:
        found = root_at(before).hex()
    except MissingNodeError:
        return "cây của sổ thiếu mảnh"
    return "" if found == root else "gốc của sổ ở cỡ đó không còn như khi ký; không ký tiếp"
