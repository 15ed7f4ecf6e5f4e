"""Đặt mốc nhật ký."""

from collections import Counter
from datetime import datetime

from django.db import connection, transaction

from motcua.journal.models import Anchor, Entry
from motcua.journal.rules.anchors import NOTHING, digest_on

#: So many entries a mark at most: a journal that never had one is marked bit by bit.
MOST = 50_000


@transaction.atomic
def set_anchor(*, at: datetime, most: int = MOST) -> Anchor | None:
    """Đặt mốc nhật ký: take in the entries since the last mark; return the new one, or None when there are none.

    Nobody may be in the middle of writing: an entry that is written now could get a number before the mark later.
    Waits two seconds for that moment; raises OperationalError when it does not come (the next round tries again).
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute(f'LOCK TABLE "{Entry._meta.db_table}" IN SHARE MODE')
    last = Anchor.objects.order_by("-last_entry_id").first()
    before = last.last_entry_id if last else 0
    rows = list(Entry.objects.filter(pk__gt=before).order_by("pk").values_list("pk", "verb", "hash")[:most])
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
