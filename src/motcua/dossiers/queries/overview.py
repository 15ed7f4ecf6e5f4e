"""All desks at this moment: what waits where, for how long, since when; one query a table."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from motcua.agencies.queries import unit
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.narrowing import Due, due_in, waits
from motcua.dossiers.terms import ENDED, Status
from motcua.identity.terms import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """How a desk or an officer stands: `first_answer_due`: the earliest moment an online dossier must be answered."""

    name: str
    unit: str
    waiting: int
    waiting_since: datetime | None
    taken_in: int
    due_today: int
    overdue: int
    unanswered: int
    first_answer_due: datetime | None


def desks_now(actor: Actor, at: datetime) -> list[Standing]:
    """Return every desk with dossiers the actor may see, by name (one query). `waiting`: to be taken in there."""
    answered = Q(status=Status.SUPPLEMENT_REQUESTED, received_at__isnull=True) & ~waits()
    rows = _counted(_seen(actor, at).values("desk_id"), at, Q(status=Status.SUBMITTED) | answered)
    found = [_standing(unit(row["desk_id"]).name, "", row) for row in rows]
    return sorted(found, key=lambda one: one.name)


def officers_now(actor: Actor, at: datetime) -> list[Standing]:
    """Return every officer who holds a dossier the actor may see, by unit and name (one query).

    `waiting`: held, and the next move is not the applicant's.
    """
    held = _seen(actor, at).filter(holder_id__isnull=False)
    grouped = held.values("holder_id", "holder__full_name", "holder__sort_name", "unit_id")
    found = [(unit(row["unit_id"]).name, row) for row in _counted(grouped, at, _OPEN & ~waits())]
    found.sort(key=lambda pair: (pair[0], pair[1]["holder__sort_name"], pair[1]["holder_id"]))
    return [_standing(row["holder__full_name"], where, row) for where, row in found]


_OPEN = ~Q(status__in=sorted(ENDED))
_NUMBERS = ("waiting", "waiting_since", "taken_in", "due_today", "overdue", "unanswered", "first_answer_due")


def _seen(actor: Actor, at: datetime) -> QuerySet[Dossier]:
    return visible_to(actor).filter(_OPEN | Q(received_at__gte=_midnight(at))).order_by()


def _midnight(at: datetime) -> datetime:
    return datetime.combine(timezone.localdate(at, VIET_NAM), time.min, VIET_NAM)


def _counted(grouped: Any, at: datetime, waiting: Q) -> Any:
    today, unanswered = _midnight(at), _OPEN & Q(received_at__isnull=True, answer_due_at__isnull=False) & ~waits()
    return grouped.annotate(
        waiting=Count("pk", filter=waiting),
        waiting_since=Min("last_act_at", filter=waiting),
        taken_in=Count("pk", filter=Q(received_at__gte=today)),
        due_today=Count("pk", filter=due_in(Due.TODAY, at)),
        overdue=Count("pk", filter=due_in(Due.LATE, at)),
        unanswered=Count("pk", filter=unanswered),
        first_answer_due=Min("answer_due_at", filter=unanswered),
    )


def _standing(name: str, where: str, row: dict[str, Any]) -> Standing:
    return Standing(name=name, unit=where, **{number: row[number] for number in _NUMBERS})
