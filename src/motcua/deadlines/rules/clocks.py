"""Clocks of the one-stop rules (§1.5 of the domain facts): hand-over, first answer to an online dossier, apology."""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from motcua.deadlines.rules.calendar import (
    Calendar,
    add_working,
    align,
    at,
    day_end,
    local,
    next_working_day,
    stretches,
)
from motcua.deadlines.rules.limits import demand, moment_problems
from motcua.deadlines.terms import ClockKey, Clocks
from motcua.kernel.errors import Problem

_MOST_HOURS: Final = 240


def hand_over_due(received_at: datetime, calendar: Calendar, clocks: Clocks) -> datetime:
    """Hạn chuyển hồ sơ cho cơ quan giải quyết: the end of the working day of the receipt.

    Received after the cut-off: the end of the first shift of the next working day.
    """
    demand(moment_problems(received_at, field="received_at"))
    starts_at = align(received_at, calendar)
    if starts_at.time() <= clocks.hand_over_cutoff:
        return day_end(starts_at.date(), calendar)
    day = next_working_day(starts_at.date(), calendar)
    return next(closes for _, closes in stretches(day, calendar))


def online_answer_due(submitted_at: datetime, calendar: Calendar, clocks: Clocks) -> datetime:
    """Hạn trả lời hồ sơ trực tuyến: so many working hours after the system received it."""
    demand(moment_problems(submitted_at, field="submitted_at"))
    return add_working(submitted_at, timedelta(hours=clocks.online_answer_hours), calendar)


def apology_due(due_at: datetime, clocks: Clocks) -> datetime:
    """The last moment to apologise and ask for a new date: the end of the day so many days before the due date."""
    demand(moment_problems(due_at, field="due_at"))
    return at(local(due_at).date() - timedelta(days=clocks.apology_lead_days), time(23, 59, 59))


def clock_problems(key: ClockKey, value: str, *, field: str = "value") -> list[Problem]:
    """Problems of the written value of a clock: "15:00" for a time of day, a positive whole number otherwise."""
    try:
        _READERS[key](value)
    except ValueError:
        return [Problem("clock_value", _SHAPES[_READERS[key]].format(label=key.label, value=value), field)]
    return []


def clocks_from(values: Mapping[ClockKey, str]) -> Clocks:
    """The clocks of the written values; what is not given keeps its default. Raises Invalid."""
    demand([problem for key, value in values.items() for problem in clock_problems(key, value)])
    return Clocks(**{key.value: _READERS[key](value) for key, value in values.items()})  # type: ignore[arg-type]


def _read_time(value: str) -> time:
    return datetime.strptime(value, "%H:%M").time()  # noqa: DTZ007 (a time of day has no zone)


def _read_count(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value[:9]) <= _MOST_HOURS):
        raise ValueError(value)
    return int(value)


_READERS: Final[Mapping[ClockKey, Callable[[str], time | int]]] = {
    ClockKey.SAME_DAY_CUTOFF: _read_time,
    ClockKey.HAND_OVER_CUTOFF: _read_time,
    ClockKey.ONLINE_ANSWER_HOURS: _read_count,
    ClockKey.APOLOGY_LEAD_DAYS: _read_count,
    ClockKey.DUE_SOON_HOURS: _read_count,
}
_SHAPES: Final[Mapping[Callable[[str], time | int], str]] = {
    _read_time: "{label}: “{value}” không phải giờ trong ngày; hãy ghi như 15:00.",
    _read_count: "{label}: “{value}” không phải số nguyên từ 1 đến " + f"{_MOST_HOURS}.",
}
