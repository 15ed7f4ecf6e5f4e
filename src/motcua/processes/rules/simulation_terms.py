"""Words of the simulation: what is assumed, what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from motcua.deadlines.terms import VIET_NAM

#: A plain working Monday; where a simulation starts unless told otherwise.
FIRST_MORNING: Final = datetime(2026, 3, 2, 7, 0, tzinfo=VIET_NAM)


@dataclass(frozen=True, slots=True)
class Practice:
    """What is assumed of an office, as shares between 0 and 1 and in working hours.

    `per_day`: dossiers handed in a working day. `effort`: work on a step as a share of its term (half to double of
    it by chance), within `least_effort` and `most_effort` hours. `send_back`: how often a dossier is sent back where
    that is possible.
    `other_way`: how often another open way than the usual one is taken. `answer`: an opinion comes within this share
    of its term, at the latest (1.2: some are late). `payer`, `parts`: the longest until somebody pays, until a part
    (liên thông) is done.
    """

    per_day: float = 3
    effort: float = 0.05
    least_effort: float = 0.2
    most_effort: float = 2
    send_back: float = 0.05
    other_way: float = 0.1
    answer: float = 1.2
    payer: float = 24
    parts: float = 40


@dataclass(frozen=True, slots=True)
class StepLoad:
    """What happened at a step: how often it was visited, by how many people it is worked on, how long dossiers waited.

    Waiting, work and stay in working hours. `late`: visits that took longer than the step's term. `longest_queue`:
    most dossiers waiting at once. `load`: share of the people's working time that the step's pool spent at work.
    """

    key: str
    name: str
    people: int
    visits: int
    mean_wait: float
    longest_wait: float
    mean_stay: float
    work: float
    late: int
    longest_queue: int
    load: float


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A dossier that reached no final state: which, at which step, why in words, and the facts it had."""

    number: int
    step: str
    why: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What became of the dossiers: `finished` of them were handed out, `late` after the term (0 without one).

    `paths`: every way that was gone and how often, the most usual first. `never_visited`: steps nobody came to.
    `mean_hours`, `longest_hours`: working hours from the first step to the hand-out.
    """

    dossiers: int
    finished: int
    late: int
    mean_hours: float
    longest_hours: float
    steps: tuple[StepLoad, ...]
    paths: tuple[tuple[tuple[str, ...], int], ...]
    unfinished: tuple[Unfinished, ...]
    never_visited: tuple[str, ...]
    started_at: datetime
    ended_at: datetime
    seed: int
