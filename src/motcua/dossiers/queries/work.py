"""What waits for an officer: boxes of work, counted and listed by urgency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import reduce

from django.db.models import BooleanField, Case, Count, IntegerField, Q, QuerySet, TextChoices, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from motcua.agencies.queries import units_on
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access.sight import of_scope
from motcua.dossiers.models import Consultation, Correction, Dossier
from motcua.dossiers.queries.narrowing import Wanted, is_suspended, narrowed, open_request, waits
from motcua.dossiers.queries.orders import order_of
from motcua.dossiers.queries.steps import StepKind, Steps, at_step, steps_of
from motcua.dossiers.terms import ENDED, Status
from motcua.identity.terms import EVERYTHING, Actor, ActorPosting, Scope
from motcua.kernel.paging import Page

PAGE_SIZE = 30
_WORKED_ON = (Status.RECEIVED, Status.PROCESSING)
_ASKED_IN = (*_WORKED_ON, Status.SUPPLEMENT_REQUESTED, Status.OBLIGATION_REQUESTED)


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
    OPINION = "cho-tra-loi-y-kien", "Chờ trả lời ý kiến"
    CORRECTION = "cho-duyet-dinh-chinh", "Chờ duyệt đính chính"


@dataclass(frozen=True, slots=True)
class Reach:
    """In which units the actor may do what; for leaders and the seal of an agency all units of the agency.

    `holders`: whose dossiers the actor works on; `scope`: for which procedures.
    """

    account_id: int | None
    holders: frozenset[int | None]
    desks: frozenset[int]
    handling: frozenset[int]
    divisions: frozenset[int]
    led: frozenset[int]
    sealed: frozenset[int]
    scope: Scope = EVERYTHING

    @property
    def units(self) -> frozenset[int]:
        return self.desks | self.handling | self.divisions | self.led | self.sealed

    @property
    def answering(self) -> frozenset[int]:
        """The units that may be asked for an opinion."""
        return self.handling | self.divisions | self.led

    def joined(self, other: "Reach") -> "Reach":
        """Return where either reaches, whatever the scope."""
        return Reach(
            account_id=self.account_id,
            holders=self.holders | other.holders,
            desks=self.desks | other.desks,
            handling=self.handling | other.handling,
            divisions=self.divisions | other.divisions,
            led=self.led | other.led,
            sealed=self.sealed | other.sealed,
        )


def reaches_of(actor: Actor, at: datetime) -> list[Reach]:
    """Return where the actor works at `at`: by what holds for every procedure, then by each narrower delegation."""
    actor = actor.at(at)
    narrow = [one for one in actor.mandates if one.stands_for is not None or not one.scope.is_everything]
    found = [_reach(actor, [post for post in actor.postings if post.mandate not in narrow], at)]
    for mandate in narrow:
        part = _reach(actor, [post for post in actor.postings if post.mandate == mandate], at)
        holders = frozenset({mandate.stands_for}) if mandate.stands_for is not None else part.holders
        found.append(replace(part, holders=holders, scope=mandate.scope))
    return found


def _reach(actor: Actor, postings: Iterable[ActorPosting], at: datetime) -> Reach:
    posts = list(postings)

    def units(right: Right) -> frozenset[int]:
        return frozenset(post.unit_id for post in posts if right in post.rights)

    def of_agency(right: Right) -> frozenset[int]:
        return _units_of(frozenset(post.agency_id for post in posts if right in post.rights), at)

    return Reach(
        account_id=actor.account_id,
        holders=frozenset({actor.account_id}),
        desks=units(Right.RECEIVE),
        handling=units(Right.HANDLE),
        divisions=units(Right.LEAD_DIVISION),
        led=of_agency(Right.LEAD_AGENCY),
        sealed=of_agency(Right.SEAL),
    )


def _units_of(agencies: frozenset[int], at: datetime) -> frozenset[int]:
    if not agencies:
        return frozenset()
    return frozenset(unit.id for unit in units_on(timezone.localdate(at, VIET_NAM)) if unit.agency_id in agencies)


class Work:
    """The open work of one officer at one moment. Counting takes one query, a page one, the steps at most two."""

    def __init__(self, actor: Actor, at: datetime) -> None:
        self.at = at
        self.reaches = reaches_of(actor, at)
        self.reach = reduce(Reach.joined, self.reaches)
        self.steps = steps_of(self._scope().order_by().values_list("version_id", flat=True).distinct())
        self.conditions = _conditions(self.reaches, self.steps, at)

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
            Box.OPINION: reach.answering,
            Box.CORRECTION: reach.divisions | reach.led,
        }
        return [box for box in Box if needs.get(box, (1,))]

    def page(
        self, box: Box, wanted: Wanted | None = None, *, sort: str = "", cursor: str = "", limit: int = PAGE_SIZE
    ) -> Page[Dossier]:
        """Return the dossiers of a box that fit, in the order asked for; by default those that wait for somebody
        else last, else what is due soonest first.

        Raises Invalid for a cursor that is not ours.
        """
        order = order_of(sort)
        rows = list(order.after(self.listing(box, wanted, sort=sort), cursor)[: limit + 1])
        if len(rows) <= limit:
            return Page(rows)
        return Page(rows[:limit], order.cursor(rows[limit - 1]))

    def listing(self, box: Box, wanted: Wanted | None = None, *, sort: str = "") -> QuerySet[Dossier]:
        """Return every dossier of a box that fits, in the order asked for."""
        found = self._scope().filter(self.conditions[box])
        if wanted is not None and not wanted.is_empty:
            found = narrowed(found, wanted, self.at, account_id=self.reach.account_id)
        rows: QuerySet[Dossier] = order_of(sort).apply(ordered(found))
        return rows.select_related("procedure", "owner", "unit", "holder")

    def kinds(self) -> list[tuple[str, str, str, str]]:
        """Return code and name of each procedure in this work, with its domain's code and name, by name (one query)."""
        names = ("procedure__code", "procedure__name", "procedure__domain__code", "procedure__domain__name")
        return list(self._scope().order_by("procedure__name").values_list(*names).distinct())

    def holders(self) -> list[tuple[int, str]]:
        """Return who holds any of this work, by name (one query)."""
        held = self._scope().filter(holder_id__isnull=False).order_by("holder__sort_name", "holder_id")
        found = held.values_list("holder_id", "holder__full_name", "holder__sort_name").distinct()
        return [(pk, name) for pk, name, _key in found if pk is not None]

    def _scope(self) -> QuerySet[Dossier]:
        if not self.reach.units:
            return Dossier.objects.none()
        where = Q(holder_id=self.reach.account_id)
        for reach in self.reaches:
            here = Q(unit_id__in=sorted(reach.units)) if reach.units else Q(pk__in=[])
            if reach.desks:
                here |= Q(desk_id__in=sorted(reach.desks))
            here |= _asked(reach) | _to_correct(reach)
            where |= here & of_scope(reach.scope)
        return Dossier.objects.exclude(status__in=sorted(ENDED)).filter(where)


def ordered(found: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Return the dossiers by urgency, each with `waits` (for somebody else), `suspended`, `answered` (a supplement
    came before receipt, the desk has to look), `rank` and `urgent_at`."""
    before = Q(status=Status.SUPPLEMENT_REQUESTED, received_at__isnull=True)
    return found.annotate(
        waits=_yes(waits()),
        suspended=_yes(is_suspended()),
        answered=_yes(Q(status=Status.SUPPLEMENT_REQUESTED) & ~Q(open_request())),
        rank=Case(When(waits(), then=1), default=0, output_field=IntegerField()),
        urgent_at=Case(
            When(Q(status=Status.SUBMITTED) | before, then=Coalesce("answer_due_at", "submitted_at")),
            default=Coalesce("due_at", "submitted_at"),
        ),
    ).order_by("rank", "urgent_at", "id")


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _conditions(reaches: Iterable[Reach], steps: Steps, at: datetime) -> dict[Box, Q]:
    found: dict[Box, Q] = {}
    for reach in reaches:
        for box, condition in _boxes(reach, steps).items():
            inside = condition if reach.scope.is_everything else condition & of_scope(reach.scope)
            found[box] = found[box] | inside if box in found else inside
    every = Q()
    for condition in found.values():
        every |= condition
    midnight = datetime.combine(timezone.localdate(at, VIET_NAM), time.min, VIET_NAM)
    late = Q(due_at__lt=midnight) | Q(status=Status.SUBMITTED, answer_due_at__lt=at)
    return {**found, Box.ALL: every, Box.OVERDUE: every & late & ~waits()}


def _boxes(reach: Reach, steps: Steps) -> dict[Box, Q]:
    desks, handling = Q(desk_id__in=reach.desks), Q(unit_id__in=reach.handling)
    divisions, led, sealed = (Q(unit_id__in=units) for units in (reach.divisions, reach.led, reach.sealed))
    free = Q(holder_id__isnull=True)
    mine = Q(holder_id__in=reach.holders)
    if reach.account_id not in reach.holders:
        mine &= handling
    worked_on = Q(status__in=_WORKED_ON)

    def of_leaders(kind: StepKind) -> Q:
        by_division = divisions & at_step(steps, kind, Right.LEAD_DIVISION)
        return by_division | (led & at_step(steps, kind, Right.LEAD_AGENCY))

    unassigned = divisions & free & at_step(steps, StepKind.HANDLE)
    answered = Q(status=Status.SUPPLEMENT_REQUESTED, received_at__isnull=True) & ~Q(open_request())
    return {
        Box.RECEIVE: desks & (Q(status=Status.SUBMITTED) | answered),
        Box.FORWARD: worked_on & Q(unit_id__in=reach.desks) & at_step(steps, StepKind.INTAKE),
        Box.ASSIGN: worked_on & (of_leaders(StepKind.ASSIGN) | unassigned),
        Box.APPRAISE: worked_on & handling & at_step(steps, StepKind.HANDLE) & (mine | free),
        Box.APPROVE: worked_on & (of_leaders(StepKind.REVIEW) | of_leaders(StepKind.DECIDE)),
        Box.SEAL: Q(status=Status.FINISHED) & sealed & at_step(steps, StepKind.SEAL),
        Box.DELIVER: Q(status=Status.FINISHED) & Q(unit_id__in=reach.desks) & at_step(steps, StepKind.DELIVER),
        Box.SUPPLEMENT: Q(status=Status.SUPPLEMENT_REQUESTED) & Q(open_request()) & (desks | mine),
        Box.OPINION: _asked(reach),
        Box.CORRECTION: _to_correct(reach),
        Box.MINE: mine,
    }


def _asked(reach: Reach) -> Q:
    """Dossiers about which a unit of the actor's was asked, and has not answered."""
    if not reach.answering:
        return Q(pk__in=[])
    waiting = Consultation.objects.filter(
        unit_id__in=sorted(reach.answering), answered_at__isnull=True, cancelled_at__isnull=True
    )
    return Q(pk__in=waiting.values("dossier_id"), status__in=_ASKED_IN)


def _to_correct(reach: Reach) -> Q:
    """Dossiers of which a leader here has to decide a correction, somebody else's."""
    leading = reach.divisions | reach.led
    if not leading:
        return Q(pk__in=[])
    proposed = Correction.objects.filter(decided_at__isnull=True, dossier__handling_unit_id__in=sorted(leading))
    proposed = proposed.exclude(proposed_by_id=reach.account_id)
    return Q(pk__in=proposed.values("dossier_id"))
