"""The net in a BPMN file: its nodes and arrows, and which tasks follow on which through gateways and events."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from motcua.processes.rules.bpmn_terms import MODEL
from motcua.processes.rules.markup import Element

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "scriptTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
    }
)
GATEWAYS = frozenset({"exclusiveGateway", "inclusiveGateway", "parallelGateway", "complexGateway", "eventBasedGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"})
#: The place a way leads to that ends the process.
END = ""
_MOST_WAYS = 500


@dataclass(frozen=True, slots=True)
class Arrow:
    """A sequence flow: from node to node, with its condition, name and element."""

    source: str
    target: str
    when: str
    name: str
    element: Element


@dataclass(frozen=True, slots=True)
class Way:
    """A way from a task to the next one (`END`: out of the process), the conditions along it and its last arrow."""

    to: str
    conditions: tuple[str, ...]
    names: tuple[str, ...]
    arrow: Arrow


_Trail = tuple[Arrow, tuple[str, ...], tuple[str, ...], frozenset[str]]


@dataclass(slots=True)
class Net:
    """A process of the file: nodes by id in their order, arrows by their source, lanes by node, timers by task."""

    nodes: dict[str, Element] = field(default_factory=dict)
    arrows: dict[str, list[Arrow]] = field(default_factory=dict)
    lane_of: dict[str, Element] = field(default_factory=dict)
    timers: dict[str, list[Element]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def tasks(self) -> list[str]:
        """The ids of the tasks in the order of the file."""
        return [key for key, node in self.nodes.items() if node.name in TASKS]

    @property
    def starts(self) -> list[str]:
        """The ids of the start events."""
        return [key for key, node in self.nodes.items() if node.name == "startEvent"]

    def ways(self, source: str) -> list[Way]:
        """Return the ways from a node to the next tasks or the end, through gateways and events between."""
        found: list[Way] = []
        waiting: list[_Trail] = [(arrow, (), (), frozenset({source})) for arrow in reversed(self._from(source))]
        while waiting and len(found) < _MOST_WAYS:
            arrow, conditions, names, seen = waiting.pop()
            conditions = (*conditions, arrow.when) if arrow.when else conditions
            names = (*names, arrow.name) if arrow.name else names
            node = self.nodes.get(arrow.target)
            if node is None or node.name == "endEvent" or (node.name in EVENTS and not self._from(arrow.target)):
                found.append(Way(END, conditions, names, arrow))
            elif node.name in TASKS:
                found.append(Way(arrow.target, conditions, names, arrow))
            elif arrow.target not in seen:
                onward = reversed(self._from(arrow.target))
                waiting.extend((one, conditions, names, seen | {arrow.target}) for one in onward)
        return found

    def _from(self, node: str) -> list["Arrow"]:
        return self.arrows.get(node, [])


def net_of(process: Element) -> Net:
    """Return the net of a process element; what it holds besides is noted."""
    net = Net()
    for element in process.each(MODEL):
        if element.name in TASKS | GATEWAYS | EVENTS:
            net.nodes[element.get("id")] = element
        elif element.name == "boundaryEvent":
            net.timers.setdefault(element.get("attachedToRef"), []).append(element)
            net.nodes[element.get("id")] = element
        elif element.name == "sequenceFlow":
            arrow = _arrow(element)
            net.arrows.setdefault(arrow.source, []).append(arrow)
        elif element.name == "laneSet":
            net.lane_of.update(_lanes(element))
        elif element.name not in _SILENT:
            net.notes.append(f"Dòng {element.line}: bỏ qua phần tử «{element.name}», quy trình ở đây không dùng.")
    return net


_SILENT = frozenset({"documentation", "extensionElements", "textAnnotation", "association", "group"})


def in_line(net: Net) -> None:
    """Put branches that a parallel gateway opens one after another, in their order, so that none is left out.

    Only pairs of a fork and a join that all its branches come to are understood; the rest stays as it is and is noted.
    """
    for key, node in list(net.nodes.items()):
        branches = net.arrows.get(key, [])
        if node.name not in {"parallelGateway", "inclusiveGateway"} or len(branches) < 2:  # noqa: PLR2004 (several)
            continue
        join = _join_of(net, key, branches)
        named = node.get("name") or key
        if join is None:
            net.notes.append(f"Dòng {node.line}: các nhánh song song từ «{named}» không gặp lại nhau; coi là rẽ nhánh.")
            continue
        for branch, following in pairwise(branches):
            _lead_over(net, branch.target, join, following.target)
        net.arrows[key] = branches[:1]
        net.notes.append(f"Dòng {node.line}: các nhánh song song từ «{named}» được xếp lần lượt, không bỏ bước nào.")


def _join_of(net: Net, fork: str, branches: list[Arrow]) -> str | None:
    """The first gateway of the same kind that every branch comes to."""
    reach = [_ahead(net, branch.target, fork) for branch in branches]
    kind = net.nodes[fork].name
    common = [key for key in reach[0] if all(key in other for other in reach[1:])]
    return next((key for key in common if net.nodes[key].name == kind), None)


def _ahead(net: Net, start: str, without: str) -> dict[str, None]:
    found: dict[str, None] = {}
    waiting = [start]
    while waiting:
        key = waiting.pop(0)
        if key not in found and key != without and key in net.nodes:
            found[key] = None
            waiting.extend(arrow.target for arrow in net.arrows.get(key, []))
    return found


def _lead_over(net: Net, start: str, join: str, to: str) -> None:
    """Let what leads from a branch into the join lead to the next branch instead."""
    inside = [start, *(key for key in _ahead(net, start, join))]
    for key in dict.fromkeys(inside):
        net.arrows[key] = [
            Arrow(one.source, to, one.when, one.name, one.element) if one.target == join else one
            for one in net.arrows.get(key, [])
        ]


def _arrow(element: Element) -> Arrow:
    condition = element.first(MODEL, "conditionExpression")
    when = condition.text if condition is not None else ""
    return Arrow(element.get("sourceRef"), element.get("targetRef"), when, element.get("name").strip(), element)


def _lanes(lane_set: Element) -> Mapping[str, Element]:
    return {node: lane for lane in _each_lane(lane_set) for node in _refs(lane)}


def _each_lane(lane_set: Element) -> Iterator[Element]:
    """The lanes, those within others after them, so that the innermost counts."""
    for element in lane_set.walk():
        if element.space == MODEL and element.name == "lane":
            yield element


def _refs(lane: Element) -> list[str]:
    return [ref.text for ref in lane.each(MODEL, "flowNodeRef")]
