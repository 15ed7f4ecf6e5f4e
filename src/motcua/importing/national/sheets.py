"""Rows of an Excel sheet whose header stands somewhere below a motto: it is found by its words."""

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from motcua.importing.national.columns import CODE_WORDS, NAME_WORDS, is_known_column
from motcua.kernel.text import fold
from motcua.kernel.workbooks import WorkbookError, read_workbook

_HEADER_WITHIN = 40
SheetRow = tuple[int | None, dict[str, Any] | None, str]


def sheet_rows(path: Path) -> Iterator[SheetRow]:
    """Yield (row number, cells by their column's title, "") of every sheet with a header; or a fault of the file."""
    try:
        sheets = read_workbook(path.read_bytes())
    except (WorkbookError, OSError) as error:
        yield None, None, f"Không mở được tệp Excel: {error}"
        return
    found = False
    for cells in sheets.values():
        place = header_place(cells)
        if place is not None:
            found = True
            yield from _rows_below(cells, place)
    if not found:
        yield None, None, "Không thấy dòng tiêu đề có cột mã số và tên thủ tục."


def header_place(cells: Sequence[Sequence[Any]]) -> int | None:
    """Index of the header: the row with a column for the name and at least one other known column."""
    for place, row in enumerate(itertools.islice(cells, _HEADER_WITHIN)):
        titles = [fold(str(cell)) for cell in row if str(cell).strip()]
        known = sum(is_known_column(title) for title in titles)
        if any(title in NAME_WORDS for title in titles) and known > 1:
            return place
    return None


def _rows_below(cells: Sequence[Sequence[Any]], place: int) -> Iterator[SheetRow]:
    titles = [str(cell).strip() for cell in cells[place]]
    for offset, row in enumerate(cells[place + 1 :], start=place + 2):
        texts = [_text(cell, title) for cell, title in itertools.zip_longest(row, titles, fillvalue="")]
        if any(text.strip() for text in texts):
            yield offset, _by_title(titles, texts), ""


def _by_title(titles: list[str], texts: list[str]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for place, text in enumerate(texts):
        title = (titles[place] if place < len(titles) else "") or f"Cột {place + 1}"
        if title in named:
            title = f"{title} ({place + 1})"
        named[title] = text
    return named


def _text(cell: Any, title: str) -> str:
    """A cell in words; a code that Excel took for a number gets its six decimals back (1.00197 is 1.001970)."""
    if isinstance(cell, float):
        if fold(str(title)) in CODE_WORDS:
            return f"{cell:.6f}"
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell)
