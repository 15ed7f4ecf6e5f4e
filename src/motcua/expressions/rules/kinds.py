"""What is known of a value before there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from motcua.expressions.terms import Kind


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind; for lists also the kind of the members."""

    kind: Kind
    of: Kind = "any"


ANYTHING = Shape("any")


def literal(value: Decimal | str | bool | None) -> Shape:  # noqa: FBT001 (a value of the language)
    """The shape of a value that is written in the expression."""
    if isinstance(value, bool):
        return Shape("boolean")
    if isinstance(value, Decimal):
        return Shape("number")
    return Shape("text") if isinstance(value, str) else ANYTHING


def fits(found: Shape, wanted: Kind) -> bool:
    """Whether a value of this shape may stand where that kind is wanted."""
    if "any" in {found.kind, wanted} or found.kind == wanted:
        return True
    return wanted == "list" and found.kind == "rows"


def name_shape(path: tuple[str, ...], known: Mapping[str, Kind]) -> Shape | None:
    """Return what a name stands for; None if nothing of that name is known.

    A column of a table is the list of its cells; a group (the part before the dots) may be named as a whole.
    """
    dotted = ".".join(path)
    above = _kind_above(path, known)
    if dotted in known:
        return Shape("list", known[dotted]) if above == "rows" else Shape(known[dotted])
    below = f"{dotted}."
    if any(name.startswith(below) for name in known):
        return ANYTHING
    if above == "rows" and not _has_columns(path, known):
        return Shape("list")
    return ANYTHING if above == "any" else None


def _kind_above(path: tuple[str, ...], known: Mapping[str, Kind]) -> Kind | None:
    """The kind of the nearest part before the dots that is known."""
    for length in range(len(path) - 1, 0, -1):
        if kind := known.get(".".join(path[:length])):
            return kind
    return None


def _has_columns(path: tuple[str, ...], known: Mapping[str, Kind]) -> bool:
    tables = [".".join(path[:length]) for length in range(1, len(path))]
    return any(name.startswith(f"{table}.") for table in tables if known.get(table) == "rows" for name in known)
