"""The reference a payer writes into the text of a transfer, and how it is found again."""

import re
from collections.abc import Iterable

from motcua.kernel.text import fold

#: Banks cut texts, put spaces in and drop signs: only letters and digits count.
_NO_WORD = re.compile(r"[^0-9A-Z]")
PREFIX = "MC"


def reference_of(code: str) -> str:
    """Return MC and the code without signs: H49.61-260302-0001 → MCH49612603020001."""
    return PREFIX + _squeezed(code)


def order_reference(code: str, stamp: str) -> str:
    """MaThamChieu of the platform: "dvc", the code without non-word characters, yyyyMMddHHmmss."""
    return f"dvc{re.sub(r'[^0-9A-Za-z]', '', code)}{stamp}"


def found_in(text: str, references: Iterable[str]) -> list[str]:
    """Return the references that the text holds whole, whatever signs and spaces are between; of two, the longer."""
    squeezed = _squeezed(text)
    found = [one for one in references if one in squeezed]
    return [one for one in found if not any(one != other and one in other for other in found)]


def nearly_in(text: str, references: Iterable[str]) -> list[str]:
    """Return the references that the text holds mangled: without prefix, cut at its end, or one character wrong."""
    squeezed = _squeezed(text)
    return [one for one in references if _is_near(one, squeezed)]


def _is_near(reference: str, text: str) -> bool:
    bare = reference.removeprefix(PREFIX)
    if bare in text or reference[:-2] in text:
        return True
    size = len(bare)
    for start in range(len(text) - size + 1):
        piece = text[start : start + size]
        if sum(a != b for a, b in zip(piece, bare, strict=True)) <= 1:
            return True
    return False


def _squeezed(text: str) -> str:
    return _NO_WORD.sub("", fold(text).upper())
