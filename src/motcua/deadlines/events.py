"""What happened here that other rooms may care about."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    """Days off or made-up days from `first` to `last` changed; open due moments there should be looked at again.

    `unit_id` None: for the whole country; else for the unit and everything below it.
    """

    name: ClassVar[str] = "deadlines.calendar_changed"
    unit_id: int | None
    first: date
    last: date
