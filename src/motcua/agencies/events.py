"""Facts of the room other rooms may hear of."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class UnitCreated(Event):
    name: ClassVar[str] = "agencies.unit_created"
    unit_id: int
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(Event):
    name: ClassVar[str] = "agencies.unit_renamed"
    unit_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class UnitMoved(Event):
    name: ClassVar[str] = "agencies.unit_moved"
    unit_id: int
    parent_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class UnitClosed(Event):
    """`on` is the first day the unit no longer is; the successor takes over its open work."""

    name: ClassVar[str] = "agencies.unit_closed"
    unit_id: int
    successor_id: int | None
    on: date


@dataclass(frozen=True, kw_only=True)
class PostClosed(Event):
    name: ClassVar[str] = "agencies.post_closed"
    post_id: int
    unit_id: int
    on: date


@dataclass(frozen=True, kw_only=True)
class WorkingHoursChanged(Event):
    """`unit_id` None: the default of the installation."""

    name: ClassVar[str] = "agencies.working_hours_changed"
    unit_id: int | None
    on: date
