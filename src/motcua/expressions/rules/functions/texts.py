"""Functions over texts; upper and lower case and marks count, except where `fold` takes them away."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from motcua.expressions.rules.comparing import within
from motcua.expressions.rules.functions.signature import Function
from motcua.expressions.rules.values import written
from motcua.expressions.terms import LONGEST_RESULT, Value
from motcua.kernel.text import fold


def shown(value: Value) -> str | None:
    """Return the value as it is written on paper: 1234,5 · 13/02/2026 · 09:15 13/02/2026 · có, không."""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Decimal):
        return _decimal_comma(value)
    if isinstance(value, datetime):
        return f"{value:%H:%M} {_day(value)}"
    if isinstance(value, date):
        return _day(value)
    return value if isinstance(value, str) else None


def _decimal_comma(value: Decimal) -> str:
    whole, _, decimals = f"{value:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _day(value: date) -> str:
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"


def _changed(change: Callable[[str], str]) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        value = values[0]
        return written(change(value)) if isinstance(value, str) and len(value) <= LONGEST_RESULT else None

    return run


def _asked(ask: Callable[[str, str], bool]) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        whole, part = values
        return ask(whole, part) if isinstance(whole, str) and isinstance(part, str) else None

    return run


TEXT_FUNCTIONS: Mapping[str, Function] = {
    "upper": Function(_changed(str.upper), ("text",), "text"),
    "lower": Function(_changed(str.lower), ("text",), "text"),
    "trim": Function(_changed(str.strip), ("text",), "text"),
    "fold": Function(_changed(fold), ("text",), "text"),
    "contains": Function(lambda values: within(values[1], values[0]), ("any", "any"), "boolean"),
    "starts": Function(_asked(str.startswith), ("text", "text"), "boolean"),
    "ends": Function(_asked(str.endswith), ("text", "text"), "boolean"),
    "text": Function(lambda values: shown(values[0]), ("any",), "text"),
}
