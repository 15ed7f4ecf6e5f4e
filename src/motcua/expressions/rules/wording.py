"""How problems of expressions are said."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from motcua.expressions.terms import Kind

KIND_NAMES: Mapping[Kind, str] = {
    "text": "chữ",
    "number": "số",
    "date": "ngày",
    "boolean": "đúng/sai",
    "list": "danh sách",
    "rows": "bảng",
    "any": "giá trị bất kỳ",
}


def place(at: int) -> str:
    """Where it is, in words; characters are counted from 1."""
    return f"ở ký tự thứ {at}"


def likely(wrong: str, right: Iterable[str]) -> str:
    """The end of a sentence about an unknown name: which of the right ones may be meant."""
    near = get_close_matches(wrong, list(right), n=1)
    return f"; có phải “{near[0]}”?" if near else "."
