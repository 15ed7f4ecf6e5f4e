"""Nhập danh sách đơn vị từ tệp Excel."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from motcua.agencies.access import Administrator, lock_tree
from motcua.agencies.actions.create_unit import create_unit
from motcua.agencies.models import Unit
from motcua.agencies.rules.codes import code_problems, parse_agency_code
from motcua.agencies.rules.sheets import Column, Row, day_of, read_table, yes_no
from motcua.agencies.terms import UnitKind
from motcua.kernel.errors import Invalid, MotCuaError, Problem
from motcua.kernel.text import fold

UNIT_COLUMNS = (
    Column("name", "Tên đơn vị", required=True),
    Column("kind", "Loại đơn vị", required=True),
    Column("parent", "Trực thuộc", required=True),
    Column("slug", "Mã đơn vị"),
    Column("short_name", "Tên viết tắt"),
    Column("agency_code", "Mã định danh"),
    Column("provisional", "Mã tạm"),
    Column("territory", "Mã đơn vị hành chính"),
    Column("address", "Địa chỉ"),
    Column("phone", "Điện thoại"),
    Column("email", "Thư điện tử"),
    Column("is_desk", "Bộ phận Một cửa"),
    Column("valid_from", "Từ ngày"),
)

Made = TypeVar("Made")
_KINDS = {fold(text): kind for kind in UnitKind for text in (kind.value, kind.label)}


@transaction.atomic
def import_units(*, actor: Administrator, content: bytes, on: date, at: datetime) -> list[Unit]:
    """Nhập đơn vị: one unit a row; columns as in `UNIT_COLUMNS`; `on` where a row names no day.

    "Trực thuộc" is the slug, the agency code or the exact name of a unit, also of one in a row above. All rows or
    none: raises Invalid with every problem of every row (`field` is `row.<number>.<field>`), NotPermitted.
    """
    rows = read_table(content, UNIT_COLUMNS)
    lock_tree()
    return each_row(rows, lambda row: create_from_row(actor, row, on, at))


def each_row(rows: Iterable[Row], act: Callable[[Row], Made]) -> list[Made]:
    """Do `act` for each row; raises Invalid with the problems of all rows after trying every one."""
    made: list[Made] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            with transaction.atomic():
                made.append(act(row))
        except MotCuaError as refusal:
            problems += [row.located(problem) for problem in refusal.problems]
    if problems:
        raise Invalid(problems)
    return made


def create_from_row(actor: Administrator, row: Row, on: date, at: datetime) -> Unit:
    """The unit of one row; raises Invalid, NotPermitted."""
    since, problems = day_of(row["valid_from"], label="Từ ngày", field="valid_from")
    kind = _KINDS.get(fold(row["kind"]))
    if kind is None:
        message = f"Không có loại đơn vị «{row['kind']}»; các loại: {', '.join(UnitKind.labels)}."
        problems.append(Problem("unit_kind", message, "kind"))
    parent = find_unit(row["parent"], since or on) if row["parent"] else None
    if row["parent"] and parent is None:
        message = f"Không tìm thấy đơn vị cấp trên «{row['parent']}» (hoặc dòng của đơn vị đó còn lỗi)."
        problems.append(Problem("parent_unknown", message, "parent"))
    if row["agency_code"]:
        problems += code_problems(row["agency_code"])
    if problems or kind is None:
        raise Invalid(problems)
    return create_unit(
        actor=actor,
        at=at,
        name=row["name"],
        kind=kind,
        valid_from=since or on,
        parent_id=parent.pk if parent else None,
        slug=row["slug"],
        short_name=row["short_name"],
        agency_code=row["agency_code"],
        code_is_provisional=yes_no(row["provisional"]),
        territory_code=row["territory"],
        address=row["address"],
        phone=row["phone"],
        email=row["email"],
        is_desk=yes_no(row["is_desk"]),
    )


def find_unit(text: str, on: date) -> Unit | None:
    """The unit of that day with this slug, agency code (either notation) or name; None when none or several."""
    here = Unit.objects.filter(valid_from__lte=on).exclude(valid_to__lte=on)
    by_slug = here.filter(slug=text).first()
    if by_slug:
        return by_slug
    if not code_problems(text) and (coded := here.filter(agency_code=str(parse_agency_code(text))).first()):
        return coded
    named = list(here.filter(name_fold=fold(text))[:2])
    return named[0] if len(named) == 1 else None
