"""Ghi bước đi: what every act does at its end."""

from datetime import datetime

from motcua.dossiers.actions.begin_step import begin_step, let_clock_run
from motcua.dossiers.actions.stepping import due_at_step, log_move, unit_of_step
from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.terms import ENDED, TRANSITIONS, Status
from motcua.identity.terms import Actor
from motcua.kernel.errors import Problem, RuleBroken
from motcua.kernel.inserting import update
from motcua.processes.terms import Step

__all__ = ["advance", "due_at_step", "log_move", "unit_of_step"]

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
    when its term does not begin now; `also` names further changed fields to save. Coming to another step begins it:
    its clock act and its opinions (`begin_step`) follow in the timeline.
    Raises RuleBroken for a change of status that the law does not know, or a step at a unit that is not there.
    """
    before_step, before_unit = dossier.step_key, dossier.unit_id
    begins = step is not None and step.key != before_step
    _set_status(dossier, status, at)
    resumed = step is not None and begins and let_clock_run(dossier, step, at)
    if step is not None:
        dossier.step_key, dossier.unit_id = step.key, unit_of_step(dossier, step)
        dossier.holder_id, dossier.step_due_at = holder_id, step_due_at or due_at_step(dossier, step, at)
    dossier.last_act_at = at
    dossier.revision += 1
    update(dossier, *_ALWAYS, *dict.fromkeys([*also, *(("due_at", "due_working") if resumed else ())]))
    move = log_move(dossier, actor=actor, act=act, at=at, note=note, before_step=before_step, before_unit=before_unit)
    if step is not None and begins:
        begin_step(dossier, step, at, resumed=resumed)
    return move


def _set_status(dossier: Dossier, status: Status | None, at: datetime) -> None:
    if status is None or status == dossier.status:
        return
    if status not in TRANSITIONS[Status(dossier.status)]:
        before = Status(dossier.status).label
        raise RuleBroken(Problem("status_change", f"Không chuyển được từ «{before}» sang «{status.label}»."))
    dossier.status = status
    if status in ENDED:
        dossier.ended_at = at
