"""Sổ theo dõi hồ sơ (Mẫu 07) on paper and as an Excel table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import IO, Any, Final

import xlsxwriter

from motcua.agencies.queries import UnitInfo
from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.papers.compose import place_name
from motcua.dossiers.papers.data import Signatory
from motcua.dossiers.papers.lists import ListForm, ListHead, render_long_list
from motcua.dossiers.papers.words import count, short_moment, to_local
from motcua.dossiers.queries.register import RegisterRow, Scope, Standing
from motcua.dossiers.terms import Status

Totals = Sequence[tuple[Standing, int]]
#: Nothing typed becomes a formula, a number or a link.
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
_HEADS: Final = (
    ("TT", 6), ("Mã hồ sơ", 24), ("Tên thủ tục hành chính", 44), ("Số lượng hồ sơ (bộ)", 10),
    ("Tên cá nhân, tổ chức", 30), ("Địa chỉ", 40), ("Số điện thoại", 15), ("Cơ quan chủ trì giải quyết", 34),
    ("Ngày nhận hồ sơ", 17), ("Ngày hẹn trả", 17), ("Ngày trả kết quả", 17), ("Phương thức nhận kết quả", 30),
    ("Người nhận", 26), ("Ký nhận", 10), ("Ghi chú", 26),
)  # fmt: skip
_HEAD_ROW: Final = 4


def print_register(
    scope: Scope,
    rows: Iterable[RegisterRow],
    totals: Totals,
    *,
    at: datetime,
    keeper: str,
    written: Callable[[int], None],
) -> bytes:
    """Return the register as PDF: name of the unit, period, pages, totals by result."""
    unit = unit_by_id(scope.unit_id)
    agency = unit_by_id(unit.agency_id)
    head = ListHead(
        parent_name=agency.name if agency.id != unit.id else _parent_name(agency),
        agency_name=unit.name,
        place=place_name(agency),
        issued_at=at,
        lines=scope_lines(scope),
        totals=[
            ("Tổng số hồ sơ", _thousands(sum(n for _, n in totals))),
            *((s.label, _thousands(n)) for s, n in totals),
        ],
        signers=(Signatory(name=keeper, title="Người lập sổ"), Signatory(title="Lãnh đạo đơn vị")),
    )
    return render_long_list(ListForm.REGISTER, head, map(_printed, rows), written=written)


def _parent_name(agency: UnitInfo) -> str:
    return unit_by_id(agency.parent_id).name if agency.parent_id else ""


def scope_lines(scope: Scope) -> list[str]:
    """Return period and filters in words."""
    lines = [f"Từ ngày {scope.first:%d/%m/%Y} đến ngày {scope.last:%d/%m/%Y}"]
    if scope.domain:
        lines.append(f"Lĩnh vực: {scope.domain}")
    if scope.procedure:
        lines.append(f"Thủ tục: {scope.procedure}")
    if scope.status is not None:
        lines.append(f"Trạng thái: {Status(scope.status).label}")
    return lines


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _printed(row: RegisterRow) -> tuple[str, ...]:
    return (
        row.code,
        row.procedure,
        count(row.set_count),
        row.owner,
        "; ".join(filter(None, [row.address, row.phone])),
        row.agency,
        short_moment(row.received_at),
        short_moment(row.due_at) if row.due_at else "",
        short_moment(row.returned_at) if row.returned_at else "",
        row.channel,
        "Đã ký" if row.is_signed else "",
        row.note,
    )


def write_register(
    target: IO[bytes],
    scope: Scope,
    rows: Iterable[RegisterRow],
    totals: Totals,
    *,
    at: datetime,
    written: Callable[[int], None],
) -> None:
    """Write the register as an Excel table, one row in memory: real dates, head that stays, filters.

    `written` is told after every five hundred rows how many are done.
    """
    book = xlsxwriter.Workbook(target, {"constant_memory": True, **_PLAIN})
    book.set_properties({"title": "Sổ theo dõi hồ sơ", "created": to_local(at).replace(tzinfo=None)})
    page = book.add_worksheet("Sổ theo dõi hồ sơ")
    _write_head(book, page, scope, totals, at)
    moment = book.add_format({"num_format": "hh:mm dd/mm/yyyy", "align": "center", "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(_cells(number, row)):
            _write(page, _HEAD_ROW + number, place, value, moment, wrap)
        if number % 500 == 0:
            written(number)
    page.autofilter(_HEAD_ROW, 0, _HEAD_ROW + max(number, 1), len(_HEADS) - 1)
    book.close()
    written(number)


def _write_head(book: Any, page: Any, scope: Scope, totals: Totals, at: datetime) -> None:
    large, bold = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format(
            {
                "bold": True,
                "bg_color": "#E8EEF7",
                "border": 1,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
            }
        ),
    )
    page.write_string(0, 0, "SỔ THEO DÕI HỒ SƠ", large)
    page.write_string(1, 0, unit_by_id(scope.unit_id).name)
    page.write_string(2, 0, ". ".join([*scope_lines(scope), f"Lập lúc {short_moment(at)}"]))
    sums = "; ".join(f"{one.label}: {_thousands(number)}" for one, number in totals)
    page.write_string(3, 0, f"Tổng số: {_thousands(sum(number for _, number in totals))}. {sums}".strip())
    for place, (title, width) in enumerate(_HEADS):
        page.set_column(place, place, width)
        page.write_string(_HEAD_ROW, place, title, bold)
    page.freeze_panes(_HEAD_ROW + 1, 2)
    page.set_landscape()
    page.set_paper(9)
    page.repeat_rows(_HEAD_ROW)
    page.fit_to_pages(1, 0)
    page.set_footer("&CTrang &P/&N")


def _cells(number: int, row: RegisterRow) -> Iterator[object]:
    yield from (number, row.code, row.procedure, row.set_count, row.owner, row.address, row.phone, row.agency)
    yield from (row.received_at, row.due_at, row.returned_at, row.channel, row.collector)
    yield from ("Đã ký" if row.is_signed else "", row.note)


def _write(page: Any, at_row: int, place: int, value: object, moment: Any, wrap: Any) -> None:
    if isinstance(value, datetime):
        page.write_datetime(at_row, place, to_local(value).replace(tzinfo=None), moment)
    elif isinstance(value, int):
        page.write_number(at_row, place, value, wrap)
    else:
        page.write_string(at_row, place, str(value or ""), wrap)
