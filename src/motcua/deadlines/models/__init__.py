"""The tables of the room."""

from motcua.deadlines.models.clock import ClockSetting
from motcua.deadlines.models.day import CalendarException
from motcua.deadlines.models.revision import CalendarRevision

__all__ = ["CalendarException", "CalendarRevision", "ClockSetting"]
