"""Words of the room."""

from dataclasses import dataclass, field
from typing import Literal

Result = Literal["taken", "changed", "unchanged", "refused"]

#: Shapes a national record comes in, the richest first; a poorer one never replaces what a richer one said.
Kind = Literal["exchange", "portal", "tables", "archive", "list"]
KIND_LABELS: dict[Kind, str] = {
    "exchange": "Bản ghi LayThuTuc của Cổng Dịch vụ công quốc gia",
    "portal": "Bản ghi đầy đủ của Cổng Dịch vụ công quốc gia",
    "tables": "Bản ghi có bảng tách sẵn",
    "archive": "Bản ghi của cổng cũ",
    "list": "Danh sách xuất từ cổng",
}
KIND_RANK: dict[Kind, int] = {"exchange": 3, "portal": 3, "tables": 3, "archive": 2, "list": 1}


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a parser could not read, or only with doubt: where, a stable code, and why in Vietnamese."""

    field: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of a report: what became of a row and why. `row` counts as the file does; None is the file itself."""

    row: int | None
    code: str
    result: str
    field: str
    reason: str
    reason_code: str = ""


@dataclass(slots=True)
class Report:
    """What became of a file: `taken + changed + unchanged + refused` is the number of its rows.

    `flagged` counts rows taken in with something kept as text; `faults` says the file could not be read to its end.
    """

    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    flagged: int = 0
    faults: int = 0
    reasons: list[Reason] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the file had."""
        return self.taken + self.changed + self.unchanged + self.refused

    def count(self, result: Result) -> None:
        """Note the result of one more row."""
        setattr(self, result, getattr(self, result) + 1)
