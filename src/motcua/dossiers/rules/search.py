"""What a dossier is found by: code, phone, identity numbers, words and pairs of words of names."""

import re
from collections.abc import Iterable
from itertools import pairwise

from motcua.kernel.checks import tidy_phone
from motcua.kernel.text import name_words

_MOST_WORDS = 24
#: Keys of shelves never meet those of names.
_SHELF = "@"
#: Letters, digits and a dash, no space: a code. A name like Ê-ban has no digits.
_LIKE_A_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])[^\s-]+(?:-[^\s-]+)+")
_MOSTLY_DIGITS = re.compile(r"[\d\s.+\-]{6,}")


def search_keys(
    *,
    code: str,
    names: Iterable[str],
    numbers: Iterable[str],
    external_code: str = "",
    family: Iterable[str] = (),
    shelf: str = "",
) -> list[str]:
    """Return the keys a dossier is filed under, without repetition, in a stable order.

    `family`: the codes of its parent and its parts; `shelf`: where its paper lies.
    """
    keys = [code.lower(), external_code.lower(), *(number_key(number) for number in numbers)]
    keys += [*(one.lower() for one in family), *shelf_keys(shelf)]
    for name in names:
        words = name_words(name)[:_MOST_WORDS]
        keys += [*words, *_pairs(words)]
    return list(dict.fromkeys(key for key in keys if key))


def wanted_keys(text: str) -> list[str]:
    """Return the keys that a dossier must all have to answer the search `text`.

    A number or a code is one key; of a name the pairs of neighbouring words are used (they are rarer than words).
    """
    stripped = text.strip()
    if _LIKE_A_CODE.fullmatch(stripped):
        return [stripped.lower()]
    if _MOSTLY_DIGITS.fullmatch(stripped):
        return [number_key(tidy_phone(stripped))]
    words = name_words(stripped)[:_MOST_WORDS]
    return _pairs(words) or words


def shelf_keys(shelf: str) -> list[str]:
    """Return the keys for a place of paper: "Kệ 3 – Ô 12" is found by "kệ 3" as well as in full."""
    words = name_words(shelf)
    return [f"{_SHELF}{' '.join(words[: count + 1])}" for count in range(len(words))]


def shelf_key(text: str) -> str:
    """Return the key that a dossier must have whose paper lies there; "" for no words."""
    return next(iter(reversed(shelf_keys(text))), "")


def _pairs(words: list[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


def number_key(number: str) -> str:
    """Return the key of a phone, identity or tax number: its digits and letters only."""
    return re.sub(r"[^0-9a-z]", "", number.lower())
