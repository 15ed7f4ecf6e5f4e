"""Where the steps of a process stand on a picture: columns along the way, lanes by who works there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from motcua.processes.rules.walk import by_key, forward_order
from motcua.processes.terms import FIRST_STEP, LAST_STEP, Step

LANE_NAMES: Mapping[str, str] = {
    "desk": "Bộ phận Một cửa",
    "handling": "Đơn vị thụ lý",
    "agency": "Cơ quan giải quyết",
}


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the picture: the place (`desk`, or `unit` with the other agency), its name, how many rows it has."""

    at: str
    unit: str
    name: str
    rows: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a step stands: column, number of its lane, row within the lane."""

    column: int
    lane: int
    row: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Lanes from top to bottom, the number of columns, and the cell of each step."""

    lanes: tuple[Lane, ...]
    columns: int
    cells: Mapping[str, Cell]


def lane_of(step: Step) -> tuple[str, str]:
    """Return the lane of a step: the place, and the other agency where it is done at one."""
    return (step.at, step.unit if step.at == "unit" else "")


def lay_out(steps: Sequence[Step]) -> Layout:
    """Return where each step stands: as far right as the longest way to it, the delivery last."""
    known = by_key(steps)
    far = forward_order(steps)
    rest = [column for key, column in far.items() if key != LAST_STEP]
    if LAST_STEP in far and rest:
        far[LAST_STEP] = max(far[LAST_STEP], max(rest) + 1)
    if FIRST_STEP in far:
        far[FIRST_STEP] = 0
    lanes = _lanes_in_order(known)
    taken: Counter[tuple[int, int]] = Counter()
    cells: dict[str, Cell] = {}
    for key, step in known.items():
        lane, column = lanes.index(lane_of(step)), far[key]
        cells[key] = Cell(column, lane, taken[lane, column])
        taken[lane, column] += 1
    made = tuple(
        Lane(at, unit, LANE_NAMES.get(at) or unit or "Cơ quan khác", _rows(taken, number))
        for number, (at, unit) in enumerate(lanes)
    )
    return Layout(made, max(far.values(), default=0) + 1, cells)


def _rows(taken: Mapping[tuple[int, int], int], lane: int) -> int:
    return max((rows for (number, _), rows in taken.items() if number == lane), default=1)


def _lanes_in_order(known: Mapping[str, Step]) -> list[tuple[str, str]]:
    found = list(dict.fromkeys(lane_of(step) for step in known.values()))
    usual = list(LANE_NAMES)
    return sorted(found, key=lambda lane: usual.index(lane[0]) if lane[0] in usual else len(usual))
