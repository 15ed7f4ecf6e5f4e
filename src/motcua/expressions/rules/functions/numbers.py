"""Functions over numbers."""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from motcua.expressions.rules.functions.signature import Function
from motcua.expressions.rules.values import ARITHMETIC, number, whole
from motcua.expressions.terms import MOST_DIGITS, Value
from motcua.kernel.words import LARGEST, in_words

_SHAPES: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = (
    (re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?"), {".": "", ",": "."}),  # 1.234.567,5
    (re.compile(r"[+-]?[0-9]+(?:,[0-9]+)?"), {",": "."}),  # 1234,5
    (re.compile(r"[+-]?[0-9]+\.[0-9]+"), {}),  # 1234.5
)
_LONGEST = 100


def read_number(text: str) -> Decimal | None:
    """Return the number a text writes, the Vietnamese way first: "1.234" is 1234, "1,5" is one and a half."""
    bare = "".join(text.split())
    if len(bare) > _LONGEST:
        return None
    for shape, marks in _SHAPES:
        if shape.fullmatch(bare):
            return number(Decimal(bare.translate({ord(mark): new for mark, new in marks.items()})))
    return None


def _number(values: Sequence[Value]) -> Value:
    (value,) = values
    if isinstance(value, str):
        return read_number(value)
    return value if isinstance(value, Decimal) else None


def _rounding(way: str) -> Callable[[Sequence[Value]], Value]:
    def run(values: Sequence[Value]) -> Value:
        value, places = values[0], (values[1] if len(values) > 1 else Decimal(0))
        digits = whole(places, MOST_DIGITS)
        if not isinstance(value, Decimal) or digits is None:
            return None
        unit = Decimal(1).scaleb(-digits)
        units = ARITHMETIC.divide(value, unit).to_integral_value(rounding=way, context=ARITHMETIC)
        return number(ARITHMETIC.multiply(units, unit))

    return run


def _abs(values: Sequence[Value]) -> Value:
    return values[0].copy_abs() if isinstance(values[0], Decimal) else None


def _words(values: Sequence[Value]) -> Value:
    found = whole(values[0], LARGEST)
    if found is None:
        return None
    return f"âm {in_words(-found)}" if found < 0 else in_words(found)


NUMBER_FUNCTIONS: Mapping[str, Function] = {
    "round": Function(_rounding(ROUND_HALF_UP), ("number", "number"), "number", counts=(1, 2)),
    "floor": Function(_rounding(ROUND_FLOOR), ("number", "number"), "number", counts=(1, 2)),
    "ceil": Function(_rounding(ROUND_CEILING), ("number", "number"), "number", counts=(1, 2)),
    "abs": Function(_abs, ("number",), "number"),
    "number": Function(_number, ("any",), "number"),
    "words": Function(_words, ("number",), "text"),
}
