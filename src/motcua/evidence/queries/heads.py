"""Heads: of which log they are, and how far it has come."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from motcua.evidence.models import Alarm, Course, Head, Leaf, Stamp, Witnessed
from motcua.evidence.queries.tree import latest_head, tree_size
from motcua.journal.models import Entry, Reading


def origin_of_log() -> str:
    """Return the name of the log: what its first leaf says, for ever."""
    first = Leaf.objects.filter(seq=0).first()
    return str(json.loads(first.content)["origin"]) if first else str(settings.EVIDENCE_ORIGIN)


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
    """Return how the log is (a handful of counting queries)."""
    return Condition(
        size=tree_size(),
        waiting=_waiting(),
        head=latest_head(),
        heads=Head.objects.count(),
        unsigned=Head.objects.filter(key_name="").count(),
        unstamped=Head.objects.filter(stamps=None).count(),
        has_key=bool(settings.EVIDENCE_KEY),
        alarms=Alarm.objects.count(),
        witnessed=Witnessed.objects.values("origin").distinct().count(),
    )


def _waiting() -> int:
    courses = {one.table: one.settled for one in Course.objects.all()}
    entries = Entry.objects.filter(pk__gt=courses.get("journal_entry", 0)).count()
    return entries + Reading.objects.filter(pk__gt=courses.get("journal_reading", 0)).count()


def head_of_size(size: int) -> Head | None:
    """Return the newest head of that size."""
    return Head.objects.filter(size=size).order_by("-id").first()


def stamp_times(head: Head) -> list[datetime]:
    """Return when a head was stamped."""
    return list(Stamp.objects.filter(head=head).order_by("at").values_list("at", flat=True))
