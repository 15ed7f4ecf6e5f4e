"""Who may see a dossier and who may do what to it: the one gate of the room."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.rules.acts import Facts, problems_before, problems_of_moment
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, NotFound, NotPermitted, Problem, RuleBroken
from motcua.procedures.rules.selection import step_of
from motcua.procedures.terms import Step

_WORKING_RIGHTS = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
_DESK_ACTS = frozenset({Act.RECEIVE, Act.REFUSE, Act.DELIVER})
_OF_APPLICANT = frozenset({Act.SUPPLEMENT, Act.WITHDRAW, Act.CORRECT})
#: What only a person answers for with their name; the house itself never does it.
_OF_PERSONS = frozenset({Act.REQUEST_SUPPLEMENT, Act.APPRAISE, Act.APPROVE, Act.REJECT})
_OTHER_MOVES = {"submit": "Nộp hồ sơ", "hand_over": "Bàn giao công việc"}


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """Return the dossiers the actor may read.

    A citizen: those in which they are a party. An officer: those that an agency of theirs handles or that a desk of
    that agency took in. An overseer: those of every agency below the unit they oversee.
    """
    if actor.is_system:
        return Dossier.objects.all()
    if actor.kind == "citizen":
        mine = Q(owner__account_id=actor.account_id) | Q(submitter__account_id=actor.account_id)
        return Dossier.objects.filter(mine)
    agencies = {agency for right in _WORKING_RIGHTS for agency in actor.agencies_with(right)}
    seen = Q(agency_id__in=agencies) | Q(desk__agency_id__in=agencies)
    for unit_id in actor.units_with(Right.OVERSEE):
        seen |= Q(agency__path__contains=[unit_id])
    if not actor.postings:
        return Dossier.objects.none()
    return Dossier.objects.filter(seen)


def get_visible(actor: Actor, dossier_id: int) -> Dossier:
    """Return the dossier for reading; raises NotFound when it is not there or not for this actor."""
    found = visible_to(actor).filter(pk=dossier_id).select_related(*_RELATED).first()
    if found is None:
        raise _not_found()
    return found


def get_visible_by_code(actor: Actor, code: str) -> Dossier:
    """Return the dossier of that code for reading; raises NotFound."""
    found = visible_to(actor).filter(code=code.strip().upper()).select_related(*_RELATED).first()
    if found is None:
        raise _not_found()
    return found


_RELATED = ("version", "procedure", "owner", "submitter", "agency", "desk", "unit", "holder")


def lock_dossier(actor: Actor, dossier_id: int, *, to: Act, at: datetime, revision: int | None = None) -> Dossier:
    """Return the dossier, its row and those of its parties locked, when the actor may do `to` now.

    Raises NotFound (not there, or not theirs to see), NotPermitted (not their right), Conflict (somebody else was
    first; `revision` is what the actor had on the screen) or RuleBroken (its state forbids it).
    """
    seen = visible_to(actor).filter(pk=dossier_id).select_related("version", "owner", "submitter", "procedure")
    dossier = seen.select_for_update(of=("self", "owner", "submitter")).first()
    if dossier is None:
        raise _not_found()
    if dossier.submitter_id == dossier.owner_id:
        dossier.submitter = dossier.owner
    if not may(actor, dossier, to):
        raise _refusal(actor, dossier, to)
    if revision is not None and revision != dossier.revision:
        raise Conflict(who_was_first(dossier))
    if problems := problems_before(to, facts_of(dossier)):
        raise RuleBroken([*problems, who_was_first(dossier)])
    if problems := problems_of_moment(at, last_act_at=dossier.last_act_at, now=timezone.now()):
        raise RuleBroken(problems)
    return dossier


def may(actor: Actor, dossier: Dossier, act: Act) -> bool:
    """Return whether the actor has the right to the act, whatever the state of the dossier says."""
    place = _Place(dossier.step, dossier.unit_id, dossier.holder_id, dossier.supplement_count)
    return _may_at(actor, dossier, act, place)


def acts_open_to(actor: Actor, dossier: Dossier) -> list[Act]:
    """Return exactly the acts that the actor would not be refused now."""
    facts = facts_of(dossier)
    return [act for act in Act if may(actor, dossier, act) and not problems_before(act, facts)]


def facts_of(dossier: Dossier) -> Facts:
    """Return the state of the dossier as the rules see it."""
    last_request = dossier.supplement_requests.order_by("-number").values_list("answered_at", flat=True).first()
    has_request = dossier.supplement_count > 0
    last_draft = dossier.drafts.order_by("-number").values_list("number", flat=True).first()
    return Facts(
        status=Status(dossier.status),
        definition=dossier.definition,
        step=dossier.step,
        is_received=dossier.is_received,
        has_open_request=has_request and last_request is None,
        supplement_count=dossier.supplement_count,
        draft_number=last_draft or 0,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a dossier is or was: the step, the unit, with whom, and after how many supplement requests."""

    step: Step
    unit_id: int
    holder_id: int | None
    requests: int


def _may_at(actor: Actor, dossier: Dossier, act: Act, place: _Place) -> bool:
    if act in _OF_APPLICANT:
        is_late = act == Act.CORRECT and dossier.is_received
        return (_is_party(actor, dossier) and not is_late) or actor.has(Right.RECEIVE, unit_id=dossier.desk_id)
    if act in _DESK_ACTS:
        return actor.has(Right.RECEIVE, unit_id=dossier.desk_id)
    if actor.is_system and act in _OF_PERSONS:
        return False
    if act == Act.ASSIGN or (act == Act.REQUEST_SUPPLEMENT and place.requests):
        return leads(actor, place.unit_id)
    return _works_at(actor, place)


def _is_party(actor: Actor, dossier: Dossier) -> bool:
    if actor.account_id is None or actor.kind != "citizen":
        return False
    return actor.account_id in {dossier.owner.account_id, dossier.submitter.account_id}


def leads(actor: Actor, unit_id: int) -> bool:
    """Return whether the actor leads the unit, or the agency it belongs to."""
    unit = unit_by_id(unit_id)
    return actor.has(Right.LEAD_DIVISION, unit_id=unit_id) or actor.has(Right.LEAD_AGENCY, agency_id=unit.agency_id)


def _works_at(actor: Actor, place: _Place) -> bool:
    right = Right(place.step.right)
    if right in {Right.LEAD_AGENCY, Right.SEAL}:
        return actor.has(right, agency_id=unit_by_id(place.unit_id).agency_id)
    if not actor.has(right, unit_id=place.unit_id):
        return False
    return right != Right.HANDLE or actor.is_system or place.holder_id in {None, actor.account_id}


def _refusal(actor: Actor, dossier: Dossier, act: Act) -> Conflict | NotPermitted:
    """Somebody who could have acted a moment ago was too late; anybody else never could."""
    last, before = [*dossier.moves.order_by("-number")[:2], None, None][:2]
    if last is not None and _could_before(actor, dossier, act, last, before):
        return Conflict(who_was_first(dossier, last))
    if act == Act.REQUEST_SUPPLEMENT and dossier.supplement_count:
        message = "Chỉ được yêu cầu bổ sung một lần; yêu cầu thêm do lãnh đạo đơn vị quyết định và nêu lý do."
        return NotPermitted(Problem("second_supplement", message, basis="Nghị định 118/2025/NĐ-CP"))
    if act == Act.CORRECT and _is_party(actor, dossier):
        message = "Hồ sơ đã được tiếp nhận; việc đính chính do Bộ phận Một cửa thực hiện theo đề nghị của bạn."
        return NotPermitted(Problem("received_already", message))
    message = f"Bạn không có quyền «{act.label}» với hồ sơ này ở bước «{dossier.step.name}»."
    return NotPermitted(Problem("no_right", message))


def _could_before(actor: Actor, dossier: Dossier, act: Act, last: Move, before: Move | None) -> bool:
    """Whether it was the last move that took the act out of the actor's hands."""
    if not last.from_step or last.from_unit_id is None:
        return False
    step = step_of(dossier.definition, last.from_step)
    requests = dossier.supplement_count - (last.act == Act.REQUEST_SUPPLEMENT)
    holder_id = before.to_holder_id if before else None
    if not _may_at(actor, dossier, act, _Place(step, last.from_unit_id, holder_id, requests)):
        return False
    status = Status(before.status) if before else Status.SUBMITTED
    has_open_request = status == Status.SUPPLEMENT_REQUESTED
    then = replace(facts_of(dossier), status=status, step=step, has_open_request=has_open_request)
    return not problems_before(act, then)


def who_was_first(dossier: Dossier, last: Move | None = None) -> Problem:
    """Return who did what last to the dossier and when, for those who come too late."""
    move = last or dossier.moves.latest("number")
    done = _OTHER_MOVES.get(move.act) or Act(move.act).label
    when = move.at.astimezone(VIET_NAM)
    what = f"{move.actor_name} đã thực hiện «{done}» lúc {when:%H:%M ngày %d/%m/%Y}"
    message = f"Việc gần nhất: {what}; hãy mở lại hồ sơ để xem."
    return Problem("changed_meanwhile", message)


def _not_found() -> NotFound:
    return NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi của bạn."))
