"""Reading tables that people filled in in Excel: header in Vietnamese, one thing a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean, fold
from motcua.kernel.workbooks import WorkbookError, read_workbook

MOST_ROWS = 20_000
_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in code, its header, whether a table without it makes no sense."""

    key: str
    header: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One filled row: its number as Excel shows it, and its cells by column key, as clean text."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")

    def located(self, problem: Problem) -> Problem:
        """The problem with the row's number in front, `field` as `row.5.name`."""
        message = f"Dòng {self.number}: {problem.message}"
        return Problem(problem.code, message, f"row.{self.number}.{problem.field}".rstrip("."), problem.basis)


def read_table(content: bytes, columns: Sequence[Column], *, sheet: str = "") -> list[Row]:
    """The rows under the header (within the first ten rows) of the named sheet, else the first; raises Invalid."""
    raw = _raw_rows(_open(content), sheet)
    start, places = _find_header(raw, columns)
    rows = []
    for number, values in enumerate(raw[start + 1 :], start=start + 2):
        cells = {key: cell_text(values[place]) for key, place in places.items() if place < len(values)}
        if any(cells.values()):
            rows.append(Row(number, cells))
    if not rows:
        raise Invalid(Problem("table_empty", "Bảng không có dòng dữ liệu nào dưới dòng tiêu đề.", "file"))
    if len(rows) > MOST_ROWS:
        message = f"Bảng có {len(rows)} dòng; mỗi lần nhập tối đa {MOST_ROWS} dòng."
        raise Invalid(Problem("table_too_long", message, "file"))
    return rows


def has_sheet(content: bytes, name: str) -> bool:
    """Whether the workbook has a sheet of that name, whatever its accents and case; raises Invalid."""
    return any(fold(found) == fold(name) for found in _open(content))


def _open(content: bytes) -> dict[str, list[list[Any]]]:
    try:
        found = read_workbook(content)
    except WorkbookError as error:
        message = f"{error} Hãy gửi tệp Excel (.xlsx), trang tính đầu tiên chứa bảng."
        raise Invalid(Problem("table_unreadable", message, "file")) from error
    if not found:
        raise Invalid(Problem("table_empty", "Tệp Excel không có trang tính nào.", "file"))
    return found


def _raw_rows(sheets: dict[str, list[list[Any]]], sheet: str) -> list[list[Any]]:
    names = list(sheets)
    return sheets[next((name for name in names if fold(name) == fold(sheet)), names[0])]


def _find_header(raw: list[list[Any]], columns: Sequence[Column]) -> tuple[int, dict[str, int]]:
    wanted = {fold(column.header): column for column in columns}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, values in enumerate(raw[:_HEADER_WITHIN]):
        titles = [fold(cell_text(value)).rstrip(" *") for value in values]
        places = {wanted[title].key: place for place, title in enumerate(titles) if title in wanted}
        if len(places) > len(best[1]):
            best = number, places
    missing = [column.header for column in columns if column.required and column.key not in best[1]]
    if missing:
        message = f"Bảng thiếu cột: {', '.join(missing)}. Dòng tiêu đề phải nằm trong {_HEADER_WITHIN} dòng đầu."
        raise Invalid(Problem("columns_missing", message, "file"))
    return best


def cell_text(value: Any) -> str:
    """A cell as clean text: whole numbers without ".0", days as dd/mm/yyyy."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return clean(str(value)) if value is not None else ""


def day_of(text: str, *, label: str, field: str) -> tuple[date | None, list[Problem]]:
    """A day written dd/mm/yyyy or yyyy-mm-dd (None when empty), and what is wrong with it."""
    if not text:
        return None, []
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date(), []  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    message = f"{label} «{text}» không đúng; hãy viết ngày/tháng/năm, ví dụ 01/07/2025."
    return None, [Problem("day_format", message, field)]


def yes_no(text: str) -> bool:
    """Whether a cell says yes: "Có", "x", "1", "true"."""
    return fold(text) in {"co", "x", "1", "true", "yes", "dung"}
