"""What an expression yields for given facts. Total: no text that was read and no facts make it raise or run long.

Unknown (None) is a third truth value, as in SQL: `and` is false if any part is false, `or` true if any part is true,
and everything else that rests on something unknown is unknown. A comparison with the written word None asks whether a
value is unknown. `x if c else y` takes y where c is unknown.

One evaluation looks at a bounded number of members of lists; what comes after that is unknown.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from motcua.expressions.rules.comparing import compare
from motcua.expressions.rules.functions import FUNCTIONS
from motcua.expressions.rules.tree import (
    Calculated,
    Called,
    Chosen,
    Compared,
    Comparison,
    Fixed,
    Items,
    Joined,
    Name,
    Negative,
    Node,
    Not,
    Operation,
)
from motcua.expressions.rules.values import ARITHMETIC, fact_at, listed, number, written
from motcua.expressions.terms import MOST_MEMBERS, Value


def value_of(root: Node, facts: Mapping[str, object]) -> Value:
    """Return the value of the tree; None is unknown."""
    return _Evaluation(facts).value(root)


class _Evaluation:
    """One evaluation: each fact is looked up once, and the work it may still do is counted down."""

    __slots__ = ("_facts", "_found", "_left")

    def __init__(self, facts: Mapping[str, object]) -> None:
        self._facts = facts
        self._found: dict[tuple[str, ...], Value] = {}
        self._left = MOST_MEMBERS

    def value(self, node: Node) -> Value:
        match node:
            case Fixed(value=value):
                return value
            case Name(path=path):
                return self._named(path)
            case Items(items=items):
                return listed(self._all(items))
            case Called(function=name, arguments=arguments):
                values = self._all(arguments)
                return FUNCTIONS[name].run(values) if self._affords(values) else None
            case Chosen():
                return self.value(node.then if self.value(node.condition) is True else node.otherwise)
            case _:
                return self._operated(node)

    def _all(self, nodes: Iterable[Node]) -> list[Value]:
        return [self.value(node) for node in nodes]

    def _affords(self, values: Iterable[Value]) -> bool:
        """Count the members that are about to be looked at; False when that is too much."""
        self._left -= sum(len(value) for value in values if isinstance(value, list))
        return self._left >= 0

    def _named(self, path: tuple[str, ...]) -> Value:
        if path not in self._found:
            value = fact_at(self._facts, path) if self._left >= 0 else None
            self._found[path] = value if self._affords([value]) else None
        return self._found[path]

    def _operated(self, node: Joined | Not | Compared | Calculated | Negative) -> Value:
        match node:
            case Joined(joint=joint, parts=parts):
                return self._joined(parts, settles=joint == "or")
            case Not(part=part):
                found = self.value(part)
                return not found if isinstance(found, bool) else None
            case Negative(part=part):
                found = self.value(part)
                return number(found.copy_negate()) if isinstance(found, Decimal) else None
            case Calculated():
                return _calculated(node.operation, self.value(node.left), self.value(node.right))
            case _:
                return self._compared(node.first, node.rest)

    def _joined(self, parts: Sequence[Node], *, settles: bool) -> bool | None:
        """One part that settles decides, whatever the others; one unknown part leaves the rest unknown."""
        unknown = False
        for part in parts:
            found = self.value(part)
            if found is settles:
                return settles
            unknown = unknown or not isinstance(found, bool)
        return None if unknown else not settles

    def _compared(self, first: Node, rest: Sequence[tuple[Comparison, Node]]) -> bool | None:
        """A chain holds if every link holds; one false link makes it false."""
        unknown = False
        left_node, left = first, self.value(first)
        for comparison, right_node in rest:
            right = self.value(right_node)
            found = None
            if _is_none(left_node) or _is_none(right_node):
                found = _known(comparison, left, right)
            elif self._affords([left, right]):
                found = compare(comparison, left, right)
            if found is False:
                return False
            unknown = unknown or found is None
            left_node, left = right_node, right
        return None if unknown else True


def _calculated(operation: Operation, left: Value, right: Value) -> Value:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return number(_ARITHMETIC[operation](left, right))
    if operation == "+" and isinstance(left, str) and isinstance(right, str):
        return written(left + right)
    return None


_ARITHMETIC: Mapping[Operation, Callable[[Decimal, Decimal], Decimal]] = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "/": ARITHMETIC.divide,
}


def _is_none(node: Node) -> bool:
    return isinstance(node, Fixed) and node.value is None


def _known(comparison: Comparison, left: Value, right: Value) -> bool | None:
    """Compare with the written word None."""
    if comparison in {"==", "!="}:
        return (left is None and right is None) is (comparison == "==")
    return None
