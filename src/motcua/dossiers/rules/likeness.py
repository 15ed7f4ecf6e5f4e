"""How a text differs from the one it was made of, word by word, in few lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_Kind = Literal["same", "gone", "new"]
#: Longer lines are compared whole: word by word it would cost more than it tells.
_MOST_WORDS = 400
#: A line of which less than this is left is shown as another line.
_AKIN = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in a row: the same in both, only in the template, only in the draft."""

    kind: _Kind
    text: str


def differing_lines(template: str, own: str) -> tuple[tuple[Piece, ...], ...]:
    """Return the lines that differ, each as its pieces; () when the texts say the same. Empty lines do not count."""
    before, after = _lines(template), _lines(own)
    found: list[tuple[Piece, ...]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.extend(_changed(before[i1:i2], after[j1:j2]))
    return tuple(found)


def says_the_same(template: str, own: str) -> bool:
    """Return whether both texts say the same but for spaces and empty lines."""
    return _lines(template) == _lines(own)


def _lines(text: str) -> list[str]:
    return [said for line in text.splitlines() if (said := " ".join(line.split()))]


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Lines that stand for each other side by side, those without a partner alone."""
    paired = min(len(before), len(after))
    for old, new in zip(before[:paired], after[:paired], strict=True):
        yield from _line(old, new)
    for old in before[paired:]:
        yield (Piece("gone", old),)
    for new in after[paired:]:
        yield (Piece("new", new),)


def _line(old: str, new: str) -> Iterator[tuple[Piece, ...]]:
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > _MOST_WORDS or matcher.ratio() < _AKIN:
        yield (Piece("gone", old),)
        yield (Piece("new", new),)
        return
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", " ".join(before[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("gone", " ".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("new", " ".join(after[j1:j2])))
    yield tuple(pieces)
