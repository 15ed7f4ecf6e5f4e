"""The units of a day as a tree or a list, called as they were called that day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from motcua.agencies.models import FormerState
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import TWO_TIER_FROM, UnitKind
from motcua.kernel.text import fold


@dataclass(slots=True)
class Node:
    """A unit of the day with what stood below it."""

    unit: UnitInfo
    name: str
    parent_id: int | None
    below: list["Node"] = field(default_factory=list)

    @property
    def above(self) -> str:
        """The name of the unit above, "" for a root."""
        return unit_by_id(self.parent_id).name if self.parent_id else ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The units of one day."""

    on: date
    nodes: Mapping[int, Node]

    @property
    def roots(self) -> list[Node]:
        """The units with nothing above them that day."""
        return [node for node in self.nodes.values() if node.parent_id not in self.nodes]

    @property
    def tiers(self) -> str:
        """How many tiers of government there were."""
        return "hai cấp" if self.on >= TWO_TIER_FROM else "ba cấp"

    def counts(self) -> list[tuple[UnitKind, int]]:
        """How many units of each kind there were."""
        kinds = [node.unit.kind for node in self.nodes.values()]
        return [(kind, kinds.count(kind)) for kind in UnitKind if kind in kinds]

    def search(self, text: str, kind: str, *, provisional: bool = False) -> list[Node]:
        """The units whose name or code holds every word (of a kind, with provisional codes), by name."""
        words = fold(text).split()
        found = [
            node
            for node in self.nodes.values()
            if kind in ("", node.unit.kind)
            and (node.unit.code_is_provisional or not provisional)
            and all(word in _hay(node) for word in words)
        ]
        return sorted(found, key=lambda node: fold(node.name))


def _hay(node: Node) -> str:
    unit = node.unit
    codes = f"{unit.agency_code} {unit.legacy_code}".lower()
    return f"{fold(node.name)} {unit.name_fold} {fold(unit.short_name)} {codes}"


def picture_of(on: date) -> Picture:
    """Return the units of the day, named and placed as they were (one query when units are known)."""
    former = {
        unit_id: (name, parent_id)
        for unit_id, name, parent_id in FormerState.objects.filter(holds_on(on)).values_list(
            "unit_id", "name", "parent_id"
        )
    }
    nodes = {}
    for unit in units_on(on):
        name, parent_id = former.get(unit.id, (unit.name, unit.parent_id))
        nodes[unit.id] = Node(unit, name, parent_id)
    _hang(nodes)
    return Picture(on, nodes)


def _hang(nodes: Mapping[int, Node]) -> None:
    order = {kind: number for number, kind in enumerate(UnitKind)}
    ranked = sorted(nodes.values(), key=lambda node: (order[node.unit.kind], fold(node.name)))
    for node in ranked:
        above = nodes.get(node.parent_id) if node.parent_id else None
        if above is not None:
            above.below.append(node)
