"""Heads: of which log they are, and how far it has come."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection

from motcua.evidence.models import Head, Leaf, Stamp
from motcua.evidence.queries.tree import latest_head


def origin_of_log() -> str:
    """Return the name of the log: what its first leaf says, for ever."""
    first = Leaf.objects.filter(seq=0).first()
    return str(json.loads(first.content)["origin"]) if first else str(settings.EVIDENCE_ORIGIN)


_COUNTS = """
SELECT (SELECT coalesce(max(seq) + 1, 0) FROM evidence_leaf),
    (SELECT count(*) FROM journal_entry
        WHERE id > coalesce((SELECT settled FROM evidence_course WHERE "table" = 'journal_entry'), 0)),
    (SELECT count(*) FROM journal_reading
        WHERE id > coalesce((SELECT settled FROM evidence_course WHERE "table" = 'journal_reading'), 0)),
    (SELECT count(*) FROM evidence_head), (SELECT count(*) FROM evidence_head WHERE key_name = ''),
    (SELECT count(*) FROM evidence_head h WHERE NOT EXISTS (SELECT 1 FROM evidence_stamp s WHERE s.head_id = h.id)),
    (SELECT count(*) FROM evidence_alarm), (SELECT count(DISTINCT origin) FROM evidence_witnessed)
"""


@dataclass(frozen=True, slots=True)
class Condition:
    """How the log is: leaves, rows that wait, the newest head, heads without signature or timestamp, alarms."""

    size: int
    waiting: int
    head: Head | None
    heads: int
    unsigned: int
    unstamped: int
    has_key: bool
    alarms: int
    witnessed: int

    @property
    def after_head(self) -> int:
        """Return how many leaves no head covers yet."""
        return self.size - (self.head.size if self.head else 0)


def condition() -> Condition:
    """Return how the log is (two queries)."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        size, entries, readings, heads, unsigned, unstamped, alarms, witnessed = cursor.fetchone()
    return Condition(
        size=size,
        waiting=entries + readings,
        head=latest_head(),
        heads=heads,
        unsigned=unsigned,
        unstamped=unstamped,
        has_key=bool(settings.EVIDENCE_KEY),
        alarms=alarms,
        witnessed=witnessed,
    )


def head_of_size(size: int) -> Head | None:
    """Return the newest head of that size."""
    return Head.objects.filter(size=size).order_by("-id").first()


def stamp_times(head: Head) -> list[datetime]:
    """Return when a head was stamped."""
    return list(Stamp.objects.filter(head=head).order_by("at").values_list("at", flat=True))
