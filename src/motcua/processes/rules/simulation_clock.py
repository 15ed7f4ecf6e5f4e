"""Working time of a simulated office, by the very calendar of the law, remembered so that looking costs little."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from motcua.deadlines.rules.calendar import ONE_DAY, Calendar, local, next_working_day, stretches
from motcua.deadlines.rules.due import compute_due
from motcua.deadlines.terms import Pause, Term, TermUnit
from motcua.processes.terms import TermSpec

_NOTHING = timedelta(0)


class WorkClock:
    """The shifts from a day on, with the working time before each; further days are read when somebody asks."""

    def __init__(self, calendar: Calendar, start: datetime) -> None:
        self.calendar = calendar
        self._day: date = local(start).date() - ONE_DAY
        self._begins: list[datetime] = []
        self._ends: list[datetime] = []
        self._before: list[timedelta] = []
        self._until: list[timedelta] = []

    def align(self, moment: datetime) -> datetime:
        """Return the first working moment that is not before `moment`."""
        self._know(moment)
        place = bisect_left(self._ends, moment)
        return max(moment, self._begins[place])

    def between(self, begins: datetime, ends: datetime) -> timedelta:
        """Return the working time between two moments."""
        return self._at(ends) - self._at(begins)

    def add(self, moment: datetime, length: timedelta) -> datetime:
        """Return the moment when `length` of working time has passed; what ends with a shift ends at its end."""
        if length <= _NOTHING:
            return self.align(moment)
        aim = self._at(moment) + length
        while not self._until or self._until[-1] < aim:
            self._next_day()
        place = bisect_left(self._until, aim)
        return self._begins[place] + (aim - self._before[place])

    def due(self, begins: datetime, term: TermSpec, pauses: Sequence[Pause] = ()) -> datetime:
        """Return when a term ends, by the law's way of counting."""
        if term.unit == "working_hour" and not pauses:
            return self.add(begins, timedelta(hours=term.amount))
        return compute_due(begins, Term(term.amount, TermUnit(term.unit)), self.calendar, pauses).due_at

    def is_late(self, begins: datetime, term: TermSpec, ends: datetime) -> bool:
        """Return whether something took longer than its term; within as many days as the term has it never did."""
        if term.unit in {"working_day", "day"} and ends - begins <= timedelta(days=term.amount):
            return False
        return ends > self.due(begins, term)

    def _at(self, moment: datetime) -> timedelta:
        self._know(moment)
        place = bisect_right(self._begins, moment) - 1
        if place < 0:
            return _NOTHING
        return self._before[place] + min(moment, self._ends[place]) - self._begins[place]

    def _know(self, moment: datetime) -> None:
        while not self._ends or self._ends[-1] < moment:
            self._next_day()

    def _next_day(self) -> None:
        self._day = next_working_day(self._day, self.calendar)
        for begins, ends in stretches(self._day, self.calendar):
            before = self._until[-1] if self._until else _NOTHING
            self._begins.append(begins)
            self._ends.append(ends)
            self._before.append(before)
            self._until.append(before + (ends - begins))
