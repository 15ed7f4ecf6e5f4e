"""What the journal says that the rows of a dossier hold, beside what they hold."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from motcua.evidence.terms import FindingKind

#: The dossier's own row; others are «model id» ("move 12").
OWN: Final = "dossier"
Columns = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal about a dossier: who did what, when, and what it made of the rows (none: None)."""

    about: Mapping[str, Any]
    rows: Mapping[str, Columns | None] | None


@dataclass(frozen=True, slots=True)
class Difference:
    """One row or column that is not what the journal says; `about` is the act that wrote it last, or came after."""

    kind: FindingKind
    row: str
    column: str = ""
    said: Any = None
    now: Any = None
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Told:
    """What the lines so far say."""

    rows: dict[str, dict[str, tuple[Any, Mapping[str, Any]]] | None] = field(default_factory=dict)

    def take(self, line: Line) -> Iterator[Difference]:
        """Take in what an act made; yield what it found otherwise than the acts before had left it."""
        for row, said in (line.rows or {}).items():
            if said is None:
                self.rows[row] = None
                continue
            known = self.rows.get(row) or {}
            self.rows[row] = known
            for column, value in said.items():
                before, after = value if isinstance(value, list) else (value, value)
                if column in known and known[column][0] != before:
                    yield Difference(FindingKind.ROW_BETWEEN, row, column, known[column][0], before, line.about)
                known[column] = (after, line.about)


def differences(lines: Iterable[Line], rows: Mapping[str, Columns]) -> list[Difference]:
    """Compare rows with what the lines (in order) say; a dossier that no line ever told whole may have more rows."""
    told = _Told()
    found = [one for line in lines for one in told.take(line)]
    is_whole = "code" in (told.rows.get(OWN) or {})
    for row, columns in rows.items():
        known = told.rows.get(row)
        if known is None:
            if is_whole or row in told.rows:
                found.append(Difference(FindingKind.ROW_ADDED, row))
            continue
        for column, (said, about) in known.items():
            if column in columns and columns[column] != said:
                found.append(Difference(FindingKind.ROW_CHANGED, row, column, said, columns[column], about))
    for row, known in told.rows.items():
        if known is not None and row not in rows:
            about = next((about for _said, about in known.values()), {})
            found.append(Difference(FindingKind.ROW_GONE, row, about=about))
    return found


def is_told_whole(lines: Iterable[Line]) -> bool:
    """Tell whether some act told the whole row of the dossier: all since carry the journal's word."""
    return any("code" in ((line.rows or {}).get(OWN) or {}) for line in lines)
