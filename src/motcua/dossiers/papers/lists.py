"""Lists across the page: the register (Mẫu 07), results handed to the desk, dossiers handed from unit to unit."""

import io
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Literal

import pikepdf

from motcua.dossiers.papers.data import Signatory
from motcua.dossiers.papers.forms import FormSet, form_set_on
from motcua.dossiers.papers.words import place_and_date, to_local
from motcua.files.paper_process import render_apart
from motcua.files.papers import render

TEMPLATE = "dossiers/papers/templates/lists/list.typ"
_CIRCULARS = {FormSet.TT03_2025: "03/2025/TT-VPCP", FormSet.TT01_2018: "01/2018/TT-VPCP"}
#: Rows set at once: more would take more memory than a small server has.
PART_ROWS = 1500


class ListForm(StrEnum):
    """One kind of list."""

    REGISTER = "register"
    RESULTS = "results"
    HANDOVERS = "handovers"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: head, width in mm (0 takes what is left), how it is aligned."""

    head: str
    width: int = 0
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True)
class ListSpec:
    """Title, official number in each form set ("" for a working form), columns."""

    title: str
    numbers: Mapping[FormSet, str]
    columns: Sequence[Column]


_NUMBER = Column("TT", 10, "center")
LISTS: Mapping[ListForm, ListSpec] = MappingProxyType(
    {
        ListForm.REGISTER: ListSpec(
            "Sổ theo dõi hồ sơ",
            {FormSet.TT03_2025: "07", FormSet.TT01_2018: "06"},
            (
                _NUMBER,
                Column("Mã hồ sơ", 27),
                Column("Tên thủ tục hành chính"),
                Column("Số bộ", 8, "center"),
                Column("Tên cá nhân, tổ chức", 30),
                Column("Địa chỉ, số điện thoại", 36),
                Column("Cơ quan chủ trì giải quyết", 27),
                Column("Nhận hồ sơ", 18, "center"),
                Column("Hẹn trả", 18, "center"),
                Column("Trả kết quả", 18, "center"),
                Column("Phương thức nhận kết quả", 18),
                Column("Ký nhận", 11, "center"),
                Column("Ghi chú", 17),
            ),
        ),
        ListForm.RESULTS: ListSpec(
            "Phiếu bàn giao kết quả",
            {},
            (
                _NUMBER,
                Column("Mã hồ sơ", 30),
                Column("Nội dung"),
                Column("Kết quả", 50),
                Column("Chủ hồ sơ", 34),
                Column("Địa chỉ", 40),
                Column("Thu phí", 11, "center"),
                Column("Nhận qua BCCI", 14, "center"),
                Column("Thời gian bàn giao", 21, "center"),
            ),
        ),
        ListForm.HANDOVERS: ListSpec(
            "Danh sách bàn giao hồ sơ",
            {},
            (
                _NUMBER,
                Column("Mã hồ sơ", 30),
                Column("Thủ tục hành chính"),
                Column("Số bộ", 10, "center"),
                Column("Chủ hồ sơ", 38),
                Column("Hẹn trả", 21, "center"),
                Column("Giao lúc, người giao", 36),
                Column("Nhận lúc, người nhận", 36),
                Column("Ghi chú", 30),
            ),
        ),
    }
)


@dataclass(frozen=True, kw_only=True)
class ListHead:
    """What stands around the table. `lines`: period and scope; `issued_at`: when it was made."""

    parent_name: str
    agency_name: str
    place: str
    issued_at: datetime
    lines: Sequence[str] = ()
    totals: Sequence[tuple[str, str]] = ()
    signers: Sequence[Signatory] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is set: rows and pages before it, whether it begins and ends the list."""

    rows_before: int = 0
    pages_before: int = 0
    is_first: bool = True
    is_last: bool = True


_WHOLE = Part()


def render_list(form: ListForm, head: ListHead, rows: Iterable[Sequence[str]]) -> bytes:
    """Return the list as PDF/A-2a; rows hold the strings of the columns after the running number.

    The same head and rows give the same bytes. For more than a few pages see `render_long_list`.
    """
    return render(TEMPLATE, list_data(form, head, rows))


def render_long_list(
    form: ListForm,
    head: ListHead,
    rows: Iterable[Sequence[str]],
    *,
    written: Callable[[int], None] = lambda _count: None,
) -> bytes:
    """Return a list of any length, set `PART_ROWS` rows at a time in processes of their own.

    Up to one part it is PDF/A-2a; a longer one is PDF/A-2b, its pages numbered through. `written` is told after each
    part how many rows are done.
    """
    parts = [list(part) for part in _pieces(rows)] or [[]]
    if len(parts) == 1:
        return render_apart(TEMPLATE, list_data(form, head, parts[0]))
    joined, rows_before = None, 0
    for place, part in enumerate(parts):
        where = Part(rows_before, len(joined.pages) if joined else 0, place == 0, place == len(parts) - 1)
        content = render_apart(TEMPLATE, list_data(form, head, part, where), tagged=False)
        opened = pikepdf.open(io.BytesIO(content))
        if joined is None:
            joined = opened  # what the file is (PDF/A, colours, language, title) it is from its first part on
        else:
            joined.pages.extend(opened.pages)
        rows_before += len(part)
        written(rows_before)
    return _saved(joined)


def _saved(joined: pikepdf.Pdf | None) -> bytes:
    target = io.BytesIO()
    if joined is not None:
        joined.save(target, deterministic_id=True)
    return target.getvalue() + b"\n"


def _pieces(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    waiting = iter(rows)
    while piece := list(itertools.islice(waiting, PART_ROWS)):
        yield piece


def list_data(form: ListForm, head: ListHead, rows: Iterable[Sequence[str]], part: Part = _WHOLE) -> dict[str, Any]:
    """Return what the template of lists prints."""
    spec, made = LISTS[form], to_local(head.issued_at)
    form_set = form_set_on(made.date())
    return {
        "title": spec.title,
        "form_number": spec.numbers.get(form_set, ""),
        "circular": _CIRCULARS[form_set],
        "trace": " · ".join([spec.title, head.agency_name, f"lập lúc {made:%H:%M ngày %d/%m/%Y}"]),
        "parent_name": head.parent_name,
        "agency_name": head.agency_name,
        "place_and_date": place_and_date(head.place, head.issued_at),
        "issued_at": head.issued_at.isoformat(),
        "lines": list(head.lines),
        "columns": [{"head": one.head, "width": one.width, "align": one.align} for one in spec.columns],
        "rows": [[str(number), *row] for number, row in enumerate(rows, start=part.rows_before + 1)],
        "totals": [list(total) for total in head.totals],
        "signers": [{"title": one.title, "name": one.name} for one in head.signers],
        "pages_before": part.pages_before,
        "is_first": part.is_first,
        "is_last": part.is_last,
    }
