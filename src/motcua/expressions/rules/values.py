"""Facts as the language sees them: whatever came in, only plain bounded values go on; all else is unknown (None)."""

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from motcua.expressions.terms import LOCAL, LONGEST_LIST, LONGEST_RESULT, MOST_DIGITS, Value

#: Enough digits for every bounded number; nothing is trapped: what cannot be computed is no number, hence unknown.
ARITHMETIC = Context(prec=2 * MOST_DIGITS + 4, rounding=ROUND_HALF_UP, traps=[])
_SMALLEST = Decimal(1).scaleb(-MOST_DIGITS)
_MOST_BITS = 128


def plain(fact: object) -> Value:
    """Return the fact as a value; numbers become Decimal, tuples lists, naive moments local ones."""
    if isinstance(fact, list | tuple):
        return listed(fact)
    return _single(fact)


def _single(fact: object) -> Value:
    if fact is None or isinstance(fact, bool | Mapping):
        return fact
    if isinstance(fact, str):
        return composed(str(fact))
    if isinstance(fact, int | float | Decimal):
        return number(fact)
    if isinstance(fact, date):
        return moment(fact) if isinstance(fact, datetime) else fact
    return None


def number(fact: float | Decimal) -> Decimal | None:
    """Return a finite number below 10^30, rounded half up to 30 decimals; None for any other."""
    if isinstance(fact, int) and fact.bit_length() > _MOST_BITS:
        return None
    found = Decimal(repr(fact)) if isinstance(fact, float) else Decimal(fact)
    if not found:
        return Decimal(0)
    if not found.is_finite() or found.adjusted() >= MOST_DIGITS:
        return None
    exponent = found.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MOST_DIGITS:
        found = found.quantize(_SMALLEST, context=ARITHMETIC)
    return found if found else Decimal(0)


def whole(value: Value, most: int) -> int | None:
    """Return a whole number between -most and most; None for anything else."""
    if not isinstance(value, Decimal) or value.copy_abs() > most or value != value.to_integral_value():
        return None
    return int(value)


def moment(fact: datetime) -> datetime | None:
    """Return the moment in the time of Việt Nam; None at the ends of the calendar, where there is none."""
    try:
        return fact.replace(tzinfo=LOCAL) if fact.tzinfo is None else fact.astimezone(LOCAL)
    except (OverflowError, ValueError):
        return None


def day(value: Value) -> date | None:
    """Return the day of a date or moment; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def listed(items: Iterable[object]) -> Value:
    """Return a flat list of values: lists within it are laid out, deeper ones unknown; None if it is too long."""
    found: list[Value] = []
    for item in items:
        if isinstance(item, list | tuple):
            found += [_single(one) for one in item[: LONGEST_LIST + 1]]
        else:
            found.append(_single(item))
        if len(found) > LONGEST_LIST:
            return None
    return found


def written(result: str) -> str | None:
    """Return a computed text, composed (NFC); None if it is too long."""
    return composed(result) if len(result) <= LONGEST_RESULT else None


def composed(text: str) -> str:
    """Return the text in its composed form (NFC), so that equal texts are equal."""
    return unicodedata.normalize("NFC", text)


def fact_at(facts: Mapping[str, object], path: tuple[str, ...]) -> Value:
    """Return what stands at the path: through nested mappings, and through rows as the list of one column.

    A key written with its dots ("child.born") is taken first.
    """
    dotted = ".".join(path)
    if dotted in facts:
        return plain(facts[dotted])
    found: object = facts
    for key in path:
        found = _below(found, key)
    return plain(found)


def _below(found: object, key: str) -> object:
    if isinstance(found, Mapping):
        return found.get(key)
    if isinstance(found, list | tuple):
        rows = listed(found)
        if isinstance(rows, list):
            return listed(row.get(key) if isinstance(row, Mapping) else None for row in rows)
    return None
