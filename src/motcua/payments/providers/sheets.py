"""Files of banks as rows of texts: Excel (any kind calamine reads) and CSV in its many shapes."""

import csv
import io

from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.workbooks import WorkbookError, read_workbook
from motcua.payments.rules.statement import cell_text

_MOST_ROWS = 20_000
_LARGEST = 10 * 1024 * 1024


def rows_of(content: bytes, name: str) -> list[list[str]]:
    """Return the rows of the first sheet or of the CSV; raises Invalid in words when it cannot be read."""
    if len(content) > _LARGEST:
        raise Invalid(Problem("too_large", "Tệp sao kê quá 10 MB; hãy xuất ít ngày hơn.", "file"))
    rows = _csv(content) if name.lower().endswith((".csv", ".txt")) else _excel(content)
    if not rows:
        raise Invalid(Problem("empty", "Tệp sao kê không có dòng nào.", "file"))
    if len(rows) > _MOST_ROWS:
        raise Invalid(Problem("too_large", "Tệp sao kê quá 20.000 dòng; hãy xuất ít ngày hơn.", "file"))
    return rows


def _excel(content: bytes) -> list[list[str]]:
    try:
        sheets = list(read_workbook(content).values())
        return [[cell_text(cell) for cell in row] for row in sheets[0]] if sheets else []
    except WorkbookError as error:
        message = f"{error} Hãy tải lên tệp Excel (.xlsx, .xls) hoặc CSV của ngân hàng."
        raise Invalid(Problem("unreadable", message, "file")) from error


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1258", errors="replace")
    if "\x00" in text:
        raise Invalid(Problem("unreadable", "Không đọc được tệp CSV này; hãy xuất lại dạng Excel.", "file"))
    head = text[:4096]
    delimiter = max(",;\t|", key=head.count)
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
