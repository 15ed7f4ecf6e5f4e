"""Reading a bank's statement: which column is which, and rows as they really come."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from motcua.kernel.text import clean, fold

#: What a column means → words its header may hold (folded), the surest first.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "on": ("ngay giao dich", "ngay gd", "transaction date", "ngay hach toan", "posting date", "ngay", "date"),
    "credit": ("so tien ghi co", "phat sinh co", "ghi co", "tien vao", "credit", "co", "so tien", "amount"),
    "text": ("noi dung giao dich", "noi dung", "dien giai", "mo ta", "description", "remark", "details"),
    "number": ("so giao dich", "ma giao dich", "so but toan", "so ct", "so chung tu", "reference", "ref", "trace"),
}
FIELDS = tuple(_HEADERS)
NEEDED = frozenset({"on", "credit", "text"})
_DAY = re.compile(r"^(\d{1,2})[/\-.](\d{1,2})[/\-.](\d{4}|\d{2})(?:[ T].*)?$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")
_MONEY = re.compile(r"^\+?(\d+|\d{1,3}(?:[.,\s]\d{3})+)(?:[.,]00?)?$")
_CENTURY = 100
_HEADER_ROWS = 30


@dataclass(frozen=True, slots=True)
class BankRow:
    """One credit of a statement; `row` is its number in the file, `amount` đồng.

    `twin` counts rows before it that say the same, where the bank gives no transaction number to tell them apart.
    """

    row: int
    on: date
    amount: int
    text: str
    number: str
    twin: int = 0


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was not understood, and why."""

    row: int
    why: str


def guess_columns(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return the row of the header and which column is what, the best of the first 30 rows (merged titles above)."""
    best: tuple[int, dict[str, int]] = (0, {})
    for place, row in enumerate(rows[:_HEADER_ROWS]):
        found = _columns_in([fold(cell) for cell in row])
        if len(found) > len(best[1]):
            best = (place, found)
    return best


def _columns_in(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for field, words in _HEADERS.items():
        for word in words:
            place = next((at for at, cell in enumerate(header) if at not in found.values() and _says(cell, word)), None)
            if place is not None:
                found[field] = place
                break
    return found


def _says(cell: str, word: str) -> bool:
    return cell == word if len(word) <= len("co") else word in cell


def read_rows(
    rows: Sequence[Sequence[str]], header: int, columns: Mapping[str, int]
) -> tuple[list[BankRow], list[BadRow]]:
    """Return the credits and what was not understood; empty rows, debits and sums at the end are left out."""
    good, bad = [], []
    for place, row in enumerate(rows[header + 1 :], start=header + 2):
        cells = {field: clean(row[at]) if at < len(row) else "" for field, at in columns.items()}
        if not cells["on"] or not cells["credit"] or cells["credit"] in {"0", "-", "0.00", "0,00"}:
            continue
        try:
            good.append(_row_of(place, cells))
        except ValueError as error:
            bad.append(BadRow(place, str(error)))
    return _told_apart(good), bad


def _told_apart(rows: Sequence[BankRow]) -> list[BankRow]:
    """Two equal rows without a transaction number are two transfers: whoever paid twice gets one back."""
    seen: Counter[str] = Counter()
    found = []
    for row in rows:
        mark = fingerprint("", row)
        found.append(row if row.number else replace(row, twin=seen[mark]))
        seen[mark] += 1
    return found


def _row_of(place: int, cells: Mapping[str, str]) -> BankRow:
    return BankRow(place, day_of(cells["on"]), money_of(cells["credit"]), cells["text"], cells.get("number", ""))


def day_of(text: str) -> date:
    """Return a day written 31/12/2026, 31-12-26 or 2026-12-31, with or without a time; raises ValueError in words."""
    iso, usual = _ISO.match(text), _DAY.match(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif usual:
        day, month, year = (int(part) for part in usual.groups())
        year += 2000 if year < _CENTURY else 0
    else:
        raise ValueError(f"Không đọc được ngày «{text}».")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Không có ngày «{text}».") from None


def money_of(text: str) -> int:
    """Return đồng written 1.250.000, 1,250,000.00, +50 000 or 50000 VND; raises ValueError in words."""
    bare = re.sub(r"(?i)\s*(vnd|vnđ|đ|đồng)$", "", text).strip()
    found = _MONEY.match(bare)
    if not found:
        raise ValueError(f"Không đọc được số tiền «{text}».")
    return int(re.sub(r"\D", "", found.group(1)))


def fingerprint(account: str, row: BankRow) -> str:
    """Return the mark by which a line is known again in any later file of the account."""
    squeezed = re.sub(r"\s+", "", fold(row.text))
    twin = [str(row.twin)] if row.twin else []
    said = "|".join([account, row.on.isoformat(), str(row.amount), fold(row.number), squeezed, *twin])
    return hashlib.sha256(said.encode()).hexdigest()


def cell_text(value: object) -> str:
    """Return a cell as text: days as dd/mm/yyyy, whole numbers without a fraction."""
    if isinstance(value, date | datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
