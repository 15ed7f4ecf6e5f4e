"""A second, slow opinion on due moments: it steps minute by minute and imports nothing of the room.

A week is {weekday: [("07:00", "11:30"), …]}; `later` is the one that holds from `since` on; days that differ are
{"2026-02-16": [] or shifts}. Moments are naive Vietnam time on whole minutes. A shift holds both its ends.
"""

from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
Shifts = list[tuple[str, str]]


class Oracle:
    def __init__(
        self, week: dict[int, Shifts], special: dict[str, Shifts], later: dict[int, Shifts], since: datetime
    ) -> None:
        self.week, self.special, self.later, self.since = week, special, later, since

    def shifts(self, moment: datetime) -> Shifts:
        week = self.week if moment < self.since else self.later
        return self.special.get(f"{moment:%Y-%m-%d}", week.get(moment.weekday(), []))

    def is_open(self, moment: datetime) -> bool:
        clock = f"{moment:%H:%M}"
        return any(opens <= clock <= closes for opens, closes in self.shifts(moment))

    def runs_after(self, moment: datetime) -> bool:
        """Whether the minute that begins now is working time."""
        clock = f"{moment:%H:%M}"
        return any(opens <= clock < closes for opens, closes in self.shifts(moment))

    def align(self, moment: datetime) -> datetime:
        while not self.is_open(moment):
            moment += MINUTE
        return moment

    def add(self, moment: datetime, minutes: int) -> datetime:
        moment = self.align(moment)
        while minutes:
            minutes -= self.runs_after(moment)
            moment += MINUTE
        return moment

    def between(self, begins: datetime, ends: datetime) -> int:
        total = 0
        while begins < ends:
            total += self.runs_after(begins)
            begins += MINUTE
        return total

    def days_later(self, moment: datetime, days: int, *, working: bool) -> datetime:
        moment = self.align(moment)
        while days:
            moment += timedelta(days=1)
            days -= bool(self.shifts(moment)) or not working
        return self.align(moment)

    def same_day(self, moment: datetime, cutoff: str) -> datetime:
        moment = self.align(moment)
        if f"{moment:%H:%M}" > cutoff:
            moment = self.align(moment.replace(hour=0, minute=0) + timedelta(days=1))
        return datetime.fromisoformat(f"{moment:%Y-%m-%d} {self.shifts(moment)[-1][1]}")
