"""Names of people as readers of scans give them: marks are what they get wrong most ("NGUYÊN" for "NGUYỄN")."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from motcua.kernel.text import fold

#: So little is a name trusted whose family name is not known, or was only known without its marks.
_UNKNOWN, _MENDED = 0.8, 0.6


@cache
def family_names() -> Mapping[str, frozenset[str]]:
    """Return the known family names by their letters without marks."""
    text = files("motcua.scanning").joinpath("data", "family_names.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            found.setdefault(fold(line), set()).add(line)
    return {key: frozenset(names) for key, names in found.items()}


def likely_name(read: str) -> tuple[str, float]:
    """Return a name as it probably stands on the paper, and how far that is to be trusted (0–1).

    A family name that differs from a known one only in its marks is given its marks, and not trusted: the clerk looks.
    """
    first, _space, rest = read.partition(" ")
    known = family_names().get(fold(first), frozenset())
    if first.casefold() in {one.casefold() for one in known}:
        return read, 1.0
    if len(known) != 1:
        return read, _UNKNOWN
    (meant,) = known
    return f"{meant.upper() if first.isupper() else meant} {rest}".strip(), _MENDED
