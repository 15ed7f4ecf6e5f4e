"""Tính hẹn trả: the statutory clock of a dossier, with its working."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from motcua.deadlines.queries import calendar_of, clocks_of
from motcua.deadlines.rules.calendar import add_working, working_time_between
from motcua.deadlines.rules.clocks import online_answer_due
from motcua.deadlines.rules.due import compute_due, extend_for_pause
from motcua.deadlines.rules.explain import hours_text
from motcua.deadlines.terms import VIET_NAM, Due, Pause, Term, TermUnit
from motcua.dossiers.models import Dossier, Suspension
from motcua.dossiers.rules.bulk import Bulk, bulk_problems, is_large, longer_term
from motcua.dossiers.rules.causes import pause_words
from motcua.dossiers.rules.history import moved_along
from motcua.dossiers.terms import SuspensionKind
from motcua.kernel.errors import Invalid
from motcua.procedures.rules.selection import case_of, term_for


def start_clock(dossier: Dossier, at: datetime) -> None:
    """Set the due moment of a dossier received at `at`, by the term of its case and channel, and its working."""
    due = due_from(dossier, at)
    dossier.due_at = dossier.original_due_at = due.due_at
    dossier.due_working = {**dossier.due_working, **working_of(due)}


def due_from(dossier: Dossier, at: datetime, pauses: Sequence[Pause] = ()) -> Due:
    """Return when a dossier received at `at` whose clock stood still in the pauses is due, by the calendar of now."""
    spec = term_for(dossier.definition, dossier.case_key, dossier.channel)
    bulk, why = dossier.due_working.get("bulk"), ""
    if bulk:
        spec, why = longer_term(case_of(dossier.definition, dossier.case_key), spec, Bulk.from_json(bulk))
    on = at.astimezone(VIET_NAM).date()
    due = compute_due(at, Term(spec.amount, TermUnit(spec.unit)), calendar_of(dossier.agency_id, on=on), pauses)
    return replace(due, text=f"{why}; {due.text}") if why else due


def keep_bulk(dossier: Dossier, bulk: Bulk) -> None:
    """Keep how much there is to do with the working, when the case knows large sets; raises Invalid."""
    case = case_of(dossier.definition, dossier.case_key)
    if problems := bulk_problems(case, bulk):
        raise Invalid(problems)
    if is_large(case, bulk):
        dossier.due_working = {**dossier.due_working, "bulk": bulk.as_json()}


def resume_clock(
    dossier: Dossier,
    due_at: datetime,
    paused_at: datetime,
    resumed_at: datetime,
    kind: SuspensionKind | str = SuspensionKind.SUPPLEMENT,
) -> None:
    """Move the due moments of dossier and step by the working time it stood still, and say so in the working."""
    on = resumed_at.astimezone(VIET_NAM).date()
    calendar = calendar_of(dossier.agency_id, on=on)
    paused = working_time_between(paused_at, resumed_at, calendar)
    dossier.due_at = add_working(due_at, paused, calendar)
    if dossier.step_due_at is not None:
        step_calendar = calendar_of(dossier.unit_id, on=on)
        dossier.step_due_at = extend_for_pause(dossier.step_due_at, paused_at, resumed_at, step_calendar)
    since, until = paused_at.astimezone(VIET_NAM), resumed_at.astimezone(VIET_NAM)
    pause = f"tạm dừng {pause_words(kind)} {since:%H:%M %d/%m} – {until:%H:%M %d/%m} ({hours_text(paused)} làm việc)"
    say_in_working(dossier, pause)


def end_suspension(dossier: Dossier, at: datetime) -> str:
    """Let the clock that stands still run on from `at`; a pause that may not last so long ends when it had to.

    Returns the kind of the pause.
    """
    pause: Suspension = dossier.suspensions.get(until__isnull=True)
    pause.until = at if pause.at_most_until is None else min(at, pause.at_most_until)
    pause.save(update_fields=["until"])
    resume_clock(dossier, demand_due(dossier), pause.since, pause.until, pause.kind)
    return pause.kind


def demand_due(dossier: Dossier) -> datetime:
    """Return the due moment of a dossier that was received; every such dossier has one."""
    if dossier.due_at is None:
        raise ValueError(f"dossier {dossier.pk} has no due moment")
    return dossier.due_at


def move_due(dossier: Dossier, due_at: datetime, said: str) -> None:
    """Set a due moment that a leader named, the step's along with it, and say so in the working."""
    if dossier.due_at is not None and dossier.step_due_at is not None:
        calendar = calendar_of(dossier.agency_id, on=due_at.astimezone(VIET_NAM).date())
        dossier.step_due_at = moved_along(dossier.step_due_at, dossier.due_at, due_at, calendar)
    dossier.due_at = due_at
    say_in_working(dossier, said)


def say_in_working(dossier: Dossier, said: str) -> None:
    """Add a sentence to how the due moment came to be."""
    before = dossier.due_working.get("text", "")
    dossier.due_working = {**dossier.due_working, "text": "; ".join(filter(None, [before, said]))}


def answer_due_at(desk_id: int, at: datetime) -> datetime:
    """Return until when an online dossier must be answered (8 working hours by default)."""
    on = at.astimezone(VIET_NAM).date()
    return online_answer_due(at, calendar_of(desk_id, on=on), clocks_of(desk_id, on=on))


def working_of(due: Due) -> dict[str, object]:
    """Return the working of a due moment as plain JSON."""
    return {
        "text": due.text,
        "starts_at": due.starts_at.isoformat(),
        "days": [day.isoformat() for day in due.working],
        "notes": list(due.notes),
    }
