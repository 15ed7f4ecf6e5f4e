"""Tính thời hạn giải quyết, ngày hẹn trả: when a term ends (§4 of the domain facts).

The day of receipt is not counted (Bộ luật Dân sự 2015, Điều 147); a term in days keeps the clock time of its
start; hours walk through the shifts; whatever falls outside working time moves on to the next opening.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from motcua.deadlines.rules.calendar import (
    ONE_DAY,
    Calendar,
    add_working,
    align,
    at,
    day_end,
    local,
    next_working_day,
    spent,
    working_time_between,
)
from motcua.deadlines.rules.explain import Account, explain, off_spans, uncertainties
from motcua.deadlines.rules.limits import demand, moment_problems, pause_problems, term_problems
from motcua.deadlines.terms import Due, Pause, Term, TermUnit


@dataclass(frozen=True, slots=True)
class _Question:
    starts_at: datetime
    amount: int
    calendar: Calendar
    skip_holidays: bool


def compute_due(
    received_at: datetime,
    term: Term,
    calendar: Calendar,
    pauses: Sequence[Pause] = (),
    *,
    skip_holidays: bool = False,
) -> Due:
    """Return when a term that starts with the receipt ends, and why.

    `received_at` is aware. `skip_holidays` (calendar days only): declared days off are not counted. Each pause
    moves the end by the working time inside it. Raises Invalid (term, moments) or RuleBroken (no working time).
    """
    demand(term_problems(term) + moment_problems(received_at, field="received_at") + pause_problems(pauses))
    received = local(received_at)
    starts_at = align(received, calendar)
    account = _BY_UNIT[term.unit](_Question(starts_at, term.amount, calendar, skip_holidays))
    paused = paused_time(pauses, calendar, since=received)
    due_at = add_working(account.due_at, paused, calendar) if paused else account.due_at
    account = replace(account, received_at=received, due_at=due_at, paused=paused)
    off = off_spans(received.date(), due_at.date(), calendar)
    return Due(
        due_at=due_at,
        starts_at=starts_at,
        working=account.days if term.unit != TermUnit.DAY else (),
        off=off,
        text=explain(term, account, off, calendar),
        notes=uncertainties(received.date(), due_at.date(), off, calendar),
    )


def _in_working_days(question: _Question) -> Account:
    days: list[date] = []
    day = question.starts_at.date()
    for _ in range(question.amount):
        day = next_working_day(day, question.calendar)
        days.append(day)
    due_at = align(at(day, question.starts_at.time()), question.calendar)
    return Account(question.starts_at, due_at, tuple(days))


def _in_days(question: _Question) -> Account:
    days: list[date] = []
    day = question.starts_at.date()
    while len(days) < question.amount:
        day += ONE_DAY
        if not (question.skip_holidays and question.calendar.is_holiday(day)):
            days.append(day)
    due_at = align(at(day, question.starts_at.time()), question.calendar)
    return Account(question.starts_at, due_at, tuple(days))


def _in_working_hours(question: _Question) -> Account:
    walked = tuple(spent(question.starts_at, timedelta(hours=question.amount), question.calendar))
    days = tuple(dict.fromkeys(begins.date() for begins, _ in walked))
    return Account(question.starts_at, walked[-1][1], days, walked)


def _in_the_same_day(question: _Question) -> Account:
    day = question.starts_at.date()
    if question.starts_at.time() > question.calendar.same_day_cutoff:
        day = next_working_day(day, question.calendar)
    return Account(question.starts_at, day_end(day, question.calendar), (day,))


_BY_UNIT: dict[TermUnit, Callable[[_Question], Account]] = {
    TermUnit.WORKING_DAY: _in_working_days,
    TermUnit.DAY: _in_days,
    TermUnit.WORKING_HOUR: _in_working_hours,
    TermUnit.SAME_DAY: _in_the_same_day,
}


def paused_time(pauses: Iterable[Pause], calendar: Calendar, *, since: datetime) -> timedelta:
    """Working time inside the pauses after `since`; what two pauses share counts once."""
    total, reached = timedelta(0), since
    for pause in sorted(pauses, key=lambda pause: pause.paused_at):
        total += working_time_between(max(pause.paused_at, reached), pause.resumed_at, calendar)
        reached = max(reached, pause.resumed_at)
    return total


def extend_for_pause(due_at: datetime, paused_at: datetime, resumed_at: datetime, calendar: Calendar) -> datetime:
    """Return the due moment moved by the working time of one pause (bổ sung hồ sơ, nghĩa vụ tài chính …).

    A dossier that was overdue when it paused is as overdue when it resumes. Raises Invalid.
    """
    pause = Pause(paused_at, resumed_at)
    demand(moment_problems(due_at, field="due_at") + pause_problems([pause]))
    return add_working(due_at, working_time_between(paused_at, resumed_at, calendar), calendar)
