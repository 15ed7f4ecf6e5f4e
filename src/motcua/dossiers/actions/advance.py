"""Ghi bước đi: what every act does at its end."""

from datetime import datetime

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, Term, TermUnit
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.terms import ENDED, TRANSITIONS, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem, RuleBroken
from motcua.kernel.inserting import insert, update
from motcua.procedures.rules.selection import last_step
from motcua.processes.terms import Step

_ALWAYS = ("status", "step_key", "unit", "holder", "step_due_at", "ended_at", "last_act_at", "revision")


def advance(
    dossier: Dossier,
    *,
    actor: Actor,
    act: str,
    at: datetime,
    status: Status | None = None,
    step: Step | None = None,
    holder_id: int | None = None,
    step_due_at: datetime | None = None,
    note: str = "",
    also: tuple[str, ...] = (),
) -> Move:
    """Ghi bước đi: set the new status and step, save, and add the act to the timeline.

    Without `step` the dossier stays where and with whom it is; `step_due_at` is until when the step should be done
    when its term does not begin now; `also` names further changed fields to save.
    Raises RuleBroken for a change of status that the law does not know.
    """
    before_step, before_unit = dossier.step_key, dossier.unit_id
    _set_status(dossier, status, at)
    if step is not None:
        dossier.step_key, dossier.unit_id = step.key, unit_of_step(dossier, step)
        dossier.holder_id, dossier.step_due_at = holder_id, step_due_at or due_at_step(dossier, step, at)
    dossier.last_act_at = at
    dossier.revision += 1
    update(dossier, *_ALWAYS, *also)
    return log_move(dossier, actor=actor, act=act, at=at, note=note, before_step=before_step, before_unit=before_unit)


def log_move(
    dossier: Dossier,
    *,
    actor: Actor,
    act: str,
    at: datetime,
    note: str = "",
    before_step: str = "",
    before_unit: int | None = None,
) -> Move:
    """Add a line to the timeline of a dossier that was just saved."""
    acting = dossier.acting_as(actor)
    move = Move(
        dossier=dossier,
        number=dossier.revision,
        act=act,
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        actor_title=acting.title,
        delegation_id=acting.mandate.delegation_id if acting.mandate else None,
        status=dossier.status,
        from_step=before_step,
        to_step=dossier.step_key,
        from_unit_id=before_unit,
        to_unit_id=dossier.unit_id,
        to_holder_id=dossier.holder_id,
        step_due_at=dossier.step_due_at,
        note=note,
    )
    return insert(move)


def unit_of_step(dossier: Dossier, step: Step) -> int:
    """Return the unit that works at the step; the last one is done at the desk that hands the result out."""
    is_last = step.key == last_step(dossier.definition).key
    desk_id = dossier.delivery_desk_id if is_last else dossier.desk_id
    places = {"desk": desk_id, "handling": dossier.handling_unit_id, "agency": dossier.agency_id}
    return places[step.at]


def due_at_step(dossier: Dossier, step: Step, at: datetime) -> datetime | None:
    """Return until when the step should be done; None when the step has no term of its own."""
    if step.term is None:
        return None
    calendar = calendar_of(unit_of_step(dossier, step), on=at.astimezone(VIET_NAM).date())
    return compute_due(at, Term(step.term.amount, TermUnit(step.term.unit)), calendar).due_at


def _set_status(dossier: Dossier, status: Status | None, at: datetime) -> None:
    if status is None or status == dossier.status:
        return
    if status not in TRANSITIONS[Status(dossier.status)]:
        before = Status(dossier.status).label
        raise RuleBroken(Problem("status_change", f"Không chuyển được từ «{before}» sang «{status.label}»."))
    dossier.status = status
    if status in ENDED:
        dossier.ended_at = at
