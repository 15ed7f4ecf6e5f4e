"""The gate every act passes: lock the dossier when this actor may do this now."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access.capacity import refused_as_ended, settle_capacity
from motcua.dossiers.access.facts import facts_of
from motcua.dossiers.access.rights import Place, is_party, may_at, place_now, proposed_correction
from motcua.dossiers.access.sight import Visible, no_dossier
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.rules.acts import known_acts, problems_before, problems_of_moment
from motcua.dossiers.terms import Act, Status, act_label
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, NotPermitted, Problem, RuleBroken
from motcua.procedures.rules.selection import step_of


def lock_dossier(actor: Actor, dossier_id: int, *, to: Act, at: datetime, revision: int | None = None) -> Dossier:
    """Return the dossier, its row and those of its parties locked, when the actor may do `to` now.

    By a delegation only while it is in force, at `at` and now; `dossier.acting` says then in which capacity.
    Raises NotFound (not there, or not theirs to see), NotPermitted (not their right, or no longer), Conflict (somebody
    else was first; `revision` is what the actor had on the screen) or RuleBroken (its state forbids it).
    """
    actor = actor.at(at)
    dossier = _LOCKED(actor, pk=dossier_id)
    if dossier is None:
        raise refused_as_ended(actor, dossier_id, to, at) or no_dossier()
    if dossier.submitter_id == dossier.owner_id:
        dossier.submitter = dossier.owner
    if not settle_capacity(actor, dossier, to, at):
        raise refused_as_ended(actor, dossier_id, to, at) or _refusal(actor, dossier, to, at)
    if revision is not None and revision != dossier.revision:
        raise Conflict(who_was_first(dossier))
    if problems := problems_before(to, facts_of(dossier, at, actor)):
        raise RuleBroken([*problems, who_was_first(dossier)])
    if problems := problems_of_moment(at, last_act_at=dossier.last_act_at, now=timezone.now()):
        raise RuleBroken(problems)
    return dossier


_LOCKED = Visible(
    lambda found, pk: (
        found.filter(pk=pk)
        .select_related("owner", "submitter", "procedure")
        .select_for_update(of=("self", "owner", "submitter"))
    ),
    pk=int,
)


def lock_for_timer(dossier_id: int) -> Dossier:
    """Return the dossier, its row locked, for what its process does by itself; the house needs nobody's right to it.

    Raises Dossier.DoesNotExist.
    """
    found = Dossier.objects.select_related("owner", "submitter", "procedure").select_for_update(of=("self",))
    return found.get(pk=dossier_id)


def may(actor: Actor, dossier: Dossier, act: Act) -> bool:
    """Return whether the actor has the right to the act, whatever the state of the dossier says."""
    return may_at(actor, dossier, act, place_now(dossier))


def acts_open_to(actor: Actor, dossier: Dossier, at: datetime) -> list[Act]:
    """Return exactly the acts that the actor would not be refused at `at`."""
    actor = actor.at(at)
    facts = facts_of(dossier, at, actor)
    return [act for act in known_acts() if not problems_before(act, facts) and may(actor, dossier, act)]


def _refusal(actor: Actor, dossier: Dossier, act: Act, at: datetime) -> Conflict | NotPermitted:
    """Somebody who could have acted a moment ago was too late; anybody else never could."""
    last, before = [*dossier.moves.order_by("-number")[:2], None, None][:2]
    if last is not None and _could_before(actor, dossier, act, last, before, at):
        return Conflict(who_was_first(dossier, last))
    if act == Act.REQUEST_SUPPLEMENT and dossier.supplement_count:
        message = "Chỉ được yêu cầu bổ sung một lần; yêu cầu thêm do lãnh đạo đơn vị quyết định và nêu lý do."
        return NotPermitted(Problem("second_supplement", message, basis="Nghị định 118/2025/NĐ-CP"))
    if act == Act.CORRECT and is_party(actor, dossier):
        message = "Hồ sơ đã được tiếp nhận; việc đính chính do Bộ phận Một cửa thực hiện theo đề nghị của bạn."
        return NotPermitted(Problem("received_already", message))
    if act == Act.DECIDE_CORRECTION and proposed_correction(actor, dossier):
        message = "Bạn là người đề nghị đính chính này; người duyệt phải là người khác."
        return NotPermitted(Problem("own_correction", message))
    message = f"Bạn không có quyền «{act.label}» với hồ sơ này ở bước «{dossier.step.name}»."
    return NotPermitted(Problem("no_right", message))


def _could_before(actor: Actor, dossier: Dossier, act: Act, last: Move, before: Move | None, at: datetime) -> bool:
    """Whether it was the last move that took the act out of the actor's hands."""
    if not last.from_step or last.from_unit_id is None:
        return False
    step = step_of(dossier.definition, last.from_step)
    requests = dossier.supplement_count - (last.act == Act.REQUEST_SUPPLEMENT)
    holder_id = before.to_holder_id if before else None
    if not may_at(actor, dossier, act, Place(step, last.from_unit_id, holder_id, requests)):
        return False
    status = Status(before.status) if before else Status.SUBMITTED
    has_open_request = status == Status.SUPPLEMENT_REQUESTED
    then = replace(facts_of(dossier, at), status=status, step=step, has_open_request=has_open_request)
    return not problems_before(act, then)


def who_was_first(dossier: Dossier, last: Move | None = None) -> Problem:
    """Return who did what last to the dossier and when, for those who come too late."""
    move = last or dossier.moves.latest("number")
    done = act_label(move.act)
    when = move.at.astimezone(VIET_NAM)
    what = f"{move.actor_name} đã thực hiện «{done}» lúc {when:%H:%M ngày %d/%m/%Y}"
    message = f"Việc gần nhất: {what}; hãy mở lại hồ sơ để xem."
    return Problem("changed_meanwhile", message)
