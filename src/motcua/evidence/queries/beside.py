"""Other rooms' tables, compared with what the journal says acts made of them; rooms above bring their own comparing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.evidence.terms import Finding


@dataclass(frozen=True, slots=True)
class Beside:
    """How tables of a room are compared.

    `check` yields what differs; `tell(code)` what a bundle says of one dossier ("": all): {"object", "code", "last"
    (id of the newest line of the journal about it), "rows": {row: {column: value}}}; `words` names rows and columns;
    `untold` counts things that are older than the journal's word about them.
    """

    check: Callable[[], Iterable[Finding]]
    tell: Callable[[str], Iterable[dict[str, Any]]]
    words: Callable[[], Mapping[str, str]]
    untold: Callable[[], int]


_rooms: dict[str, Beside] = {}


def compare_too(name: str, room: Beside) -> None:
    """Let every check and every bundle look at these tables too; called when Django is ready, safe to call again."""
    _rooms[name] = room


def check_beside() -> Iterator[Finding]:
    """Yield what differs in the tables of other rooms."""
    for room in _rooms.values():
        yield from room.check()


def count_untold() -> int:
    """Return how many things no line of the journal tells whole."""
    return sum(room.untold() for room in _rooms.values())


def rows_beside(code: str) -> Iterator[dict[str, Any]]:
    """Yield the rows for a bundle."""
    for room in _rooms.values():
        yield from room.tell(code)


def words_beside() -> dict[str, str]:
    """Return the names of rows and columns."""
    return {name: words for room in _rooms.values() for name, words in room.words().items()}
