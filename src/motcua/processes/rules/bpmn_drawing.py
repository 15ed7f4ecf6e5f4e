"""The picture of a process in a BPMN file (diagram interchange): where editors draw everything."""

from collections.abc import Mapping, Sequence

from motcua.processes.rules.bpmn_terms import Box
from motcua.processes.rules.layout import Layout
from motcua.processes.rules.markup import Out

_COLUMN, _ROW = 270, 150
_HEAD = 60  # the names of pool and lanes
_MARGIN = 110  # for the start event
_TASK = (130, 80)
_EVENT = 36
_GATE = 50

Point = tuple[int, int]


class Places:
    """The boxes of all elements by their ids."""

    def __init__(self, layout: Layout, x: int = 120, y: int = 80) -> None:
        self._layout = layout
        self._x, self._y = x, y
        self._tops: list[int] = []
        top = y
        for lane in layout.lanes:
            self._tops.append(top)
            top += lane.rows * _ROW
        width = _HEAD + _MARGIN + layout.columns * _COLUMN + _MARGIN
        self.pool = Box(x, y, width, max(top - y, _ROW))

    def lane(self, number: int) -> Box:
        """The band of a lane, beside the name of the pool."""
        height = self._layout.lanes[number].rows * _ROW
        return Box(self._x + 30, self._tops[number], self.pool.width - 30, height)

    def task(self, key: str) -> Box:
        """The box of a step."""
        cell = self._layout.cells[key]
        x = self._x + _HEAD + _MARGIN + cell.column * _COLUMN
        y = self._tops[cell.lane] + cell.row * _ROW + (_ROW - _TASK[1]) // 2
        return Box(x, y, *_TASK)

    def gate(self, key: str) -> Box:
        """The gateway behind a step."""
        x, y = self.task(key).right
        return Box(x + 30, y - _GATE // 2, _GATE, _GATE)

    def start(self, key: str) -> Box:
        """The start event before the first step."""
        x, y = self.task(key).left
        return Box(x - 50 - _EVENT, y - _EVENT // 2, _EVENT, _EVENT)

    def end(self, key: str) -> Box:
        """The end event behind the last step."""
        x, y = self.task(key).right
        return Box(x + 110, y - _EVENT // 2, _EVENT, _EVENT)

    def timer(self, key: str, number: int) -> Box:
        """The timer on the lower side of a step."""
        box = self.task(key)
        return Box(box.x + 10 + number * (_EVENT + 6), box.y + box.height - _EVENT // 2, _EVENT, _EVENT)


def way_between(source: Box, target: Box, *, from_below: bool = False) -> list[Point]:
    """Return the corners of an arrow: straight on, or around when the target lies behind."""
    if not from_below and target.left[0] > source.right[0]:
        return _ahead(source.right, target.left)
    start, end = source.bottom, target.bottom
    below = max(start[1], end[1]) + 25
    return [start, (start[0], below), (end[0], below), end]


def _ahead(start: Point, end: Point) -> list[Point]:
    if start[1] == end[1]:
        return [start, end]
    turn = end[0] - 20
    return [start, (turn, start[1]), (turn, end[1]), end]


def draw(out: Out, plane: str, shapes: Mapping[str, Box], edges: Sequence[tuple[str, list[Point]]]) -> None:
    """Write the diagram: shapes and edges by the ids of what they show."""
    with out.within("bpmndi:BPMNDiagram", id="diagram"), out.within("bpmndi:BPMNPlane", id="plane", bpmnElement=plane):
        for element, box in shapes.items():
            wide = {"isHorizontal": "true"} if element == "pool" or element.startswith("lane_") else {}
            marked = {"isMarkerVisible": "true"} if element.startswith("gate_") else {}
            with out.within("bpmndi:BPMNShape", id=f"{element}_di", bpmnElement=element, **wide, **marked):
                out.put("dc:Bounds", x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height))
        for element, points in edges:
            with out.within("bpmndi:BPMNEdge", id=f"{element}_di", bpmnElement=element):
                for x, y in points:
                    out.put("di:waypoint", x=str(x), y=str(y))
