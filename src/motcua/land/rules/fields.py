"""Checking what was typed about a parcel or a sheet, by the specifications of its fields."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from motcua.kernel.errors import Problem
from motcua.kernel.text import clean
from motcua.land.rules.catalogue import FieldSpec

_LARGEST_AREA = Decimal(100_000_000)
_LARGEST_SUM = 10**13
Typed = Mapping[str, object]


def read_fields(
    specs: Sequence[FieldSpec], typed: Typed, *, today: date
) -> tuple[dict[str, str | list[str]], list[Problem]]:
    """Return the facts as they are stored (strings; lists of codes), and everything that is wrong with them.

    Areas are m² with one decimal ("120.5"), sums whole đồng, days yyyy-mm-dd; empty facts are left out.
    """
    facts: dict[str, str | list[str]] = {}
    problems = []
    for spec in specs:
        value = typed.get(spec.key)
        if value in (None, "", [], ()):
            if spec.required:
                problems.append(Problem("required", f"Chưa có: {spec.label}.", spec.key))
            continue
        found = _READERS[spec.kind](spec, value, today)
        if isinstance(found, Problem):
            problems.append(found)
        elif found:
            facts[spec.key] = found
    return facts, problems


def words_of(spec: FieldSpec, value: str | list[str]) -> str:
    """Return a stored fact as people read it: 120,5 · 1.500.000 · 24/02/2026 · Đất ở tại đô thị (ODT)."""
    match spec.kind:
        case "area":
            return f"{Decimal(str(value)):,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".")
        case "money":
            return f"{int(str(value)):,}".replace(",", ".")
        case "day":
            return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
        case "choice":
            return spec.values.get(str(value), str(value))
        case "choices":
            return "; ".join(_choice_words(spec, one) for one in value)
        case _:
            return str(value)


def _choice_words(spec: FieldSpec, code: str) -> str:
    name = spec.values.get(code, code)
    return f"{name} ({code})" if code.isupper() else name


Found = str | list[str] | Problem


def _text(spec: FieldSpec, value: object, _today: date) -> Found:
    found = clean(str(value), keep_lines=spec.kind == "lines")
    if len(found) > spec.longest:
        return Problem("too_long", f"{spec.label} dài tối đa {spec.longest} ký tự.", spec.key)
    return found


def _area(spec: FieldSpec, value: object, _today: date) -> Found:
    try:
        area = Decimal(str(value).strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return Problem("area", f"{spec.label}: hãy ghi số mét vuông, ví dụ 120,5.", spec.key)
    if not area.is_finite() or not 0 < area <= _LARGEST_AREA:
        return Problem("area", f"{spec.label} phải lớn hơn 0.", spec.key)
    if area != area.quantize(Decimal("0.1")):
        return Problem("area", f"{spec.label} ghi đến một chữ số thập phân.", spec.key)
    return f"{area:.1f}"


def _money(spec: FieldSpec, value: object, _today: date) -> Found:
    digits = str(value).strip().replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or int(digits) > _LARGEST_SUM:
        return Problem("money", f"{spec.label}: hãy ghi số tiền bằng đồng, ví dụ 1.500.000.", spec.key)
    return str(int(digits))


def _number(spec: FieldSpec, value: object, _today: date) -> Found:
    digits = str(value).strip()
    if not (digits.isascii() and digits.isdigit()) or not spec.least <= int(digits) <= spec.most:
        return Problem("number", f"{spec.label} phải là số từ {spec.least} đến {spec.most}.", spec.key)
    return str(int(digits))


def _day(spec: FieldSpec, value: object, today: date) -> Found:
    if not isinstance(value, date):
        return Problem("day", f"{spec.label}: hãy ghi ngày/tháng/năm.", spec.key)
    if value > today:
        return Problem("in_future", f"{spec.label} ở tương lai.", spec.key)
    return value.isoformat()


def _choice(spec: FieldSpec, value: object, _today: date) -> Found:
    if value not in spec.values:
        return Problem("choice", f"{spec.label}: hãy chọn trong danh sách.", spec.key)
    return str(value)


def _choices(spec: FieldSpec, value: object, _today: date) -> Found:
    chosen = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
    if any(one not in spec.values for one in chosen):
        return Problem("choice", f"{spec.label}: hãy chọn trong danh sách.", spec.key)
    return chosen


_READERS: Mapping[str, Callable[[FieldSpec, object, date], Found]] = {
    "text": _text,
    "lines": _text,
    "area": _area,
    "money": _money,
    "number": _number,
    "day": _day,
    "choice": _choice,
    "choices": _choices,
}
