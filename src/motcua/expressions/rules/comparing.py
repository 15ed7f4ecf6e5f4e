"""Comparing values: True, False, or None where a side is unknown or the two kinds do not go together."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from motcua.expressions.rules.tree import Comparison
from motcua.expressions.rules.values import day
from motcua.expressions.terms import Value


def compare(comparison: Comparison, left: Value, right: Value) -> bool | None:
    """Return whether the comparison holds; None where a side is unknown or the two kinds do not go together."""
    match comparison:
        case "==":
            return equal(left, right)
        case "!=":
            return _negated(equal(left, right))
        case "in":
            return within(left, right)
        case "not in":
            return _negated(within(left, right))
        case _:
            return _ordered(comparison, left, right)


def _negated(found: bool | None) -> bool | None:  # noqa: FBT001 (a truth value is what it negates)
    return None if found is None else not found


def equal(left: Value, right: Value) -> bool | None:
    """Texts, numbers, truth values, days and moments, lists of these; a day equals every moment of it."""
    if isinstance(left, list) and isinstance(right, list):
        return _same_lists(left, right)
    return _same(left, right)


def _same(left: Value, right: Value) -> bool | None:
    if isinstance(left, date) and isinstance(right, date):
        left, right = _as_days(left, right)
        return left == right
    for kind in (bool, Decimal, str):
        if isinstance(left, kind) and isinstance(right, kind):
            return left == right
    return None


def _same_lists(left: list[Value], right: list[Value]) -> bool | None:
    if len(left) != len(right):
        return False
    found = [_same(one, other) for one, other in zip(left, right, strict=True)]
    if False in found:
        return False
    return None if None in found else True


def _as_days(left: date, right: date) -> tuple[date, date]:
    """Two moments stay moments; a moment beside a day becomes its day."""
    if isinstance(left, datetime) and isinstance(right, datetime):
        return left, right
    return day(left) or left, day(right) or right


def within(item: Value, group: Value) -> bool | None:
    """Whether a list holds the value, or a text the text."""
    if isinstance(group, list) and item is not None:
        found = [equal(item, one) for one in group]
        return True if True in found else None if None in group else False
    if isinstance(group, str) and isinstance(item, str):
        return item in group
    return None


_ORDER: Mapping[str, Callable[[int], bool]] = {
    "<": lambda sign: sign < 0,
    "<=": lambda sign: sign <= 0,
    ">": lambda sign: sign > 0,
    ">=": lambda sign: sign >= 0,
}


def _ordered(comparison: Comparison, left: Value, right: Value) -> bool | None:
    """Numbers and dates have an order; texts have none ("10" would come before "9")."""
    sign: int | None = None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        sign = (left > right) - (left < right)
    elif isinstance(left, date) and isinstance(right, date):
        left, right = _as_days(left, right)
        sign = (left > right) - (left < right)
    return None if sign is None else _ORDER[comparison](sign)
