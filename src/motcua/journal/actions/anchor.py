"""Đặt mốc nhật ký."""

import logging
from collections import Counter
from datetime import datetime

from django.db import connection, transaction

from motcua.journal.models import Anchor, Entry
from motcua.journal.rules.anchors import NOTHING, digest_on
from motcua.kernel.settling import settled_id

_log = logging.getLogger(__name__)

#: So many entries a mark at most: a journal that never had one is marked bit by bit.
MOST = 50_000


@transaction.atomic
def set_anchor(*, at: datetime, most: int = MOST) -> Anchor | None:
    """Đặt mốc nhật ký: take in the entries since the last mark; return the new one, or None when there are none.

    An entry that is being written could get its number before the mark and show later, so the mark goes as far as
    the journal is settled. Nobody who writes waits for it; two at once make one mark.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('journal.anchor'))")
    settled = settled_id(Entry)
    if settled is None:
        _log.warning("acts that take long hold up the mark of the journal; the next round tries again")
        return None
    last = Anchor.objects.order_by("-last_entry_id").first()
    before = last.last_entry_id if last else 0
    new = Entry.objects.filter(pk__gt=before, pk__lte=settled).order_by("pk")
    rows = list(new.values_list("pk", "verb", "hash")[:most])
    if not rows:
        return None
    verbs = Counter(last.verbs if last else {})
    verbs.update(verb for _pk, verb, _hash in rows)
    return Anchor.objects.create(
        last_entry_id=rows[-1][0],
        entries=(last.entries if last else 0) + len(rows),
        verbs=dict(verbs),
        digest=digest_on(last.digest if last else NOTHING, (one for _pk, _verb, one in rows)),
        at=at,
    )
