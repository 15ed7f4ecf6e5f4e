"""What an expression yields for given facts. Total: no text that was read and no facts make it raise or run long.

Unknown (None) is a third truth value, as in SQL: `and` is false if any part is false, `or` true if any part is true,
and everything else that rests on something unknown is unknown. A comparison with the written word None asks whether a
value is unknown. `x if c else y` takes y where c is unknown.
"""

from collections.abc import Callable, Mapping, Sequence
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
)
from motcua.expressions.rules.values import ARITHMETIC, fact_at, listed, number, written
from motcua.expressions.terms import Value

Facts = Mapping[str, object]


def value_of(node: Node, facts: Facts) -> Value:
    """Return the value of the tree; None is unknown."""
    match node:
        case Fixed(value=value):
            return value
        case Name(path=path):
            return fact_at(facts, path)
        case Items(items=items):
            return listed([value_of(item, facts) for item in items])
        case Called(function=name, arguments=arguments):
            return FUNCTIONS[name].run([value_of(one, facts) for one in arguments])
        case Chosen():
            return value_of(node.then if value_of(node.condition, facts) is True else node.otherwise, facts)
        case _:
            return _operated(node, facts)


def _operated(node: Joined | Not | Compared | Calculated | Negative, facts: Facts) -> Value:
    match node:
        case Joined(joint=joint, parts=parts):
            return _joined(parts, facts, settles=joint == "or")
        case Not(part=part):
            found = value_of(part, facts)
            return not found if isinstance(found, bool) else None
        case Negative(part=part):
            found = value_of(part, facts)
            return number(found.copy_negate()) if isinstance(found, Decimal) else None
        case Calculated():
            return _calculated(node, facts)
        case Compared(first=first, rest=rest):
            return _compared(first, rest, facts)


def _joined(parts: Sequence[Node], facts: Facts, *, settles: bool) -> bool | None:
    """One part that settles decides, whatever the others; one unknown part leaves the rest unknown."""
    unknown = False
    for part in parts:
        found = value_of(part, facts)
        if found is settles:
            return settles
        unknown = unknown or not isinstance(found, bool)
    return None if unknown else not settles


def _calculated(node: Calculated, facts: Facts) -> Value:
    left, right = value_of(node.left, facts), value_of(node.right, facts)
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return number(_ARITHMETIC[node.operation](left, right))
    if node.operation == "+" and isinstance(left, str) and isinstance(right, str):
        return written(left + right)
    return None


_ARITHMETIC: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "/": ARITHMETIC.divide,
}


def _compared(first: Node, rest: Sequence[tuple[Comparison, Node]], facts: Facts) -> bool | None:
    """A chain holds if every link holds; one false link makes it false."""
    unknown = False
    left_node, left = first, value_of(first, facts)
    for comparison, right_node in rest:
        right = value_of(right_node, facts)
        if _is_none(left_node) or _is_none(right_node):
            found = _known(comparison, left, right)
        else:
            found = compare(comparison, left, right)
        if found is False:
            return False
        unknown = unknown or found is None
        left_node, left = right_node, right
    return None if unknown else True


def _is_none(node: Node) -> bool:
    return isinstance(node, Fixed) and node.value is None


def _known(comparison: Comparison, left: Value, right: Value) -> bool | None:
    """Compare with the written word None."""
    if comparison in {"==", "!="}:
        return (left is None and right is None) is (comparison == "==")
    return None
