"""Giải quyết lại hồ sơ."""

from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance, unit_of_step
from motcua.dossiers.actions.recall import keep_result
from motcua.dossiers.actions.send_back import last_worker
from motcua.dossiers.actions.stepping import drop_rows
from motcua.dossiers.events_clock import DossierReopened
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.rules.causes import decision_problems, working_problems
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.procedures.terms import Definition
from motcua.processes.terms import Step

_ONE_DAY = timedelta(days=1)
#: No decision gives longer than this to solve a dossier anew.
_LONGEST = timedelta(days=400)


@transaction.atomic
def reopen_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    decision_number: str,
    decided_on: date | None,
    reason: str,
    to_step: str,
    due_at: datetime,
    revision: int | None = None,
) -> Dossier:
    """Giải quyết lại: by a decision of the agency's leader the dossier goes back to a handling step, due anew.

    The old result is kept among the recalled ones and gives its place to a new one. Raises Invalid when the decision
    is not named, the step is none where dossiers are handled, or nobody works at the new due moment.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REOPEN, at=at, revision=revision)
    decision_number, reason = clean(decision_number), clean(reason, keep_lines=True)
    step, calendar = handling_step(dossier.definition, to_step), calendar_of(dossier.agency_id, on=_day(due_at))
    problems = decision_problems(decision_number, decided_on, reason, today=_day(at))
    problems += _step_problems(step) + _due_problems(due_at, at, calendar)
    if problems or step is None or decided_on is None:
        raise Invalid(problems)
    named = f"quyết định số {decision_number} ngày {decided_on:%d/%m/%Y}"
    _set_result_aside(dossier, actor, at, decision_number, decided_on, reason)
    dossier.finished_at, dossier.is_negative = None, False
    dossier.due_at, dossier.due_working = due_at, _working(at, due_at, named, calendar)
    holder_id = last_worker(dossier, step.key, unit_of_step(dossier, step))
    also = ("finished_at", "is_negative", "due_at", "due_working")
    note = f"Theo {named}. {reason}"
    status = Status.PROCESSING
    advance(
        dossier, actor=actor, act=Act.REOPEN, at=at, status=status, step=step, holder_id=holder_id, note=note, also=also
    )
    event = DossierReopened(
        dossier_id=dossier.pk,
        code=dossier.code,
        decision_number=decision_number,
        decided_on=decided_on,
        reason=reason,
        due_at=due_at,
        unit_id=dossier.unit_id,
    )
    emit(event, at=at)
    data = {"code": dossier.code, "decision_no": decision_number, "on": decided_on.isoformat(), "reason": reason}
    record(actor, "dossier.reopened", dossier, at=at, data={**data, "due_at": due_at.isoformat()})
    return dossier


def handling_step(definition: Definition, key: str) -> Step | None:
    """Return the step of that key when dossiers are handled there, else None."""
    return next((step for step in definition.steps if step.key == key and step.right == "handle"), None)


def _set_result_aside(
    dossier: Dossier, actor: Actor, at: datetime, decision_number: str, decided_on: date, reason: str
) -> None:
    last = dossier.moves.filter(act__in=[Act.RECALL, Act.APPROVE, Act.REJECT]).latest("number")
    if last.act == Act.RECALL:
        kept = dossier.recalled_results.latest("recalled_at", "id")
    else:
        kept = keep_result(dossier, actor, at, decision_number=decision_number, decided_on=decided_on, reason=reason)
    kept.reopened_at = at
    kept.save(update_fields=["reopened_at"])
    drop_rows(dossier, Result)
    dossier._state.fields_cache.pop("result", None)


def _step_problems(step: Step | None) -> list[Problem]:
    if step is not None:
        return []
    return [Problem("not_a_handling_step", "Hãy chọn bước thụ lý mà hồ sơ trở lại.", "to_step")]


def _due_problems(due_at: datetime, at: datetime, calendar: Calendar) -> list[Problem]:
    if not at < due_at <= at + _LONGEST:
        return [Problem("not_later", "Hẹn trả mới phải ở tương lai, nhiều nhất 400 ngày.", "due_at")]
    return working_problems(due_at, calendar, field="due_at")


def _working(at: datetime, due_at: datetime, named: str, calendar: Calendar) -> dict[str, object]:
    first, last = _day(at), _day(due_at)
    days = [first + _ONE_DAY * number for number in range(1, (last - first).days + 1)]
    when = f"{due_at.astimezone(VIET_NAM):%H:%M %d/%m/%Y}"
    return {
        "text": f"giải quyết lại theo {named}, hẹn trả {when}",
        "starts_at": at.isoformat(),
        "days": [day.isoformat() for day in days if calendar.works_on(day)],
        "notes": [],
    }


def _day(at: datetime) -> date:
    return at.astimezone(VIET_NAM).date()
