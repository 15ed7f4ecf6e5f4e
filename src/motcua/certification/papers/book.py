"""Sổ chứng thực on paper and as an Excel table; lời chứng of an electronic copy."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import pikepdf
import xlsxwriter

from motcua.certification.models import CertificationBook
from motcua.certification.queries import BookLine
from motcua.certification.terms import BookKind
from motcua.deadlines.terms import VIET_NAM
from motcua.files.paper_process import render_apart
from motcua.files.papers import render

HEADS: Final = (
    "Số chứng thực", "Ngày, tháng", "Họ tên người yêu cầu", "Giấy tờ của người yêu cầu", "Tên giấy tờ",
    "Người ký chứng thực", "Số trang", "Số bản", "Phí, lệ phí (đồng)", "Ghi chú",
)  # fmt: skip
_WIDTHS: Final = (10, 12, 26, 18, 44, 24, 8, 8, 14, 60)
_WHAT: Final = {
    BookKind.COPY: "Tên của bản chính giấy tờ, văn bản",
    BookKind.SIGNATURE: "Giấy tờ, văn bản có chữ ký được chứng thực",
    BookKind.CONTRACT: "Tên hợp đồng, giao dịch",
}
_BOOK, _TESTIMONY = "certification/papers/templates/book.typ", "certification/papers/templates/testimony.typ"


def print_book(book: CertificationBook, lines: Iterable[BookLine], *, at: datetime) -> bytes:
    """Return the book as PDF, in the prescribed columns (form from memory), with its closing when it is closed."""
    data = {
        "issued_at": at.isoformat(),
        "agency_name": book.agency.name,
        "title": f"Sổ chứng thực {BookKind(book.kind).label.lower()}",
        "trace": f"Sổ chứng thực {book.title}, in lúc {_moment(at)}",
        "book": book.title,
        "year": str(book.year),
        "what": _WHAT[BookKind(book.kind)],
        "lines": [_printed(line) for line in lines],
        "closing": _closing(book),
    }
    return render_apart(_BOOK, data, tagged=False)


def write_book(book: CertificationBook, lines: Iterable[BookLine]) -> bytes:
    """Return the book as an Excel table; corrections stand in the note, with what stood there before."""
    target = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    sheets = xlsxwriter.Workbook(target, {"in_memory": True, **plain})
    title = sheets.add_format({"bold": True, "font_size": 14})
    bold = sheets.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    cell = sheets.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    page = sheets.add_worksheet("Sổ chứng thực")
    page.write_string(0, 0, f"SỔ CHỨNG THỰC {BookKind(book.kind).label.upper()} – quyển số {book.title}", title)
    page.write_string(1, 0, book.agency.name)
    for place, head in enumerate(HEADS):
        page.write_string(3, place, head, bold)
    row = 3
    for row, line in enumerate(lines, start=4):
        _write(page, row, line, cell)
    page.write_string(row + 2, 0, _closing(book))
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)
    page.freeze_panes(4, 1)
    sheets.close()
    return target.getvalue()


def _write(page: Any, row: int, line: BookLine, cell: Any) -> None:
    who = (line.requester_name, line.requester_number, line.paper_name, line.certifier_name)
    counts = (int(line.pages), int(line.copies), line.fee)
    for place, value in enumerate((line.number, _day(line.day), *who, *counts, _note(line))):
        if isinstance(value, int):
            page.write_number(row, place, value, cell)
        else:
            page.write_string(row, place, value, cell)


def _printed(line: BookLine) -> Sequence[str]:
    who = "\n".join(filter(None, [line.requester_name, line.requester_number]))
    fee = f"{line.fee:,}".replace(",", ".") if line.fee else ""
    first = (str(line.number), _day(line.day), who, line.paper_name, line.certifier_name)
    return (*first, line.pages, line.copies, fee, _note(line))


def _note(line: BookLine) -> str:
    said = [
        f"Đính chính {one.get_field_display().lower()} {_day(one.corrected_at)}: trước ghi “{one.before}”, {one.reason}"
        for one in line.corrections
    ]
    return "; ".join(filter(None, [line.note, *said]))


def _closing(book: CertificationBook) -> str:
    if book.closed_at is None:
        return "Sổ đang mở."
    count = book.closing_count or 0
    said = f"Khóa sổ lúc {_moment(book.closed_at)}: {count} việc, số cuối {book.last}."
    return f"{said} Người khóa sổ: {book.closed_by_name}."


def _day(at: datetime) -> str:
    return f"{at.astimezone(VIET_NAM):%d/%m/%Y}"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(VIET_NAM):%H:%M ngày %d/%m/%Y}"


@dataclass(frozen=True, slots=True)
class Testimony:
    """What lời chứng says: the number and its book, the paper, who asks, which agency, who signs in which office."""

    number: int
    book: str
    paper_name: str
    pages: str
    requester: str
    agency_name: str
    signer_name: str
    signer_title: str


def with_testimony(copy: bytes, said: Testimony, *, at: datetime) -> bytes:
    """Return the copy with lời chứng as its last page; before any signature. Ends in a line feed (PDF/A)."""
    day = at.astimezone(VIET_NAM)
    data = {
        "issued_at": at.isoformat(),
        "agency_name": said.agency_name,
        "trace": f"Số chứng thực {said.number}, quyển số {said.book}",
        "paper_name": said.paper_name,
        "pages": said.pages,
        "number": str(said.number),
        "book": said.book,
        "requester": said.requester,
        "day": f"{day:%d}",
        "month": f"{day:%m}",
        "year": f"{day:%Y}",
        "signer_name": said.signer_name,
        "signer_title": said.signer_title,
    }
    page = render(_TESTIMONY, data, tagged=False)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(copy)) as joined, pikepdf.open(io.BytesIO(page)) as last:
        joined.pages.extend(last.pages)
        joined.save(out)
    return out.getvalue() + b"\n"
