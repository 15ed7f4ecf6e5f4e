"""Kiểm tra nhật ký."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.journal.actions.record import record
from motcua.journal.models import Anchor, Entry
from motcua.journal.queries import latest_anchor, verify_anchors, verify_every_chain
from motcua.journal.terms import Recorder
from motcua.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found: the newest mark, how many entries came after it, and every problem."""

    mark: Anchor | None
    after_mark: int
    problems: tuple[Problem, ...]


def check_journal(*, actor: Recorder, at: datetime, chains: bool = False) -> Check:
    """Kiểm tra nhật ký: whether everything behind the marks is what it was; with `chains` every object's chain too.

    Reads the hash of every entry once, with `chains` every entry. That it was checked, by whom and with which outcome,
    becomes an entry itself.
    """
    mark = latest_anchor()
    problems = verify_anchors()
    if chains:
        problems += verify_every_chain()
    after_mark = Entry.objects.filter(pk__gt=mark.last_entry_id if mark else 0).count()
    if mark is not None:
        data = {"entries": mark.entries, "problems": len(problems), "chains": chains, "digest": mark.digest}
        with transaction.atomic():
            mark = Anchor.objects.select_for_update().get(pk=mark.pk)
            record(actor, "journal.checked", mark, at=at, data=data)
    return Check(mark, after_mark, tuple(problems))
