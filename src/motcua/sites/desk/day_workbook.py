"""Đối soát ngày as a workbook: the sums and differences on the first sheet, the book they come from on the second."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter
from django.utils import timezone

from motcua.payments.queries.daily import Difference
from motcua.payments.queries.day_book import BookRow, Figure, Figures
from motcua.sites.office.sheets import PLAIN

_SUMS = ("", "Đã thu (đồng)", "Đã hoàn (đồng)", "Còn lại (đồng)")
_DIFFERENCES = ("Nơi", "Mã hồ sơ", "Số tiền (đồng)", "Chênh lệch", "Việc phải làm")
_BOOK = (
    ("Lúc", 8), ("Mã hồ sơ", 24), ("Người nộp, người nhận", 28), ("Việc", 22), ("Loại", 9),
    ("Cách nộp, cách hoàn", 26), ("Số biên lai", 12), ("Số tiền (đồng)", 16), ("Người ghi", 24),
)  # fmt: skip
_AMOUNT = 7


def day_workbook(
    unit_name: str, day: date, figures: Figures, found: Sequence[Difference], rows: Sequence[BookRow]
) -> bytes:
    """Return the .xlsx; sums are written as numbers, what people typed as text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **PLAIN})
    formats = {
        "bold": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "money": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "total": book.add_format({"num_format": "#,##0", "bold": True, "top": 1}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 13}),
    }
    _first_sheet(book.add_worksheet("Đối soát"), formats, f"Đối soát ngày {day:%d/%m/%Y}: {unit_name}", figures, found)
    _second_sheet(book.add_worksheet("Sổ thu"), formats, rows)
    book.close()
    return buffer.getvalue()


def _first_sheet(page: Any, formats: dict[str, Any], title: str, figures: Figures, found: Sequence[Difference]) -> None:
    _lay_out(page)
    page.set_column(0, 0, 32)
    page.set_column(1, 3, 22)
    page.set_column(4, 4, 60)
    page.write_string(0, 0, title, formats["title"])
    top = _sums(page, formats, 2, "Cách nộp, cách hoàn", figures.by_method, figures.total)
    top = _sums(page, formats, top, "Loại khoản", figures.by_kind, figures.total)
    page.write_string(top, 0, f"Chênh lệch: {len(found)}", formats["title"])
    for place, header in enumerate(_DIFFERENCES):
        page.write_string(top + 1, place, header, formats["bold"])
    for number, one in enumerate(found, start=top + 2):
        page.write_string(number, 0, one.place, formats["wrap"])
        page.write_string(number, 1, one.code, formats["wrap"])
        page.write_number(number, 2, one.amount, formats["money"])
        page.write_string(number, 3, one.what, formats["wrap"])
        page.write_string(number, 4, one.advice, formats["wrap"])


def _sums(page: Any, formats: dict[str, Any], top: int, title: str, rows: Sequence[Figure], total: Figure) -> int:
    for place, header in enumerate(_SUMS):
        page.write_string(top, place, header or title, formats["bold"])
    for number, row in enumerate([*rows, total], start=top + 1):
        page.write_string(number, 0, row.label)
        for place, amount in enumerate((row.came, row.back, row.left), start=1):
            page.write_number(number, place, amount, formats["total" if row is total else "money"])
    return top + len(rows) + 3


def _second_sheet(page: Any, formats: dict[str, Any], rows: Sequence[BookRow]) -> None:
    _lay_out(page)
    for place, (header, width) in enumerate(_BOOK):
        page.set_column(place, place, width)
        page.write_string(0, place, header, formats["bold"])
    page.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        texts = {
            0: f"{timezone.localtime(row.at):%H:%M}", 1: row.code, 2: row.payer, 3: row.what, 4: row.fee_kind,
            5: row.method, 6: row.receipt, 8: row.by_name,
        }  # fmt: skip
        for place, text in texts.items():
            page.write_string(number, place, text)
        page.write_number(number, _AMOUNT, row.amount, formats["money"])
    page.write_string(len(rows) + 1, 0, "Cộng", formats["total"])
    page.write_number(len(rows) + 1, _AMOUNT, sum(row.amount for row in rows), formats["total"])


def _lay_out(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
