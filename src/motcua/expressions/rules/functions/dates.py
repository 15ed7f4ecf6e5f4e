"""Functions over days.

Spans are whole and counted by the calendar: a year is full on its day, one begun on 29/02 on 01/03.
A year or month added ends with the day of the same number (Bộ luật Dân sự 2015, Điều 148); where
the month has no such day, with its last one.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from motcua.expressions.rules.functions.signature import Function
from motcua.expressions.rules.values import day, whole
from motcua.expressions.terms import Value

_VIETNAMESE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_MONTHS = 12
_MOST_DAYS = 4_000_000
_DATE_PARTS = 3


def read_date(text: str) -> date | None:
    """Return the day a text writes: 13/02/2026, 13-2-2026, 13.2.2026 or 2026-02-13; None if there is no such day."""
    bare = text.strip()
    if found := _VIETNAMESE.fullmatch(bare):
        return _day_of(int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.fullmatch(bare):
        return _day_of(int(found[1]), int(found[2]), int(found[3]))
    return None


def _day_of(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _date(values: Sequence[Value]) -> Value:
    if len(values) == _DATE_PARTS:
        year, month, number = (whole(value, _MOST_DAYS) for value in values)
        return None if year is None or month is None or number is None else _day_of(year, month, number)
    value = values[0] if len(values) == 1 else None
    return read_date(value) if isinstance(value, str) else day(value)


def months_between(first: date, last: date) -> int:
    """Full months from one day to another; negative when the second is earlier."""
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * _MONTHS + last.month - first.month
    return months - 1 if last.day < first.day else months


def _span(measure: Callable[[date, date], int | None]) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        first, last = (day(value) for value in values)
        found = measure(first, last) if first and last else None
        return None if found is None else Decimal(found)

    return run


def _years(first: date, last: date) -> int:
    return int(months_between(first, last) / _MONTHS)


def _age(born: date, on: date) -> int | None:
    return _years(born, on) if born <= on else None


def _part(name: str) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        found = day(values[0])
        return Decimal(getattr(found, name)) if found else None

    return run


def _add_days(values: Sequence[Value]) -> Value:
    first, count = day(values[0]), whole(values[1], _MOST_DAYS)
    if first is None or count is None:
        return None
    try:
        return first + timedelta(days=count)
    except OverflowError:
        return None


def _add(months: int) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        first, count = day(values[0]), whole(values[1], _MOST_DAYS)
        if first is None or count is None:
            return None
        year, month = divmod(first.year * _MONTHS + first.month - 1 + count * months, _MONTHS)
        if not date.min.year <= year <= date.max.year:
            return None
        return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))

    return run


DATE_FUNCTIONS: Mapping[str, Function] = {
    "age": Function(_span(_age), ("date", "date"), "number"),
    "days": Function(_span(lambda first, last: (last - first).days), ("date", "date"), "number"),
    "months": Function(_span(months_between), ("date", "date"), "number"),
    "years": Function(_span(_years), ("date", "date"), "number"),
    "date": Function(_date, ("any", "number", "number"), "date", counts=(1, 3)),
    "year": Function(_part("year"), ("date",), "number"),
    "month": Function(_part("month"), ("date",), "number"),
    "day": Function(_part("day"), ("date",), "number"),
    "add_days": Function(_add_days, ("date", "number"), "date"),
    "add_months": Function(_add(1), ("date", "number"), "date"),
    "add_years": Function(_add(_MONTHS), ("date", "number"), "date"),
}
