"""Functions over lists and over several values; blank (unknown) members are passed over, as in a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from motcua.expressions.rules.comparing import compare
from motcua.expressions.rules.functions.signature import Function
from motcua.expressions.rules.functions.texts import shown
from motcua.expressions.rules.tree import Comparison
from motcua.expressions.rules.values import ARITHMETIC, listed, number, written
from motcua.expressions.terms import LONGEST_RESULT, Value


def is_empty(value: Value) -> bool:
    """Whether nothing is there: unknown, a blank text, no rows. 0 and False are something."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | Mapping) and not value)


def _members(values: Sequence[Value]) -> list[Value] | None:
    """The members of one list, or of the values themselves, without the blank ones; None for an unknown list."""
    if len(values) == 1:
        if not isinstance(values[0], list):
            return None if is_empty(values[0]) else [values[0]]
        values = values[0]
    laid_out = listed(values)
    return [one for one in laid_out if not is_empty(one)] if isinstance(laid_out, list) else None


def _count(values: Sequence[Value]) -> Value:
    return Decimal(len(_members(values) or []))


def _sum(values: Sequence[Value]) -> Value:
    members = _members(values)
    if members is None:
        return None
    total = Decimal(0)
    for one in members:
        if not isinstance(one, Decimal):
            return None
        total = ARITHMETIC.add(total, one)
    return number(total)


def _extreme(comparison: Comparison) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        members = _members(values)
        if not members:
            return None
        best = members[0]
        for one in members:
            if not isinstance(one, Decimal | date):
                return None
            better = compare(comparison, one, best)
            if better is None:
                return None
            best = one if better else best
        return best

    return run


def _settled_by(*, settles: bool) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        members = _members(values)
        if members is None:
            return None
        if settles in [one for one in members if isinstance(one, bool)]:
            return settles
        return not settles if all(isinstance(one, bool) for one in members) else None

    return run


def _join(values: Sequence[Value]) -> Value:
    members = _members(values[:1])
    separator = values[1] if len(values) > 1 else ", "
    if members is None or not isinstance(separator, str):
        return None
    parts = [shown(one) for one in members]
    length = sum(len(part) + len(separator) for part in parts if part is not None)
    if None in parts or length > LONGEST_RESULT + len(separator):
        return None
    return written(separator.join(part for part in parts if part is not None))


def _length(values: Sequence[Value]) -> Value:
    (value,) = values
    return Decimal(len(value)) if isinstance(value, str | list) else None


LIST_FUNCTIONS: Mapping[str, Function] = {
    "count": Function(_count, ("any",), "number", repeats=True),
    "sum": Function(_sum, ("number",), "number", repeats=True),
    "min": Function(_extreme("<"), ("any",), "any", repeats=True),
    "max": Function(_extreme(">"), ("any",), "any", repeats=True),
    "any": Function(_settled_by(settles=True), ("boolean",), "boolean", repeats=True),
    "all": Function(_settled_by(settles=False), ("boolean",), "boolean", repeats=True),
    "empty": Function(lambda values: is_empty(values[0]), ("any",), "boolean"),
    "filled": Function(lambda values: not is_empty(values[0]), ("any",), "boolean"),
    "length": Function(_length, ("any",), "number"),
    "join": Function(_join, ("list", "text"), "text", counts=(1, 2)),
}
