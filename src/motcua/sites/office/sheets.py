"""Excel tables out: templates to fill in, lists to keep. Every cell that people typed is written as text."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from motcua.agencies.rules.sheets import Column
from motcua.files.web.download import content_disposition

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Nothing typed becomes a formula, a number or a link: a cell that begins with "=" stays the text it is.
PLAIN: Final = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_EMPTY_ROWS: Final = 500


@dataclass(frozen=True, slots=True)
class Guide:
    """What a template says of one column: how to fill it in, and the values to choose from."""

    text: str
    values: Sequence[str] = ()
    several: bool = False


def template_of(columns: Sequence[Column], guides: dict[str, Guide], *, sheet: str) -> bytes:
    """Return an empty table with its header, lists to choose from, and a second sheet that explains each column."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **PLAIN})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "bottom": 1, "text_wrap": True, "valign": "top"})
    as_text = book.add_format({"num_format": "@"})
    table = book.add_worksheet(sheet)
    table.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        table.set_column(place, place, max(16, len(column.header) + 4), as_text)
        table.write_string(0, place, column.header + (" *" if column.required else ""), bold)
        guide = guides.get(column.key, Guide(""))
        if guide.values and not guide.several:
            table.data_validation(1, place, _EMPTY_ROWS, place, _choice(guide.values))
    _explain(book, bold, columns, guides)
    book.close()
    return buffer.getvalue()


def _choice(values: Sequence[str]) -> dict[str, Any]:
    title = "Chưa có trong danh sách"
    message = "Hãy chọn một giá trị trong danh sách."
    return {"validate": "list", "source": list(values), "error_title": title, "error_message": message}


def _explain(book: Any, bold: Any, columns: Sequence[Column], guides: dict[str, Guide]) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet("Hướng dẫn")
    page.set_column(0, 1, 24, wrap)
    page.set_column(2, 2, 90, wrap)
    for place, header in enumerate(("Cột", "Bắt buộc", "Cách ghi")):
        page.write_string(0, place, header, bold)
    for number, column in enumerate(columns, start=1):
        guide = guides.get(column.key, Guide(""))
        values = f" Các giá trị: {'; '.join(guide.values)}." if guide.values else ""
        page.write_string(number, 0, column.header, wrap)
        page.write_string(number, 1, "Có" if column.required else "", wrap)
        page.write_string(number, 2, f"{guide.text}{values}".strip(), wrap)


def table_of(title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a list as an Excel file: `title` and the day above, then header and rows; days and moments in words."""
    buffer = io.BytesIO()
    write_table(buffer, title, headers, rows)
    return buffer.getvalue()


def write_table(target: Any, title: str, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a list as an Excel file into an open binary file, holding one row in memory."""
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **PLAIN})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF7", "bottom": 1})
    large = book.add_format({"bold": True, "font_size": 14})
    page = book.add_worksheet("Danh sách")
    page.set_column(0, len(headers) - 1, 24)
    page.write_string(0, 0, title, large)
    page.write_string(1, 0, f"Lập lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}")
    for place, header in enumerate(headers):
        page.write_string(3, place, header, bold)
    page.freeze_panes(4, 0)
    for number, row in enumerate(rows, start=4):
        for place, value in enumerate(row):
            if isinstance(value, int) and not isinstance(value, bool):
                page.write_number(number, place, value)
            else:
                page.write_string(number, place, cell(value))
    book.close()


def cell(value: object) -> str:
    """Return a value as text: moments and days as they are written in Vietnam."""
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M:%S %d/%m/%Y}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value if value is not None else "")


def excel_response(content: bytes, name: str) -> HttpResponse:
    """Return an Excel file to download."""
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = content_disposition(name, inline=False)
    response["Cache-Control"] = "private, no-store"
    return response
