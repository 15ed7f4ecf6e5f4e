"""Which timers of processes are to ring now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, Term, TermUnit
from motcua.dossiers.models import Dossier, Move, TimerRing
from motcua.dossiers.terms import Status
from motcua.procedures.queries import definition_of
from motcua.procedures.rules.selection import step_of
from motcua.processes.terms import Timer

#: In these a dossier waits at its step for the office.
WAITING = (Status.RECEIVED, Status.PROCESSING)


@dataclass(frozen=True, slots=True)
class DueTimer:
    """That a timer's time has come for a dossier which came to its step at `since`."""

    dossier_id: int
    step_key: str
    timer_key: str
    since: datetime


def due_timers(at: datetime) -> Iterator[DueTimer]:
    """Return every timer whose time has come and that has not rung since the dossier came to its step.

    Three queries, one when no open dossier's process has a timer. Conditions are looked at when it rings.
    """
    places = list(_places())
    if not places:
        return
    waiting = list(_waiting(places))
    rung = set(
        TimerRing.objects.filter(dossier_id__in=[pk for pk, *_ in waiting]).values_list(
            "dossier_id", "step_key", "timer_key", "since"
        )
    )
    for pk, version_id, step_key, unit_id, since in waiting:
        for timer in step_of(definition_of(version_id), step_key).timers:
            if (pk, step_key, timer.key, since) not in rung and at >= rings_at(timer, unit_id, since):
                yield DueTimer(pk, step_key, timer.key, since)


def rings_at(timer: Timer, unit_id: int, since: datetime) -> datetime:
    """Return when a timer rings for a dossier that came to its step, at that unit, at `since`."""
    calendar = calendar_of(unit_id, on=since.astimezone(VIET_NAM).date())
    return compute_due(since, Term(timer.after.amount, TermUnit(timer.after.unit)), calendar).due_at


def _places() -> Iterator[tuple[int, list[str]]]:
    """The versions of open dossiers with their steps that have timers."""
    for version_id in Dossier.objects.filter(status__in=WAITING).values_list("version_id", flat=True).distinct():
        if keys := [step.key for step in definition_of(version_id).steps if step.timers]:
            yield version_id, keys


def _waiting(places: list[tuple[int, list[str]]]) -> QuerySet[Dossier, tuple[int, int, str, int, datetime]]:
    where = reduce(or_, (Q(version_id=version_id, step_key__in=keys) for version_id, keys in places))
    came = Move.objects.filter(dossier=OuterRef("pk"), to_step=OuterRef("step_key")).exclude(from_step=F("to_step"))
    since = Subquery(came.order_by("-number").values("at")[:1])
    found = Dossier.objects.filter(where, status__in=WAITING).annotate(since=since).filter(since__isnull=False)
    return found.order_by("pk").values_list("pk", "version_id", "step_key", "unit_id", "since")
