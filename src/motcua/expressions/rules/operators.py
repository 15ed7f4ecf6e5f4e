"""Which kinds go together in an operation or a comparison."""

from dataclasses import dataclass

from motcua.expressions.rules.kinds import ANYTHING, Shape, fits
from motcua.expressions.rules.wording import KIND_NAMES
from motcua.expressions.terms import Kind


@dataclass(frozen=True, slots=True)
class Clash:
    """Kinds that do not go together: what to say, and the character it is at."""

    message: str
    at: int


def calculated(operation: str, left: Shape, right: Shape, at: int) -> Clash | None:
    """Numbers with numbers; + also texts with texts."""
    wanted: tuple[Kind, ...] = ("number", "text") if operation == "+" else ("number",)
    if any(fits(left, kind) and fits(right, kind) for kind in wanted):
        return None
    if "date" in {left.kind, right.kind}:
        return Clash("Ngày không cộng trừ được; viết “days(từ, đến)” hoặc “add_days(ngày, số)”", at)
    if operation == "+" and "text" in {left.kind, right.kind}:
        return Clash("Chữ chỉ nối được với chữ; số, ngày viết “text(…)”", at)
    wrong = right if fits(left, "number") else left
    return Clash(f"Phép tính “{operation}” cần số, không phải {KIND_NAMES[wrong.kind]}", at)


def sum_shape(left: Shape, right: Shape) -> Shape:
    """What + yields: a text where either side is one, a number where either side is one, else either."""
    kinds: tuple[Kind, ...] = ("text", "number")
    return next((Shape(kind) for kind in kinds if kind in {left.kind, right.kind}), ANYTHING)


def compared(comparison: str, left: Shape, right: Shape, at: int) -> Clash | None:
    """Like with like; an order only among numbers and among dates."""
    if comparison in {"in", "not in"}:
        return _sought(left, right, at)
    if comparison not in {"==", "!="}:
        for side in (left, right):
            if not (fits(side, "number") or fits(side, "date")):
                return Clash(f"Chỉ số và ngày có lớn nhỏ, không phải {KIND_NAMES[side.kind]}", at)
    if _alike(left.kind, right.kind):
        return None
    return Clash(f"Không so được {KIND_NAMES[left.kind]} với {KIND_NAMES[right.kind]}", at)


def _alike(left: Kind, right: Kind) -> bool:
    return "any" in {left, right} or (left == right and left != "rows")


def _sought(item: Shape, group: Shape, at: int) -> Clash | None:
    if group.kind == "text":
        return None if fits(item, "text") else Clash(f"Không tìm {KIND_NAMES[item.kind]} trong chữ được", at)
    if not fits(group, "list"):
        return Clash(f"Sau “in” phải là danh sách, không phải {KIND_NAMES[group.kind]}", at)
    if _alike(item.kind, group.of):
        return None
    return Clash(f"Không tìm {KIND_NAMES[item.kind]} trong danh sách {KIND_NAMES[group.of]} được", at)
