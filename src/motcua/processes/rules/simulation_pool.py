"""People of a simulated office: who of them is free, who waits for them, what it adds up to."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from motcua.processes.terms import Step


@dataclass(slots=True)
class Pool:
    """People who share the work of some steps; `queue` holds what waits for them, in order."""

    people: int
    busy: int = 0
    work: float = 0
    queue: deque[int] = field(default_factory=deque)

    @property
    def is_free(self) -> bool:
        """Whether somebody has nothing to do."""
        return self.busy < self.people


@dataclass(slots=True)
class Tally:
    """What is counted at one step."""

    visits: int = 0
    waits: list[float] = field(default_factory=list)
    stays: list[float] = field(default_factory=list)
    work: float = 0
    late: int = 0
    waiting: int = 0
    longest_queue: int = 0


@dataclass(slots=True)
class Simulated:
    """A synthetic dossier on its way; `visit` counts its comings to steps, so that what came too late is known."""

    number: int
    facts: dict[str, object]
    begun_at: datetime
    step: Step
    entered_at: datetime
    visit: int = 0
    path: list[str] = field(default_factory=list)
    opinions: int = 0
    parts: int = 0
    drafted: bool = False
    decided: bool = False
    ready: bool = False
    received_at: datetime | None = None
    paused_since: datetime | None = None
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    checks: int = 0
    sent_back: int = 0
    ended_at: datetime | None = None
    stuck: str = ""

    @property
    def is_over(self) -> bool:
        """Whether nothing happens to it any more."""
        return self.ended_at is not None or bool(self.stuck)


def pool_key(step: Step, staff: Mapping[str, int]) -> str:
    """Return by which entry of the staff table a step is done: its key, its right and place, or its right."""
    for key in (step.key, f"{step.right}@{step.unit or step.at}", f"{step.right}@{step.at}", step.right):
        if key in staff:
            return key
    return f"{step.right}@{step.unit or step.at}"
