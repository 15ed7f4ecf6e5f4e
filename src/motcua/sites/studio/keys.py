"""Keys made from names by the program: unaccented, short, unique among their neighbours."""

import re
from collections.abc import Collection
from typing import Final

from motcua.forms.rules.names import FORM_FACTS
from motcua.kernel.text import fold

_LONGEST: Final = 40
_OTHER: Final = re.compile(r"[^a-z0-9]+")


def key_of(name: str, taken: Collection[str], *, instead: str = "muc") -> str:
    """Return a key like "giay-chung-sinh" for a case, a paper, a step; "-2" and so on when it is taken."""
    return _unique(_short(name, "-") or instead, "-", taken)


def field_key_of(label: str, taken: Collection[str]) -> str:
    """Return a key like "ho_ten_con" that expressions can read; it begins with a letter and is no word of theirs."""
    made = _short(label, "_") or "cau_hoi"
    if not made[0].isalpha() or made in _WORDS:
        made = f"cau_{made}"
    return _unique(made, "_", taken)


#: Words of the language of expressions and facts that are always there: a field must not be called so.
_WORDS: Final = frozenset({"and", "or", "not", "in", "is", "if", "else", "true", "false", "none", "form", *FORM_FACTS})


def _short(name: str, joint: str) -> str:
    made = _OTHER.sub(joint, fold(name)).strip(joint)
    if len(made) <= _LONGEST:
        return made
    cut = made[: _LONGEST + 1]
    return cut[: cut.rfind(joint)] if joint in cut else made[:_LONGEST]


def _unique(made: str, joint: str, taken: Collection[str]) -> str:
    number, found = 1, made
    while found in taken:
        number += 1
        found = f"{made}{joint}{number}"
    return found
