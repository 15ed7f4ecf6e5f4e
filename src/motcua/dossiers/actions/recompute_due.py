"""Tính lại ngày hẹn trả khi lịch làm việc thay đổi."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.queries import calendar_of, clocks_of
from motcua.deadlines.rules.clocks import online_answer_due
from motcua.deadlines.terms import VIET_NAM, Pause
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.clock import due_from, working_of
from motcua.dossiers.events import DueRecomputed
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.history import due_of_decision, moved_along, settled
from motcua.dossiers.terms import CLOCK_RUNS_IN, Status
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit, record


@transaction.atomic
def recompute_due(*, dossier_id: int, at: datetime, cause: str) -> bool:
    """Tính lại ngày hẹn trả: an open dossier gets the due moment its life gives under the calendar of now.

    The house itself does it, because of `cause` (the declared day and its decision). A dossier that is finished,
    ended or whose due moment stays the same is not touched. Returns whether it moved; the second time it does not.
    """
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier_id)
    if dossier.status not in CLOCK_RUNS_IN:
        return False
    if dossier.due_at is None:
        return _move_answer(dossier, at, cause)
    old = dossier.due_at
    calendar = calendar_of(dossier.agency_id, on=at.astimezone(VIET_NAM).date())
    new = settled(_due_retold(dossier, old), old, at=at, calendar=calendar)
    if new == old:
        return False
    dossier.due_at = new
    if dossier.step_due_at is not None:
        dossier.step_due_at = moved_along(dossier.step_due_at, old, new, calendar)
    text = f"{dossier.due_working.get('text', '')}; tính lại theo lịch: {cause}"
    dossier.due_working = {**dossier.due_working, "text": text}
    _note(dossier, at, cause, old, new, also=("due_at", "due_working"))
    emit(DueRecomputed(dossier_id=dossier.pk, code=dossier.code, due_before=old, due_at=new), at=at)
    return True


def _due_retold(dossier: Dossier, old: datetime) -> datetime:
    on = old.astimezone(VIET_NAM).date()
    promised = dossier.extension_count or "promised_under" in dossier.due_working
    if dossier.received_at is None or promised or dossier.recalled_results.exists():
        return due_of_decision(old, calendar_of(dossier.agency_id, on=on))
    ended = dossier.suspensions.filter(until__isnull=False).values_list("since", "until")
    due = due_from(dossier, dossier.received_at, [Pause(since, until) for since, until in ended if until])
    dossier.due_working = {**dossier.due_working, **working_of(due)}
    return due.due_at


def _move_answer(dossier: Dossier, at: datetime, cause: str) -> bool:
    """Move the moment until which an online dossier must be answered."""
    old, asked_at = dossier.answer_due_at, dossier.submitted_at
    if old is None or dossier.status != Status.SUBMITTED:
        return False
    on = asked_at.astimezone(VIET_NAM).date()
    new = online_answer_due(asked_at, calendar_of(dossier.desk_id, on=on), clocks_of(dossier.desk_id, on=on))
    new = settled(new, old, at=at, calendar=calendar_of(dossier.desk_id, on=on))
    if new == old:
        return False
    dossier.answer_due_at = dossier.step_due_at = new
    _note(dossier, at, cause, old, new, also=("answer_due_at",))
    return True


def _note(dossier: Dossier, at: datetime, cause: str, old: datetime, new: datetime, *, also: tuple[str, ...]) -> None:
    before, after = old.astimezone(VIET_NAM), new.astimezone(VIET_NAM)
    note = f"{cause}: {before:%H:%M %d/%m/%Y} → {after:%H:%M %d/%m/%Y}"
    moment = max(at, dossier.last_act_at)
    advance(dossier, actor=SYSTEM, act="recompute", at=moment, note=note, also=also)
    data = {"code": dossier.code, "cause": cause, "before": old.isoformat(), "after": new.isoformat()}
    record(SYSTEM, "dossier.due_recomputed", dossier, at=moment, data=data)
