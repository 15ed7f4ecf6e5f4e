"""Which paper of a store fits which component of a procedure."""

from collections.abc import Iterable

from motcua.kernel.text import fold

_LEAST_WORDS = 2
#: Words in the name of a component that name no paper.
_EMPTY = frozenset({"ban", "chinh", "sao", "giay", "to", "co", "chung", "thuc", "hoac", "va", "cua", "nguoi", "the"})


def fits(component_name: str, component_codes: Iterable[str], *, paper_name: str, paper_code: str) -> bool:
    """Return whether a paper may stand for a component.

    By its code where the component names one (KQ.G15.000031, mã kết quả thay thế), else when the component's name
    holds the whole name of the paper ("Giấy chứng nhận kết hôn của cha, mẹ" holds "Giấy chứng nhận kết hôn").
    """
    codes = {code for code in component_codes if code}
    if paper_code and paper_code in codes:
        return True
    asked, has = fold(component_name), fold(paper_name)
    telling = set(has.split()) - _EMPTY
    return len(has.split()) >= _LEAST_WORDS and bool(telling) and f" {has} " in f" {_plain(asked)} "


def _plain(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())
