"""Hẹn giờ của quy trình: what the process does when a dossier has waited too long at a step."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access.gate import lock_for_timer
from motcua.dossiers.access.process_facts import arrived_at, process_facts
from motcua.dossiers.actions.advance import advance, unit_of_step
from motcua.dossiers.actions.send_back import last_worker
from motcua.dossiers.events import DossierForwarded, DossierSentBack, TimerRang
from motcua.dossiers.models import Dossier, TimerRing
from motcua.dossiers.queries.ringing import WAITING, DueTimer
from motcua.dossiers.terms import ReminderTo, Status
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit, record
from motcua.procedures.rules.selection import step_of
from motcua.processes.rules.moves import gates_closed, holds
from motcua.processes.rules.wording import after_words
from motcua.processes.terms import Step, Timer


@transaction.atomic
def follow_timer(due: DueTimer, *, at: datetime) -> bool:
    """Hẹn giờ: remind who works on it, tell the leader, or move the dossier on, once for each time it came there.

    False when there is nothing to do: it rang before, the dossier has gone on, its condition does not hold, or the
    gates of the step keep the dossier from going forward (asked again at the next round).
    """
    dossier = lock_for_timer(due.dossier_id)
    if dossier.status not in WAITING or (dossier.step_key, arrived_at(dossier)) != (due.step_key, due.since):
        return False
    at = max(at, dossier.last_act_at)
    timer = next((one for one in dossier.step.timers if one.key == due.timer_key), None)
    if timer is None or not holds(timer.when, process_facts(dossier, at)) or _is_kept(dossier, timer, at):
        return False
    mark = {"step_key": due.step_key, "timer_key": due.timer_key, "since": due.since}
    _row, is_new = TimerRing.objects.get_or_create(dossier=dossier, **mark, defaults={"at": at})
    if is_new:
        _ring(dossier, timer, at)
    return is_new


def _is_kept(dossier: Dossier, timer: Timer, at: datetime) -> bool:
    """A clock opens no gate: what must be paid, finished or answered before going forward stays so."""
    forward = timer.do == "move" and timer.to in dossier.step.forward_keys
    return forward and bool(gates_closed(dossier.step, process_facts(dossier, at)))


def _ring(dossier: Dossier, timer: Timer, at: datetime) -> None:
    if timer.do == "move":
        _move(dossier, timer, step_of(dossier.definition, timer.to), at)
        return
    to = ReminderTo.LEADER if timer.do == "escalate" else ReminderTo.HOLDER
    event = TimerRang(
        dossier_id=dossier.pk, code=dossier.code, step_key=dossier.step_key, timer_key=timer.key, to=to.value
    )
    emit(event, at=at)
    data = {"code": dossier.code, "step": dossier.step.name, "timer": timer.key, "to": to.value}
    record(SYSTEM, "dossier.timer_rang", dossier, at=at, data=data)


def _move(dossier: Dossier, timer: Timer, step: Step, at: datetime) -> None:
    """Tự chuyển: along a way of the step, with the reason in the timeline."""
    reason = f"Hồ sơ chờ ở bước «{dossier.step.name}» {after_words(timer.after)}."
    back = timer.to in dossier.step.back_keys
    holder_id = last_worker(dossier, step.key, unit_of_step(dossier, step)) if back else None
    status = None if back else Status.PROCESSING
    advance(
        dossier, actor=SYSTEM, act="process_move", at=at, status=status, step=step, holder_id=holder_id, note=reason
    )
    pk, code, unit_id = dossier.pk, dossier.code, dossier.unit_id
    if back:
        emit(DossierSentBack(dossier_id=pk, code=code, unit_id=unit_id, account_id=holder_id, reason=reason), at=at)
    else:
        emit(DossierForwarded(dossier_id=pk, code=code, unit_id=unit_id, step_key=step.key), at=at)
    verb = "dossier.sent_back" if back else "dossier.forwarded"
    record(SYSTEM, verb, dossier, at=at, data={"code": dossier.code, "to_step": step.key, "reason": reason})
