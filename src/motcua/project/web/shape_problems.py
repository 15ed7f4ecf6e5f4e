"""What pydantic finds wrong with the shape of a request, said in Vietnamese under the names of the request."""

from collections.abc import Callable, Mapping
from typing import Any

from motcua.kernel.errors import Problem

Context = Mapping[str, Any]

_MOMENT = "phải là ngày, giờ có thật dạng ISO 8601, ví dụ 2026-03-02T09:15:00+07:00"
_DAY = "phải là ngày có thật dạng năm-tháng-ngày, ví dụ 2026-03-02"
_WORDS: Mapping[str, str] = {
    "missing": "thiếu trường bắt buộc",
    "extra_forbidden": "không có trường này",
    "invalid_key": "tên trường có ký tự không dùng được",
    "int_parsing": "phải là số nguyên",
    "int_type": "phải là số nguyên",
    "int_from_float": "phải là số nguyên",
    "int_parsing_size": "số quá lớn",
    "finite_number": "phải là số nguyên",
    "bool_type": "phải là true hoặc false",
    "bool_parsing": "phải là true hoặc false",
    "string_type": "phải là chuỗi ký tự",
    "string_unicode": "có ký tự không dùng được (NUL hoặc nửa cặp surrogate)",
    "list_type": "phải là danh sách […]",
    "dict_type": "phải là đối tượng {…}",
    "model_type": "phải là đối tượng {…}",
    "model_attributes_type": "phải là đối tượng {…}",
}
_WITH_NUMBERS: Mapping[str, Callable[[Context], str]] = {
    "enum": lambda ctx: f"phải là một trong: {_choices(ctx)}",
    "literal_error": lambda ctx: f"phải là một trong: {_choices(ctx)}",
    "string_too_long": lambda ctx: f"tối đa {ctx['max_length']} ký tự",
    "string_too_short": lambda ctx: f"ít nhất {ctx['min_length']} ký tự",
    "too_long": lambda ctx: f"tối đa {ctx['max_length']} mục",
    "greater_than_equal": lambda ctx: f"phải từ {ctx['ge']} trở lên",
    "less_than_equal": lambda ctx: f"tối đa là {ctx['le']}",
}
#: Kinds of our own shapes: their message is already Vietnamese.
_OWN = "own_"


def shape_problem(error: Mapping[str, Any]) -> Problem:
    """Return one error of ninja as a problem; `field` is the dotted name in the JSON, the query or the headers."""
    kind, field = str(error.get("type", "")), _field(tuple(error.get("loc", ())))
    words = str(error.get("msg", "")) if kind.startswith(_OWN) else _said(kind, error.get("ctx") or {})
    return Problem(f"shape_{kind.removeprefix(_OWN)}", f"«{field or 'nội dung'}»: {words}.", field)


def _said(kind: str, ctx: Context) -> str:
    if kind in _WITH_NUMBERS:
        return _WITH_NUMBERS[kind](ctx)
    if kind.startswith("datetime"):
        return _MOMENT
    return _DAY if kind.startswith("date") else _WORDS.get(kind, "giá trị không hợp lệ")


def _choices(ctx: Context) -> str:
    return str(ctx.get("expected", "")).replace(" or ", " hoặc ").replace("'", "")


def _field(loc: tuple[str | int, ...]) -> str:
    """Drop where it was read, and for a body the name that our function gives it."""
    source, *names = loc or ("",)
    inner = names[1:] if source == "body" else names
    return ".".join(str(name) for name in inner if not str(name).startswith("function-"))
