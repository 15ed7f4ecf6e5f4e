"""Opening workbooks that people hand in: bounded before the reader of Excel files gives room to every cell."""

import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_CELLS = 5_000_000
_MOST_SHEETS = 100
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
#: A cell that holds something: its column and row.
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>(?!</)')
_SIZE = re.compile(rb"<(?:\w+:)?dimension[^>]*/>")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    CalamineError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    IndexError,
)


class WorkbookError(ValueError):
    """A file that is no workbook, is broken, or would need too much room; `str()` says so in Vietnamese."""


def read_workbook(content: bytes) -> dict[str, list[list[Any]]]:
    """Return the rows of each sheet of a workbook (.xlsx or .xls), empty ones included, in order. Raises WorkbookError.

    A sheet is a rectangle to its reader: two cells in far corners ask for room for all between them. So the corners
    are looked at first. What a sheet says of its own size is left aside: old office programs write it wrongly.
    """
    try:
        if content.startswith(_ZIP):
            return _rows(_bounded(content))
        if content.startswith(_OLD_EXCEL):
            return _rows(content)
    except WorkbookError:
        raise
    except _BROKEN as error:
        raise WorkbookError("Không mở được bảng tính; tệp bị hỏng hoặc có mật khẩu.") from error
    raise WorkbookError("Tệp không phải bảng tính Excel (.xlsx, .xls).")


def _rows(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _bounded(content: bytes) -> bytes:
    """The same workbook without the sheets' words on their sizes; refuses what is too large."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        names = {item.filename for item in source.infolist()}
        if "xl/workbook.xml" not in names:
            raise WorkbookError("Tệp không phải bảng tính Excel (.xlsx, .xls).")
        cells = 0
        for name, data in _parts(source):
            if not _SHEET.match(name):
                target.writestr(name, data)
                continue
            cells += _cells_of(data)
            if cells > MOST_CELLS:
                raise WorkbookError("Bảng tính có ô nằm quá xa; hãy chép phần cần dùng sang một bảng tính mới.")
            target.writestr(name, _SIZE.sub(b"", data, count=1))
    return made.getvalue()


def _parts(source: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    left = LARGEST_UNPACKED
    for number, item in enumerate(source.infolist()):
        with source.open(item) as part:
            data = part.read(left + 1)
        left -= len(data)
        if left < 0 or number > _MOST_SHEETS * 10:
            raise WorkbookError("Bảng tính quá lớn; hãy chia thành nhiều tệp nhỏ hơn.")
        yield item.filename, data


def _cells_of(data: bytes) -> int:
    """How many cells the rectangle of the sheet has."""
    rows = columns = 0
    for found in _CELL.finditer(data):
        rows, columns = max(rows, int(found[2])), max(columns, _number_of(found[1]))
    return rows * columns


def _number_of(column: bytes) -> int:
    """The number of a column: A is 1, XFD is 16384."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number
