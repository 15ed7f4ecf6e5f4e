"""Where the arrows of a picture run: only between the columns and between the rows, never through a box."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeVar

from motcua.processes.rules.bpmn_terms import Box
from motcua.processes.rules.layout import Cell, Layout
from motcua.processes.rules.walk import by_key
from motcua.processes.rules.wording import in_words
from motcua.processes.terms import Step

BOX_WIDTH, BOX_HEIGHT = 164, 84
_TRACK = 9
_MARGIN = 22
_HEAD = 26
_LABELLED = 104
Point = tuple[float, float]
Kind = Literal["forward", "back", "timer"]
Row = tuple[int, int]
Place = TypeVar("Place", int, tuple[int, int])


@dataclass(slots=True)
class Arrow:
    """An arrow from step to step; `points` are its corners once it is routed."""

    source: str
    target: str
    kind: Kind
    words: str
    points: list[Point] = field(default_factory=list)


def arrows_of(steps: Sequence[Step]) -> list[Arrow]:
    """Return the arrows of all ways whose steps exist, with what is written on them."""
    known = by_key(steps)
    found = []
    for step in known.values():
        found += [Arrow(step.key, move.to, "forward", _words(move.label, move.when)) for move in step.forward]
        found += [Arrow(step.key, move.to, "back", _words(move.label, move.when)) for move in step.back]
        found += [Arrow(step.key, timer.to, "timer", "hết giờ chờ") for timer in step.timers if timer.do == "move"]
    return [arrow for arrow in found if arrow.target in known and arrow.source != arrow.target]


def _words(label: str, when: str) -> str:
    return label or (f"khi {in_words(when)}" if when else "")


class Routes:
    """The measures of a picture: its boxes, the bands of its lanes, and a track of its own for every arrow."""

    def __init__(self, layout: Layout, arrows: Sequence[Arrow]) -> None:
        self._layout = layout
        self._cells = layout.cells
        self._arrows = arrows
        self._gap_tracks: Counter[int] = Counter()
        self._over: Counter[Row] = Counter()
        self._under: Counter[Row] = Counter()
        self._plans = [self._plan(arrow) for arrow in arrows]
        self._lefts = list(self._columns())
        self.bands = list(self._bands())
        self._leaving = self._ports([arrow.source for arrow in arrows if self._goes_right(arrow)])
        self._coming = self._ports([arrow.target for arrow in arrows if self._goes_right(arrow)])
        self._below = self._ports([key for arrow in arrows if not self._goes_right(arrow) for key in _ends(arrow)])
        for arrow, plan in zip(arrows, self._plans, strict=True):
            arrow.points = _straight(self._points(arrow, plan))

    @property
    def width(self) -> float:
        """Width of the whole picture."""
        return self._lefts[-1] + BOX_WIDTH + self._gap(self._layout.columns)

    @property
    def height(self) -> float:
        """Height of the whole picture."""
        return self.bands[-1][0] + self.bands[-1][1]

    def box(self, key: str) -> Box:
        """Return where a step stands."""
        cell = self._cells[key]
        return Box(int(self._lefts[cell.column]), int(self._row_top(cell)), BOX_WIDTH, BOX_HEIGHT)

    # --- measures

    def _goes_right(self, arrow: Arrow) -> bool:
        ahead = self._cells[arrow.target].column > self._cells[arrow.source].column
        return arrow.kind != "back" and ahead

    def _plan(self, arrow: Arrow) -> tuple[int, ...]:
        """Take tracks for an arrow: in the gaps beside its columns and in the gutters beside its rows."""
        source, target = self._cells[arrow.source], self._cells[arrow.target]
        if not self._goes_right(arrow):
            first = _take(self._under, _row(source))
            if _row(source) == _row(target):
                return (first,)
            return (first, _take(self._gap_tracks, target.column + 1), _take(self._under, _row(target)))
        first = _take(self._gap_tracks, source.column + 1)
        if target.column == source.column + 1:
            return (first,)
        return (first, _take(self._over, _row(target)), _take(self._gap_tracks, target.column))

    def _gap(self, number: int) -> float:
        """Width of the gap on the left of a column."""
        if number == 0:
            return _MARGIN
        labelled = any(
            arrow.words and number in {self._cells[arrow.source].column + 1, self._cells[arrow.target].column}
            for arrow in self._arrows
            if self._goes_right(arrow)
        )
        last = number == self._layout.columns
        return _MARGIN + (0 if last else 14) + _TRACK * self._gap_tracks[number] + (_LABELLED if labelled else 0)

    def _columns(self) -> Iterator[float]:
        x = 0.0
        for number in range(self._layout.columns):
            x += self._gap(number)
            yield x
            x += BOX_WIDTH

    def _bands(self) -> Iterator[Point]:
        top = 0.0
        for number, lane in enumerate(self._layout.lanes):
            height = _HEAD + sum(self._row_height((number, row)) for row in range(lane.rows)) + 8
            yield top, height
            top += height

    def _row_height(self, row: Row) -> float:
        return 20 + _TRACK * (self._over[row] + self._under[row]) + BOX_HEIGHT

    def _row_top(self, cell: Cell) -> float:
        """Upper side of the boxes in the row of a cell."""
        top = self.bands[cell.lane][0] + _HEAD
        top += sum(self._row_height((cell.lane, row)) for row in range(cell.row))
        return top + 6 + _TRACK * self._over[_row(cell)]

    # --- routes

    def _ports(self, keys: Sequence[str]) -> dict[str, list[int]]:
        """How many arrows share a side of each box, and how many of them are placed already."""
        return {key: [times, 0] for key, times in Counter(keys).items()}

    def _port(self, ports: dict[str, list[int]], key: str, length: float) -> float:
        ports[key][1] += 1
        return length * ports[key][1] / (ports[key][0] + 1)

    def _track_x(self, gap: int, track: int) -> float:
        left = self._lefts[gap - 1] + BOX_WIDTH
        return left + 12 + _TRACK * track

    def _over_y(self, cell: Cell, track: int) -> float:
        return self._row_top(cell) - 6 - _TRACK * track

    def _under_y(self, cell: Cell, track: int) -> float:
        return self._row_top(cell) + BOX_HEIGHT + 8 + _TRACK * track

    def _points(self, arrow: Arrow, plan: tuple[int, ...]) -> list[Point]:
        source, target = self.box(arrow.source), self.box(arrow.target)
        if not self._goes_right(arrow):
            return self._around(arrow, plan, source, target)
        to = self._cells[arrow.target]
        start = (source.right[0], source.y + self._port(self._leaving, arrow.source, BOX_HEIGHT))
        end = (float(target.x), target.y + self._port(self._coming, arrow.target, BOX_HEIGHT))
        x = self._track_x(self._cells[arrow.source].column + 1, plan[0])
        if len(plan) == 1:
            return [start, (x, start[1]), (x, end[1]), end]
        y, far = self._over_y(to, plan[1]), self._track_x(to.column, plan[2])
        return [start, (x, start[1]), (x, y), (far, y), (far, end[1]), end]

    def _around(self, arrow: Arrow, plan: tuple[int, ...], source: Box, target: Box) -> list[Point]:
        bottom = float(source.y + BOX_HEIGHT)
        out = source.x + self._port(self._below, arrow.source, BOX_WIDTH)
        into = target.x + self._port(self._below, arrow.target, BOX_WIDTH)
        y = self._under_y(self._cells[arrow.source], plan[0])
        end = (into, float(target.y + BOX_HEIGHT))
        if len(plan) == 1:
            return [(out, bottom), (out, y), (into, y), end]
        x = self._track_x(self._cells[arrow.target].column + 1, plan[1])
        last = self._under_y(self._cells[arrow.target], plan[2])
        return [(out, bottom), (out, y), (x, y), (x, last), (into, last), end]


def label_boxes(arrows: Sequence[Arrow], boxes: Sequence[Box], sizes: Sequence[Point]) -> list[Point]:
    """Return the upper left corner of each arrow's label: beside the arrow, over no box and no other label."""
    taken = [(float(box.x), float(box.y), float(box.width), float(box.height)) for box in boxes]
    corners = []
    for arrow, (width, height) in zip(arrows, sizes, strict=True):
        spots = list(_spots(arrow.points, width, height))
        free = (spot for spot in spots if not any(_overlap((*spot, width, height), other) for other in taken))
        corner = next(free, spots[0])
        taken.append((*corner, width, height))
        corners.append(corner)
    return corners


def _spots(points: Sequence[Point], width: float, height: float) -> Iterator[Point]:
    """Places for a label along the level parts of an arrow: over it, on it, below it; the longest part first."""
    parts = [(one, other) for one, other in pairwise(points) if one[1] == other[1]]
    parts.sort(key=lambda part: -abs(part[0][0] - part[1][0]))
    for y_shifts in ((-height / 2, -height - 2, 3), (-height - 22, 23)):
        for (x1, y), (x2, _) in parts:
            left, right = min(x1, x2), max(x1, x2)
            for x in (right - width - 12, (left + right - width) / 2, left + 6):
                for y_shift in y_shifts:
                    yield x, y + y_shift
    yield points[0][0] + 6, points[0][1] - height


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    beside = one[0] + one[2] <= other[0] or other[0] + other[2] <= one[0]
    return not (beside or one[1] + one[3] <= other[1] or other[1] + other[3] <= one[1])


def _ends(arrow: Arrow) -> tuple[str, str]:
    return arrow.source, arrow.target


def _row(cell: Cell) -> Row:
    return cell.lane, cell.row


def _take(tracks: "Counter[Place]", key: Place) -> int:
    """Take the next free track there."""
    tracks[key] += 1
    return tracks[key] - 1


def _straight(points: list[Point]) -> list[Point]:
    """The corners without those that lie on a straight line."""
    kept = points[:1]
    for place, point in enumerate(points[1:-1], start=1):
        before, after = kept[-1], points[place + 1]
        if not (before[0] == point[0] == after[0] or before[1] == point[1] == after[1]):
            kept.append(point)
    return [*kept, points[-1]]
