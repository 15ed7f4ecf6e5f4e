"""Bắt đầu bước: what the process itself does when a dossier comes to a step."""

from datetime import datetime

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import VIET_NAM, Term, TermUnit
from motcua.dossiers.access.process_facts import process_facts
from motcua.dossiers.actions.asking import Question, ask
from motcua.dossiers.actions.clock import demand_due, end_suspension
from motcua.dossiers.actions.stepping import named_unit, note_move
from motcua.dossiers.events_clock import DossierResumed, DossierSuspended
from motcua.dossiers.models import Dossier, OutsideStep, Suspension
from motcua.dossiers.queries.pausing import pause_rule_of, rule_for
from motcua.dossiers.rules.causes import pause_limit
from motcua.dossiers.terms import SuspensionKind
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit, record
from motcua.procedures.rules.selection import last_step
from motcua.processes.rules.moves import consults_due
from motcua.processes.terms import ConsultSpec, Step

_KIND = SuspensionKind.PROCESS


def let_clock_run(dossier: Dossier, step: Step, at: datetime) -> bool:
    """Tính tiếp thời hạn: end the pause of the process before a step that lets the clock run, or before the hand-out.

    Changes the due moments in memory only, before the step's own term begins; False when no such pause is open.
    """
    if not _may_have_stopped(dossier):
        return False
    if step.clock != "run" and step.key != last_step(dossier.definition).key:
        return False
    if not dossier.suspensions.filter(until__isnull=True, kind=_KIND).exists():
        return False
    end_suspension(dossier, at)
    return True


def begin_step(dossier: Dossier, step: Step, at: datetime, *, resumed: bool) -> None:
    """Bắt đầu bước: note that the clock runs on or stands still, let the other agency in, ask for opinions.

    No query for a step that says nothing of these.
    """
    if resumed:
        _note_resumed(dossier, step, at)
    if step.clock == "stop":
        _stop_clock(dossier, step, at)
    if step.at == "unit":
        OutsideStep.objects.get_or_create(dossier=dossier, unit_id=dossier.unit_id, defaults={"since": at})
    if step.consults:
        _ask_for_opinions(dossier, step, at)


def _may_have_stopped(dossier: Dossier) -> bool:
    return any(step.clock == "stop" for step in dossier.definition.steps)


def _note_resumed(dossier: Dossier, step: Step, at: datetime) -> None:
    note_move(dossier, actor=SYSTEM, act="process_resume", at=at, note=f"Đến bước «{step.name}».")
    due_at = demand_due(dossier)
    event = DossierResumed(dossier_id=dossier.pk, code=dossier.code, kind=_KIND, due_at=due_at, unit_id=dossier.unit_id)
    emit(event, at=at)
    data = {"code": dossier.code, "kind": _KIND.value, "note": step.name, "due_at": due_at.isoformat()}
    record(SYSTEM, "dossier.resumed", dossier, at=at, data=data)


def _stop_clock(dossier: Dossier, step: Step, at: datetime) -> None:
    """Let the clock stand still, as suspending by hand does: a rule kept as data may forbid or limit it.

    The published process is what it rests on: without a rule it stops. A clock that stands already stays as it is.
    """
    rule = pause_rule_of(rule_for(_KIND, dossier.procedure_id, at.astimezone(VIET_NAM).date()))
    if (rule is not None and not rule.stops_clock) or dossier.suspensions.filter(until__isnull=True).exists():
        return
    reason = f"Quy trình dừng tính thời hạn ở bước «{step.name}»."
    basis = f"Quy trình giải quyết thủ tục {dossier.definition.code}"
    limit = pause_limit(at, rule)
    Suspension.objects.create(dossier=dossier, kind=_KIND, reason=reason, basis=basis, since=at, at_most_until=limit)
    note_move(dossier, actor=SYSTEM, act="process_suspend", at=at, note=f"{reason} Căn cứ: {basis}.")
    emit(DossierSuspended(dossier_id=dossier.pk, code=dossier.code, kind=_KIND, reason=reason, basis=basis), at=at)
    data = {"code": dossier.code, "kind": _KIND.value, "reason": reason, "basis": basis}
    record(SYSTEM, "dossier.suspended", dossier, at=at, data=data)


def _ask_for_opinions(dossier: Dossier, step: Step, at: datetime) -> None:
    """Lấy ý kiến song song: ask whoever the step names; once answered or still open, nobody is asked again."""
    due = consults_due(step, process_facts(dossier, at))
    asked = set(dossier.consultations.filter(cancelled_at__isnull=True).values_list("origin", flat=True))
    new = [consult for consult in due if _origin(step, consult) not in asked]
    questions, missing = [], []
    for consult in new:
        question = _question(dossier, step, consult, at)
        (missing.append(consult.unit) if question is None else questions.append(question))
    if questions:
        ask(dossier, SYSTEM, questions, act="process_consult", at=at)
    if missing:
        _note_missing(dossier, missing, at)


def _question(dossier: Dossier, step: Step, consult: ConsultSpec, at: datetime) -> Question | None:
    """Return the question with its due moment; None when there is nobody to ask, or the dossier is there itself."""
    on = at.astimezone(VIET_NAM).date()
    unit = named_unit(consult.unit, dossier.agency_id, on)
    if unit is None or unit.id == dossier.unit_id:
        return None
    due_at = None
    if consult.term is not None:
        term = Term(consult.term.amount, TermUnit(consult.term.unit))
        due_at = compute_due(at, term, calendar_of(unit.id, on=on)).due_at
    return Question(unit.id, consult.question, due_at, _origin(step, consult), consult.required)


def _origin(step: Step, consult: ConsultSpec) -> str:
    return f"{step.key}/{consult.key}"


def _note_missing(dossier: Dossier, units: list[str], at: datetime) -> None:
    """Say in timeline and journal whom the process could not ask: no unit of that name works in the province now."""
    note = f"Không hỏi được: {'; '.join(units)}. Hãy lấy ý kiến nơi khác nếu cần."
    note_move(dossier, actor=SYSTEM, act="process_consult", at=at, note=note)
    record(SYSTEM, "dossier.opinion_not_asked", dossier, at=at, data={"code": dossier.code, "units": units})
