"""When an agency works: weekly shifts, days off, made-up days, half days. Pure values.

A shift holds both its ends: at 17:00 sharp the desk is still open, a second later it is closed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from motcua.deadlines.terms import VIET_NAM, DayException, DayKind, Half, Shift, Shifts
from motcua.kernel.errors import Problem, RuleBroken

NOON = time(12, 0)
ONE_DAY = timedelta(days=1)
#: No calendar rests longer than this; searching further would only hide that it never works.
LONGEST_REST_DAYS = 400

OFFICE_DAY: Shifts = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))
#: Monday to Friday, 8 working hours a day.
OFFICE_WEEK: Mapping[int, Shifts] = MappingProxyType(dict.fromkeys(range(5), OFFICE_DAY))


@dataclass(frozen=True)
class Calendar:
    """Weekly `shifts` (weekday 0 = Monday → shifts in order) and the days that differ from them.

    `changes`: from which day on the week is another (winter hours, say), in order; `shifts` holds before the first.
    A day declared WORK has the shifts of its weekday, or, where that weekday rests, those of the first weekday
    that works. `covered`: first and last year for which the days off are known (None: not said).
    """

    shifts: Mapping[int, Shifts] = field(default_factory=lambda: OFFICE_WEEK)
    exceptions: Mapping[date, DayException] = field(default_factory=dict)
    same_day_cutoff: time = time(15, 0)
    covered: tuple[int, int] | None = None
    changes: tuple[tuple[date, Mapping[int, Shifts]], ...] = ()
    _weeks: tuple[tuple[date, tuple[Shifts, ...]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        newest_first = reversed(((date.min, self.shifts), *self.changes))
        weeks = tuple((since, tuple(_tidy(week.get(day, ())) for day in range(7))) for since, week in newest_first)
        object.__setattr__(self, "_weeks", weeks)

    def shifts_on(self, day: date) -> Shifts:
        """The shifts of the day, in order; empty when it is not a working day."""
        week = next(week for since, week in self._weeks if since <= day)
        usual = week[day.weekday()]
        exception = self.exceptions.get(day)
        if exception is None:
            return usual
        if exception.kind == DayKind.OFF:
            return _cut(usual, _OTHER_HALF[exception.half])
        pattern = usual or next(filter(None, week), ())
        return _cut(pattern, exception.half)

    def works_on(self, day: date) -> bool:
        """Whether there is any working time on the day."""
        return bool(self.shifts_on(day))

    def is_holiday(self, day: date) -> bool:
        """Whether the whole day is declared off (a plain weekend is not a holiday)."""
        exception = self.exceptions.get(day)
        return exception is not None and exception.kind == DayKind.OFF and exception.half == Half.ALL


_OTHER_HALF: Mapping[Half, Half | None] = {Half.ALL: None, Half.AM: Half.PM, Half.PM: Half.AM}


def _tidy(shifts: Shifts) -> Shifts:
    """The shifts in order, without empty ones; shifts that overlap become one."""
    tidy: list[Shift] = []
    for opens, closes in sorted(shift for shift in shifts if shift[0] < shift[1]):
        if tidy and opens < tidy[-1][1]:
            tidy[-1] = (tidy[-1][0], max(closes, tidy[-1][1]))
        else:
            tidy.append((opens, closes))
    return tuple(tidy)


def _cut(shifts: Shifts, half: Half | None) -> Shifts:
    """The part of the shifts that lies in the half of the day; None: nothing."""
    if half is None:
        return ()
    if half == Half.ALL:
        return shifts
    if half == Half.AM:
        return tuple((opens, min(closes, NOON)) for opens, closes in shifts if opens < NOON)
    return tuple((max(opens, NOON), closes) for opens, closes in shifts if closes > NOON)


def at(day: date, clock: time) -> datetime:
    """The moment of the clock time on the day, in Vietnam."""
    return datetime.combine(day, clock, VIET_NAM)


def local(moment: datetime) -> datetime:
    """The aware moment on Vietnam's clock."""
    return moment.astimezone(VIET_NAM)


def next_working_day(after: date, calendar: Calendar) -> date:
    """The first working day after `after`; RuleBroken when the calendar does not work for more than a year."""
    day = after
    for _ in range(LONGEST_REST_DAYS):
        day += ONE_DAY
        if calendar.works_on(day):
            return day
    raise RuleBroken(
        Problem(
            "calendar_never_works",
            f"Không có giờ làm việc nào trong {LONGEST_REST_DAYS} ngày sau {after:%d/%m/%Y}; "
            "hãy khai báo giờ làm việc của cơ quan rồi tính lại.",
            "agency",
        )
    )


def stretches(day: date, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The shifts of the day as moments, in order."""
    for opens, closes in calendar.shifts_on(day):
        yield at(day, opens), at(day, closes)


def align(moment: datetime, calendar: Calendar) -> datetime:
    """The first working moment that is not before `moment`: itself inside a shift, else the next opening."""
    moment = local(moment)
    for opens, closes in stretches(moment.date(), calendar):
        if moment <= closes:
            return max(moment, opens)
    day = next_working_day(moment.date(), calendar)
    return at(day, calendar.shifts_on(day)[0][0])


def day_end(day: date, calendar: Calendar) -> datetime:
    """When the last shift of a working day closes."""
    return at(day, calendar.shifts_on(day)[-1][1])


def spent(starts_at: datetime, length: timedelta, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The working stretches that use up `length` from a moment on; what ends with a shift ends at its end."""
    left, day = length, starts_at.date()
    while True:
        for opens, closes in stretches(day, calendar):
            begins = max(opens, starts_at)
            ends = min(closes, begins + left)
            if ends > begins:
                yield begins, ends
                left -= ends - begins
        if not left:
            return
        day = next_working_day(day, calendar)


def add_working(moment: datetime, length: timedelta, calendar: Calendar) -> datetime:
    """The moment when `length` of working time has passed since `moment`, aligned to working time."""
    starts_at = align(moment, calendar)
    walked = list(spent(starts_at, length, calendar))
    return walked[-1][1] if walked else starts_at


def working_time_between(begins: datetime, ends: datetime, calendar: Calendar) -> timedelta:
    """Working time in [begins, ends]; zero when `ends` is not after `begins`."""
    first, last = local(begins), local(ends)
    total, day = timedelta(0), first.date()
    while day <= last.date():
        for opens, closes in stretches(day, calendar):
            total += max(timedelta(0), min(closes, last) - max(opens, first))
        day += ONE_DAY
    return total
