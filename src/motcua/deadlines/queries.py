"""Reading calendars and clocks."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from motcua.agencies import queries as agencies
from motcua.agencies.terms import DEFAULT_WEEK, Shifts, Week
from motcua.deadlines.calendars import Path, Picture, picture
from motcua.deadlines.models import CalendarException
from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.rules.clocks import clocks_from
from motcua.deadlines.terms import VIET_NAM, ClockKey, Clocks, DayException

#: Saturday and Sunday: a desk may be open, but only a decision makes them working days (§4.1).
_WEEKEND = frozenset({5, 6})


def calendar_of(unit_id: int | None = None, *, on: date | None = None) -> Calendar:
    """The calendar of the unit: its hours of every day, its clocks as they are on `on` (today); None: the national one.

    A day declared for the unit goes before one declared for a unit above it, and that before the national one.
    Raises NotFound. Units that work alike share one calendar; it is never changed.
    """
    day = on or timezone.localdate(timezone=VIET_NAM)
    path = _path(unit_id)
    known = picture()
    clocks = _clocks(known, path, day)
    weeks = ((date.min, DEFAULT_WEEK),) if unit_id is None else agencies.weeks_of(unit_id)
    hours = tuple((since, _working_days(week)) for since, week in weeks)
    path = tuple(step for step in path if step is None or step in known.days)
    key = (path, hours, clocks.same_day_cutoff)
    found = known.calendars.get(key)
    if found is None:
        (_ever, shifts), *changes = ((since, dict(days)) for since, days in hours)
        found = known.calendars[key] = Calendar(
            shifts=shifts,
            exceptions=_days(known, path),
            same_day_cutoff=clocks.same_day_cutoff,
            covered=known.covered,
            changes=tuple(changes),
        )
    return found


def _working_days(week: Week) -> tuple[tuple[int, Shifts], ...]:
    return tuple((weekday, shifts) for weekday, shifts in sorted(week.items()) if weekday not in _WEEKEND)


def clocks_of(unit_id: int | None = None, *, on: date | None = None) -> Clocks:
    """The clocks that hold for the unit (None: everywhere) on `on` (today); raises NotFound."""
    return _clocks(picture(), _path(unit_id), on or timezone.localdate(timezone=VIET_NAM))


def exceptions_of(unit_id: int | None, *, year: int) -> QuerySet[CalendarException]:
    """Every declared day of a year, applied or not, that concerns the unit: its own, of units above, national."""
    ids = [step for step in _path(unit_id) if step is not None]
    rows = CalendarException.objects.filter(date__year=year).select_related("unit").order_by("date", "unit_id")
    return rows.filter(unit_id__in=ids) | rows.filter(unit__isnull=True)


def _path(unit_id: int | None) -> Path:
    """From the country (None) down to the unit."""
    return (None,) if unit_id is None else (None, *agencies.unit(unit_id).path)


def _days(known: Picture, path: Path) -> Mapping[date, DayException]:
    merged: dict[date, DayException] = {}
    for step in path:
        merged.update(known.days.get(step, {}))
    return merged


def _clocks(known: Picture, path: Path, on: date) -> Clocks:
    values: dict[ClockKey, str] = {}
    for step in path:
        values.update({row.key: row.value for row in known.clocks.get(step, ()) if row.holds_on(on)})
    return clocks_from(values)
