"""Facts for synthetic dossiers: drawn so that the conditions of the process come out now true, now false."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from motcua.expressions.rules.parsing import parse
from motcua.expressions.rules.tree import Called, Compared, Fixed, Items, Name, Node, nodes_of
from motcua.kernel.errors import Invalid
from motcua.processes.terms import FACTS

#: Facts that change while a dossier goes its way; whoever simulates keeps them.
KEPT: Final = frozenset({"step", "done", "waiting_hours", "today", "open_opinions"})
_OTHER = "khác"
_ABOUT_BLANKS = frozenset({"filled", "empty"})


@dataclass(frozen=True, slots=True)
class Draw:
    """A fact that differs from dossier to dossier: its values, and how often each (none: equally often)."""

    values: tuple[object, ...]
    weights: tuple[float, ...] = ()

    def one(self, random: Random) -> object:
        """Return one value."""
        return random.choices(self.values, weights=self.weights or None)[0]


def draws_for(formulas: Iterable[str], given: Mapping[str, object]) -> dict[str, Draw]:
    """Return how to draw every fact that the conditions read and `given` leaves out, by dotted name."""
    met: dict[str, list[object]] = defaultdict(list)
    lists: dict[str, list[object]] = defaultdict(list)
    for formula in formulas:
        for name, values, in_list in _met_in(formula):
            (lists if in_list else met)[name].extend(values)
    names = sorted({*met, *lists})
    return {name: _draw(name, met[name], lists[name]) for name in names if not _is_given(name, given)}


def drawn(draws: Mapping[str, Draw], given: Mapping[str, object], random: Random) -> dict[str, object]:
    """Return the facts of one dossier: what is given (a `Draw` among it is drawn) and what is to be drawn."""
    facts: dict[str, object] = {}
    for name, value in given.items():
        facts[name] = value.one(random) if isinstance(value, Draw) else value
    for name, draw in draws.items():
        _put(facts, name.split("."), draw.one(random))
    return facts


def _put(facts: dict[str, object], path: Sequence[str], value: object) -> None:
    for part in path[:-1]:
        inner = facts.get(part)
        facts[part] = inner = dict(inner) if isinstance(inner, Mapping) else {}
        facts = inner
    facts[path[-1]] = value


def _is_given(name: str, given: Mapping[str, object]) -> bool:
    if name in KEPT:
        return True
    here: object = given
    for part in name.split("."):
        if not isinstance(here, Mapping) or part not in here:
            return False
        here = here[part]
    return True


def _met_in(formula: str) -> Iterator[tuple[str, list[object], bool]]:
    """Yield each fact of the condition with the values it is compared with, and whether it is a list of them."""
    try:
        root = parse(formula).root
    except Invalid:
        return
    for node in nodes_of(root):
        if isinstance(node, Name):
            yield node.dotted, [], False
        elif isinstance(node, Compared):
            yield from _compared(node)
        elif isinstance(node, Called) and node.function in _ABOUT_BLANKS:
            for argument in node.arguments:
                if isinstance(argument, Name):
                    yield argument.dotted, [None, _OTHER], False


def _compared(node: Compared) -> Iterator[tuple[str, list[object], bool]]:
    left: Node = node.first
    for comparison, right in node.rest:
        if comparison in {"in", "not in"} and isinstance(right, Name) and isinstance(left, Fixed):
            yield right.dotted, [left.value], True
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Name) and isinstance(other, Fixed | Items):
                yield one.dotted, _around(other), False
        left = right


def _around(node: Fixed | Items) -> list[object]:
    if isinstance(node, Items):
        return [value for item in node.items if isinstance(item, Fixed) for value in _around(item)]
    value = node.value
    if isinstance(value, Decimal):
        return [value - 1, value, value + 1]
    if isinstance(value, bool):
        return [True, False]
    return [value, _OTHER]


def _draw(name: str, values: Sequence[object], members: Sequence[object]) -> Draw:
    if members:
        chosen = list(dict.fromkeys(members))
        return Draw((chosen, [], *([one] for one in chosen)))
    if FACTS.get(name) == "boolean":
        return Draw((True, False))
    if FACTS.get(name) == "number" and not values:
        return Draw((Decimal(0), Decimal(1), Decimal(2)))
    return Draw(tuple(dict.fromkeys(values)) or (True, False))
