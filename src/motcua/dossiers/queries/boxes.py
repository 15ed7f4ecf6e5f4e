"""The boxes of work: which dossiers lie in which, for somebody who reaches so far."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet, TextChoices

from motcua.agencies.terms import Right
from motcua.dossiers.access.sight import of_scope
from motcua.dossiers.models import Consultation, Correction, Dossier
from motcua.dossiers.queries.narrowing import open_request, waits
from motcua.dossiers.queries.reach import Reach
from motcua.dossiers.queries.steps import StepKind, Steps, Table, at_step
from motcua.dossiers.terms import ENDED, Status
from motcua.kernel.lookups import any_of

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


def boxes_of(reach: Reach) -> list[Box]:
    """Return the boxes that make sense for somebody who reaches so far, in the order of the counters."""
    needs: Mapping[Box, Iterable[int]] = {
        Box.RECEIVE: reach.desks,
        Box.FORWARD: reach.desks,
        Box.ASSIGN: reach.leading,
        Box.APPRAISE: reach.handling,
        Box.APPROVE: reach.leading,
        Box.SEAL: reach.sealed,
        Box.DELIVER: reach.desks,
        Box.SUPPLEMENT: {*reach.desks, *reach.handling},
        Box.OPINION: reach.answering,
        Box.CORRECTION: reach.leading,
    }
    return [box for box in Box if needs.get(box, (1,))]


def scope_of(account_id: int | None, reaches: Sequence[Reach]) -> QuerySet[Dossier]:
    """Return all open work within these reaches, and what the account itself holds."""
    if not any(reach.units for reach in reaches):
        return Dossier.objects.none()
    where = Q(holder_id=account_id)
    for reach in reaches:
        here = any_of("unit_id", reach.units) | any_of("desk_id", reach.desks)
        where |= (here | _asked(reach) | _to_correct(reach)) & of_scope(reach.scope)
    return Dossier.objects.exclude(status__in=sorted(ENDED)).filter(where)


def conditions_of(reaches: Iterable[Reach], steps: Steps | Table, *, at: datetime, midnight: datetime) -> dict[Box, Q]:
    """Return the condition of each box; `midnight`: when the Vietnamese day of `at` began."""
    found: dict[Box, Q] = {}
    for reach in reaches:
        for box, condition in _boxes(reach, steps).items():
            inside = condition if reach.scope.is_everything else condition & of_scope(reach.scope)
            found[box] = found[box] | inside if box in found else inside
    every = Q()
    for condition in found.values():
        every |= condition
    late = Q(due_at__lt=midnight) | Q(status=Status.SUBMITTED, answer_due_at__lt=at)
    return {**found, Box.ALL: every, Box.OVERDUE: every & late & ~waits()}


def _boxes(reach: Reach, steps: Steps | Table) -> dict[Box, Q]:
    desks, handling = any_of("desk_id", reach.desks), any_of("unit_id", reach.handling)
    divisions, led, sealed = (any_of("unit_id", units) for units in (reach.divisions, reach.led, reach.sealed))
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
        Box.FORWARD: worked_on & any_of("unit_id", reach.desks) & at_step(steps, StepKind.INTAKE),
        Box.ASSIGN: worked_on & (of_leaders(StepKind.ASSIGN) | unassigned),
        Box.APPRAISE: worked_on & handling & at_step(steps, StepKind.HANDLE) & (mine | free),
        Box.APPROVE: worked_on & (of_leaders(StepKind.REVIEW) | of_leaders(StepKind.DECIDE)),
        Box.SEAL: Q(status=Status.FINISHED) & sealed & at_step(steps, StepKind.SEAL),
        Box.DELIVER: Q(status=Status.FINISHED) & any_of("unit_id", reach.desks) & at_step(steps, StepKind.DELIVER),
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
        any_of("unit_id", reach.answering), answered_at__isnull=True, cancelled_at__isnull=True
    )
    return Q(pk__in=waiting.values("dossier_id"), status__in=_ASKED_IN)


def _to_correct(reach: Reach) -> Q:
    """Dossiers of which a leader here has to decide a correction, somebody else's."""
    if not reach.leading:
        return Q(pk__in=[])
    led_here = any_of("dossier__handling_unit_id", reach.leading)
    proposed = Correction.objects.filter(led_here, decided_at__isnull=True)
    proposed = proposed.exclude(proposed_by_id=reach.account_id)
    return Q(pk__in=proposed.values("dossier_id"))
