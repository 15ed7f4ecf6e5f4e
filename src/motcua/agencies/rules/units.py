"""When a unit may be created, renamed, moved or closed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.agencies.rules.codes import code_problems
from motcua.agencies.terms import AGENCY_KINDS, DESK_KINDS, UnitKind
from motcua.kernel.checks import email_problems, length_problems, required_problems
from motcua.kernel.errors import Problem

BASIS = "Luật Tổ chức chính quyền địa phương 72/2025/QH15"
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ABOVE: Mapping[UnitKind, frozenset[UnitKind]] = {
    UnitKind.DEPARTMENT: frozenset({UnitKind.PROVINCE, UnitKind.DEPARTMENT}),
    UnitKind.COMMUNE: frozenset({UnitKind.PROVINCE, UnitKind.DISTRICT}),
    UnitKind.DISTRICT: frozenset({UnitKind.PROVINCE}),
    UnitKind.CENTRE: AGENCY_KINDS,
    UnitKind.DIVISION: AGENCY_KINDS | {UnitKind.CENTRE, UnitKind.BRANCH},
    UnitKind.BRANCH: frozenset({UnitKind.CENTRE, UnitKind.DEPARTMENT}),
    UnitKind.TAX: frozenset({UnitKind.PROVINCE, UnitKind.TAX}),
    UnitKind.POST_OFFICE: frozenset({UnitKind.PROVINCE, UnitKind.POST_OFFICE}),
}


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when (exclusive; None = open) something holds."""

    valid_from: date
    valid_to: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether the day lies in the span."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Place:
    """What stands above a unit: its kind, its span, its path of ids."""

    kind: UnitKind
    span: Span
    path: tuple[int, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """What is said of a unit about to be created."""

    name: str
    short_name: str
    slug: str
    kind: str
    agency_code: str
    is_desk: bool
    email: str
    valid_from: date
    address: str = ""
    phone: str = ""
    code_is_provisional: bool = False


def problems_before_creation(unit: NewUnit, above: Place | None) -> list[Problem]:
    """Everything that stands against creating the unit below `above` (None: as a root)."""
    problems = name_problems(unit.name, unit.short_name) + email_problems(unit.email)
    problems += length_problems(unit.address, longest=300, label="Địa chỉ", field="address")
    problems += length_problems(unit.phone, longest=30, label="Số điện thoại", field="phone")
    if not _SLUG.fullmatch(unit.slug):
        message = "Mã đơn vị trong hệ thống chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, ví dụ phuong-ha-long."
        problems.append(Problem("slug_format", message, "slug"))
    if unit.kind not in UnitKind.values:
        return [*problems, Problem("unit_kind", f"Không có loại đơn vị «{unit.kind}».", "kind")]
    kind = UnitKind(unit.kind)
    if unit.agency_code or kind in AGENCY_KINDS:
        problems += code_problems(unit.agency_code)
    if unit.is_desk and kind not in DESK_KINDS:
        message = "Chỉ Trung tâm Phục vụ hành chính công hoặc chi nhánh của Trung tâm mới là Bộ phận Một cửa."
        problems.append(Problem("desk_kind", message, "is_desk", "Nghị định 118/2025/NĐ-CP"))
    return problems + place_problems(kind, above, unit.valid_from)


def name_problems(name: str, short_name: str) -> list[Problem]:
    """What is wrong with a unit's names."""
    return [
        *required_problems(name, label="tên đơn vị", field="name"),
        *length_problems(name, longest=300, label="Tên đơn vị", field="name"),
        *length_problems(short_name, longest=120, label="Tên viết tắt", field="short_name"),
    ]


def place_problems(kind: UnitKind, above: Place | None, on: date) -> list[Problem]:
    """Why a unit of this kind may not stand below `above` from that day on."""
    if kind == UnitKind.PROVINCE:
        return [Problem("province_is_root", "UBND cấp tỉnh không trực thuộc đơn vị nào.", "parent")] if above else []
    if above is None:
        return [Problem("parent_missing", "Chưa có đơn vị cấp trên.", "parent")]
    problems = []
    if above.kind not in _ABOVE[kind]:
        message = f"{kind.label} không thể trực thuộc «{above.name}» ({above.kind.label})."
        problems.append(Problem("parent_kind", message, "parent", BASIS))
    if not above.span.holds_on(on):
        message = f"Đơn vị cấp trên «{above.name}» không hoạt động vào ngày {on:%d/%m/%Y}."
        problems.append(Problem("parent_not_in_force", message, "parent"))
    return problems


def change_problems(span: Span, changes: Sequence[date], *, on: date, today: date) -> list[Problem]:
    """Why a unit may not be renamed or moved from that day on; `changes`: days of its earlier changes.

    Such a change takes effect at once, so its day is not in the future; history is not rewritten, so its day is
    after the last change.
    """
    problems = []
    if not span.holds_on(on):
        problems.append(Problem("unit_not_in_force", f"Đơn vị không hoạt động vào ngày {on:%d/%m/%Y}.", "on"))
    if on > today:
        problems.append(Problem("change_in_future", "Ngày có hiệu lực không được ở tương lai.", "on"))
    begun = max([span.valid_from, *changes])
    if on <= begun:
        message = f"Ngày có hiệu lực phải sau ngày {begun:%d/%m/%Y} (lần thay đổi gần nhất của đơn vị)."
        problems.append(Problem("change_before_last", message, "on"))
    return problems


def move_problems(unit_id: int, parent_id: int | None, above: Place | None) -> list[Problem]:
    """Why a unit may not move below `above`: it stands there already, or would stand below itself."""
    if above is None:
        return []
    if unit_id in above.path:
        message = "Không thể chuyển đơn vị vào chính nó hoặc vào đơn vị trực thuộc của nó."
        return [Problem("move_into_itself", message, "parent")]
    if above.path[-1] == parent_id:
        return [Problem("move_nowhere", f"Đơn vị đã trực thuộc «{above.name}».", "parent")]
    return []


def closing_problems(
    span: Span, *, on: date, open_children: Sequence[str], successor: Span | None, is_own_successor: bool
) -> list[Problem]:
    """Why a unit may not end on that day (its first day of not being)."""
    problems = []
    if span.valid_to is not None:
        message = f"Đơn vị đã kết thúc hoạt động từ ngày {span.valid_to:%d/%m/%Y}."
        problems.append(Problem("unit_closed_already", message, "on"))
    if on <= span.valid_from:
        message = f"Ngày kết thúc phải sau ngày bắt đầu hoạt động {span.valid_from:%d/%m/%Y}."
        problems.append(Problem("close_before_start", message, "on"))
    if open_children:
        names = ", ".join(open_children[:5]) + (" …" if len(open_children) > len(open_children[:5]) else "")
        message = (
            f"Còn {len(open_children)} đơn vị trực thuộc đang hoạt động ({names}); hãy chuyển hoặc kết thúc trước."
        )
        problems.append(Problem("children_in_force", message, "unit"))
    if is_own_successor:
        problems.append(Problem("own_successor", "Đơn vị không thể tự kế thừa chính mình.", "successor"))
    elif successor is not None and not successor.holds_on(on):
        message = f"Đơn vị kế thừa không hoạt động vào ngày {on:%d/%m/%Y}."
        problems.append(Problem("successor_not_in_force", message, "successor"))
    return problems
