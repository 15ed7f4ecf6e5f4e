"""What a dossier is found by: code, phone, identity numbers, words and pairs of words of names."""

import re
from collections.abc import Iterable
from itertools import pairwise

from motcua.kernel.checks import tidy_phone
from motcua.kernel.text import name_words

_MOST_WORDS = 24
#: Letters, digits and a dash, no space: a code. A name like Ê-ban has no digits.
_LIKE_A_CODE = re.compile(r"(?=.*[A-Za-z])(?=.*[0-9])[^\s-]+(?:-[^\s-]+)+")
_MOSTLY_DIGITS = re.compile(r"[\d\s.+\-]{6,}")


def search_keys(*, code: str, names: Iterable[str], numbers: Iterable[str], external_code: str = "") -> list[str]:
    """Return the keys a dossier is filed under, without repetition, in a stable order."""
    keys = [code.lower(), external_code.lower(), *(number_key(number) for number in numbers)]
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


def _pairs(words: list[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(words)]


def number_key(number: str) -> str:
    """Return the key of a phone, identity or tax number: its digits and letters only."""
    return re.sub(r"[^0-9a-z]", "", number.lower())
