"""What every process remembers of days and clocks, and how it notices that they changed.

A picture is filed under the token of `CalendarRevision`, which triggers of the database renew on every write.
A thread asks for the token at most once a second, at the start of each request, and after its own writes
(`forget`). One taken inside an unfinished transaction has a token that no other transaction can see.
"""

import threading
import time as clock
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from django.core.signals import request_started

from motcua.deadlines.models import CalendarException, CalendarRevision, ClockSetting
from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.terms import ClockKey, DayException, DayKind, Half, Shifts
from motcua.kernel.asking import Question

_CHECK_SECONDS = 1.0
_KEPT = 3

Path = tuple[int | None, ...]
CalendarKey = tuple[Path, tuple[tuple[date, tuple[tuple[int, Shifts], ...]], ...], time]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One value of a clock and when it holds."""

    key: ClockKey
    value: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, on: date) -> bool:
        """Whether the value holds on that day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True)
class Picture:
    """All days that apply and all clocks, by unit id (None: the whole country), and the calendars made of them."""

    days: Mapping[int | None, Mapping[date, DayException]]
    clocks: Mapping[int | None, tuple[ClockRow, ...]]
    covered: tuple[int, int] | None
    calendars: dict[CalendarKey, Calendar] = field(default_factory=dict)


class _Seen(threading.local):
    token: UUID | None = None
    checked_at: float = float("-inf")


_seen = _Seen()
_pictures: dict[UUID, Picture] = {}


def picture() -> Picture:
    """The picture that holds now."""
    moment = clock.monotonic()
    if _seen.token is None or moment - _seen.checked_at > _CHECK_SECONDS:
        ((_seen.token,),) = _TOKEN()
        _seen.checked_at = moment
    found = _pictures.get(_seen.token)
    if found is None:
        found = _pictures[_seen.token] = _load()
        for token in list(_pictures)[:-_KEPT]:
            _pictures.pop(token, None)
    return found


_TOKEN = Question(lambda: CalendarRevision.objects.values_list("token"))


def forget(**_signal: object) -> None:
    """Ask for the token at the next look; called by every action of the room and at the start of a request."""
    _seen.token = None


request_started.connect(forget, dispatch_uid="deadlines.calendars")


def _load() -> Picture:
    days: dict[int | None, dict[date, DayException]] = defaultdict(dict)
    for row in CalendarException.objects.filter(applies=True).order_by("date"):
        days[row.unit_id][row.date] = DayException(
            DayKind(row.kind), Half(row.half), row.name, row.decision_no, row.decided
        )
    clocks: dict[int | None, tuple[ClockRow, ...]] = defaultdict(tuple)
    for setting in ClockSetting.objects.order_by("valid_from"):
        row_of = ClockRow(ClockKey(setting.key), setting.value, setting.valid_from, setting.valid_to)
        clocks[setting.unit_id] = (*clocks[setting.unit_id], row_of)
    years = [day.year for day in days.get(None, {})]
    return Picture(dict(days), dict(clocks), (min(years), max(years)) if years else None)
