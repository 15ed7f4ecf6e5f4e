"""Giao, nhận hồ sơ: who gave a dossier to which unit and when it was taken over, read from the timeline.

A `Move` that brings the dossier from one unit to another is a "giao"; the first later move there is its "nhận",
whether an explicit taking over or any other act. Nothing of it is stored twice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.utils import timezone

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access.facts import HANDED_OVER
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.rules.handovers import Punctual, punctual
from motcua.dossiers.terms import BESIDE, ENDED

#: A page of hand-overs shows no more than this.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Handover:
    """One pair "1. Giao … 2. Nhận …" of the control sheet (Mẫu 06).

    `step_due_at`: until when the giver's step should have been done; `result` compares it with the giving.
    `taken_at` None: nobody there has touched it yet. `note`: what the giver wrote.
    """

    dossier: Dossier
    number: int
    act: str
    from_unit: str
    to_unit: str
    given_at: datetime
    given_by: str
    taken_at: datetime | None
    taken_by: str
    step: str
    step_due_at: datetime | None
    result: Punctual
    note: str = ""


def handovers_of(dossier: Dossier, moves: Sequence[Move] | None = None) -> list[Handover]:
    """Return every hand-over of a dossier, oldest first; `moves`: its whole timeline when it was read already."""
    timeline = list(dossier.moves.order_by("number")) if moves is None else moves
    return [_pair(dossier, move, timeline) for move in timeline if _is_given(move)]


def waiting_at(unit_ids: Iterable[int]) -> QuerySet[Dossier]:
    """Return the dossiers that came to these units and were not taken over yet, the longest waiting first.

    Each with `handover_number`, the number of the move that brought it.
    """
    touched = Move.objects.filter(dossier=OuterRef("pk")).exclude(act__in=sorted(BESIDE)).order_by("-number")
    given = touched.annotate(given=Case(When(HANDED_OVER, then=F("number")))).values("given")[:1]
    return (
        Dossier.objects.filter(unit_id__in=sorted(unit_ids))
        .exclude(status__in=sorted(ENDED))
        .annotate(handover_number=Subquery(given))
        .filter(handover_number__isnull=False)
        .order_by("last_act_at", "id")
    )


def waiting_rows(unit_ids: Iterable[int]) -> list[Handover]:
    """Return what came to these units and was not taken over, the longest waiting first (three queries)."""
    related = ("procedure", "owner")
    found = list(waiting_at(unit_ids).select_related(*related)[:MOST_SHOWN])
    return _rows({one.pk: one for one in found}, {(one.pk, getattr(one, "handover_number", 0)) for one in found})


def given_rows(unit_ids: Iterable[int], *, at: datetime) -> list[Handover]:
    """Return what these units gave to others on the day of `at`, oldest first (three queries)."""
    begins = datetime.combine(timezone.localdate(at, VIET_NAM), time.min, VIET_NAM)
    given = Move.objects.filter(HANDED_OVER, from_unit_id__in=sorted(unit_ids), at__gte=begins, at__lte=at)
    wanted = list(given.order_by("at", "dossier_id").values_list("dossier_id", "number")[:MOST_SHOWN])
    dossiers = Dossier.objects.filter(pk__in={pk for pk, _ in wanted}).select_related("procedure", "owner")
    return sorted(_rows({one.pk: one for one in dossiers}, set(wanted)), key=lambda row: row.given_at)


def _rows(dossiers: Mapping[int, Dossier], wanted: set[tuple[int, int]]) -> list[Handover]:
    timelines: dict[int, list[Move]] = {}
    for move in Move.objects.filter(dossier_id__in=dossiers).order_by("dossier_id", "number"):
        timelines.setdefault(move.dossier_id, []).append(move)
    return [
        _pair(dossier, move, timelines[pk])
        for pk, dossier in dossiers.items()
        for move in timelines.get(pk, ())
        if (pk, move.number) in wanted
    ]


def _pair(dossier: Dossier, given: Move, timeline: Sequence[Move]) -> Handover:
    before = next((move for move in reversed(timeline) if move.number < given.number), None)
    taken = next((move for move in timeline if move.number > given.number and move.act not in BESIDE), None)
    due_at = before.step_due_at if before else None
    step = next((one.name for one in dossier.definition.steps if one.key == given.from_step), "")
    return Handover(
        dossier=dossier,
        number=given.number,
        act=given.act,
        from_unit=_unit_name(given.from_unit_id),
        to_unit=_unit_name(given.to_unit_id),
        given_at=given.at,
        given_by=given.actor_name,
        taken_at=taken.at if taken else None,
        taken_by=taken.actor_name if taken else "",
        step=step,
        step_due_at=due_at,
        result=punctual(given.at, due_at),
        note=given.note,
    )


def _is_given(move: Move) -> bool:
    return move.from_unit_id is not None and move.from_unit_id != move.to_unit_id


def _unit_name(unit_id: int | None) -> str:
    return unit_by_id(unit_id).name if unit_id is not None else ""
