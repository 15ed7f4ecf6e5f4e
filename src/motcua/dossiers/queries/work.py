"""What waits for an officer: boxes of work, counted and listed by urgency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, TextChoices, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.agencies.queries import units_on
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, SupplementRequest
from motcua.dossiers.queries.steps import StepKind, Steps, at_step, steps_of
from motcua.dossiers.terms import ENDED, Status
from motcua.identity.terms import Actor
from motcua.kernel.paging import Page, decode_cursor, encode_cursor, reading_cursor

PAGE_SIZE = 30
_WORKED_ON = (Status.RECEIVED, Status.PROCESSING)


class Box(TextChoices):
    """A pile of work."""

    ALL = "tat-ca", "Tất cả việc"
    MINE = "cua-toi", "Của tôi"
    OVERDUE = "qua-han", "Quá hạn"
    RECEIVE = "cho-tiep-nhan", "Chờ tiếp nhận"
    FORWARD = "cho-chuyen", "Chờ chuyển"
    ASSIGN = "cho-phan-cong", "Chờ phân công"
    APPRAISE = "cho-tham-dinh", "Chờ thẩm định"
    APPROVE = "cho-phe-duyet", "Chờ phê duyệt"
    SEAL = "cho-dong-dau", "Chờ đóng dấu"
    DELIVER = "cho-tra-ket-qua", "Chờ trả kết quả"
    SUPPLEMENT = "cho-bo-sung", "Chờ bổ sung"


@dataclass(frozen=True, slots=True)
class Reach:
    """In which units the actor may do what; for leaders and the seal of an agency all units of the agency."""

    account_id: int | None
    desks: frozenset[int]
    handling: frozenset[int]
    divisions: frozenset[int]
    led: frozenset[int]
    sealed: frozenset[int]

    @property
    def units(self) -> frozenset[int]:
        return self.desks | self.handling | self.divisions | self.led | self.sealed


def reach_of(actor: Actor, at: datetime) -> Reach:
    """Return where the actor works on the day of `at`."""
    return Reach(
        account_id=actor.account_id,
        desks=actor.units_with(Right.RECEIVE),
        handling=actor.units_with(Right.HANDLE),
        divisions=actor.units_with(Right.LEAD_DIVISION),
        led=_units_of(actor.agencies_with(Right.LEAD_AGENCY), at),
        sealed=_units_of(actor.agencies_with(Right.SEAL), at),
    )


def _units_of(agencies: frozenset[int], at: datetime) -> frozenset[int]:
    if not agencies:
        return frozenset()
    return frozenset(unit.id for unit in units_on(timezone.localdate(at, VIET_NAM)) if unit.agency_id in agencies)


class Work:
    """The open work of one officer at one moment. Counting takes one query, a page one, the steps at most two."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.at = at
        self.reach = reach_of(actor, at)
        self.steps = steps_of(self._scope().order_by().values_list("version_id", flat=True).distinct())
        self.conditions = _conditions(self.reach, self.steps, at)

    def counts(self) -> dict[Box, int]:
        """Return how many dossiers lie in each box that can hold any for this officer."""
        wanted = {box.name: Count("pk", filter=self.conditions[box]) for box in self.boxes()}
        found = self._scope().aggregate(**wanted)
        return {box: found[box.name] for box in self.boxes()}

    def boxes(self) -> list[Box]:
        """Return the boxes that make sense for the posts of this officer, in the order of the counters."""
        reach = self.reach
        needs: Mapping[Box, Iterable[int]] = {
            Box.RECEIVE: reach.desks,
            Box.FORWARD: reach.desks,
            Box.ASSIGN: reach.divisions | reach.led,
            Box.APPRAISE: reach.handling,
            Box.APPROVE: reach.divisions | reach.led,
            Box.SEAL: reach.sealed,
            Box.DELIVER: reach.desks,
            Box.SUPPLEMENT: reach.desks | reach.handling,
        }
        return [box for box in Box if needs.get(box, (1,))]

    def page(self, box: Box, *, cursor: str = "", limit: int = PAGE_SIZE) -> Page[Dossier]:
        """Return the dossiers of a box: those that wait for somebody else last, else what is due soonest first.

        Raises Invalid for a cursor that is not ours.
        """
        rows = list(_after(self._rows(box), cursor)[: limit + 1])
        if len(rows) <= limit:
            return Page(rows)
        last: Any = rows[limit - 1]
        return Page(rows[:limit], encode_cursor([last.rank, last.urgent_at.isoformat(), last.pk]))

    def _rows(self, box: Box) -> QuerySet[Dossier]:
        return ordered(self._scope().filter(self.conditions[box])).select_related(
            "procedure", "owner", "unit", "holder"
        )

    def _scope(self) -> QuerySet[Dossier]:
        reach = self.reach
        if not reach.units:
            return Dossier.objects.none()
        where = Q(unit_id__in=sorted(reach.units)) | Q(holder_id=reach.account_id)
        if reach.desks:
            where |= Q(desk_id__in=sorted(reach.desks))
        return Dossier.objects.exclude(status__in=sorted(ENDED)).filter(where)


def ordered(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Return the dossiers by urgency, each with `waits` (for somebody else), `rank` and `urgent_at`."""
    first_answer = Q(status=Status.SUBMITTED) | Q(status=Status.SUPPLEMENT_REQUESTED, received_at__isnull=True)
    return found.annotate(
        waits=Case(When(_waits(), then=True), default=False, output_field=BooleanField()),
        rank=Case(When(_waits(), then=1), default=0, output_field=IntegerField()),
        urgent_at=Case(
            When(first_answer, then=Coalesce("answer_due_at", "submitted_at")),
            default=Coalesce("due_at", "submitted_at"),
        ),
    ).order_by("rank", "urgent_at", "id")


def _after(found: QuerySet[Dossier], cursor: str) -> QuerySet[Dossier]:
    if not cursor:
        return found
    with reading_cursor():
        rank, urgent_at, pk = decode_cursor(cursor, length=3)
        moment = datetime.fromisoformat(urgent_at).astimezone(VIET_NAM)
        later = Q(urgent_at__gt=moment) | Q(urgent_at=moment, pk__gt=int(pk))
        return found.filter(Q(rank__gt=int(rank)) | Q(Q(rank=int(rank)) & later))


def _open_request() -> Exists:
    return Exists(SupplementRequest.objects.filter(dossier=OuterRef("pk"), answered_at__isnull=True))


def _waits() -> Q:
    """Whether the next move is the applicant's: to supplement, to pay, to collect."""
    asked = Q(Q(status=Status.SUPPLEMENT_REQUESTED) & Q(_open_request()))
    return asked | Q(status=Status.OBLIGATION_REQUESTED) | Q(status=Status.FINISHED, step_key="deliver")


def _conditions(reach: Reach, steps: Steps, at: datetime) -> dict[Box, Q]:
    desks, handling = Q(desk_id__in=reach.desks), Q(unit_id__in=reach.handling)
    divisions, led, sealed = (Q(unit_id__in=units) for units in (reach.divisions, reach.led, reach.sealed))
    mine, free = Q(holder_id=reach.account_id), Q(holder_id__isnull=True)
    worked_on = Q(status__in=_WORKED_ON)

    def of_leaders(kind: StepKind) -> Q:
        by_division = divisions & at_step(steps, kind, Right.LEAD_DIVISION)
        return by_division | (led & at_step(steps, kind, Right.LEAD_AGENCY))

    unassigned = divisions & free & at_step(steps, StepKind.HANDLE)
    answered = Q(status=Status.SUPPLEMENT_REQUESTED, received_at__isnull=True) & ~Q(_open_request())
    found = {
        Box.RECEIVE: desks & (Q(status=Status.SUBMITTED) | answered),
        Box.FORWARD: worked_on & Q(unit_id__in=reach.desks) & at_step(steps, StepKind.INTAKE),
        Box.ASSIGN: worked_on & (of_leaders(StepKind.ASSIGN) | unassigned),
        Box.APPRAISE: worked_on & handling & at_step(steps, StepKind.HANDLE) & (mine | free),
        Box.APPROVE: worked_on & (of_leaders(StepKind.REVIEW) | of_leaders(StepKind.DECIDE)),
        Box.SEAL: Q(status=Status.FINISHED) & sealed & at_step(steps, StepKind.SEAL),
        Box.DELIVER: Q(status=Status.FINISHED) & desks & at_step(steps, StepKind.DELIVER),
        Box.SUPPLEMENT: Q(status=Status.SUPPLEMENT_REQUESTED) & Q(_open_request()) & (desks | mine),
        Box.MINE: mine,
    }
    every = Q()
    for condition in found.values():
        every |= condition
    midnight = datetime.combine(timezone.localdate(at, VIET_NAM), time.min, VIET_NAM)
    late = Q(due_at__lt=midnight) | Q(status=Status.SUBMITTED, answer_due_at__lt=at)
    return {**found, Box.ALL: every, Box.OVERDUE: every & late & ~_waits()}
