"""Lines of a scan as text to search in: folded, each letter with the word it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from motcua.kernel.text import clean, fold
from motcua.scanning.terms import Box, Line, Word

#: How alike an anchor and what was read must be; short ones must be the same.
_ALIKE: Final = 0.82
_SHORT: Final = 4
_LABEL_ENDS: Final = (":", ".", "-")
_LABEL_REST: Final = 6
_LONGER_LABEL: Final = 0.75
_EDGES: Final = " .,:;-–—_*()[]|'\"“”"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a line says the words of an anchor: the number of the word after it, and how alike (0–1)."""

    after: int
    alike: float


def anchors_in(line: Line, anchor: str) -> Iterator[Anchor]:
    """Yield where a line says the anchor, without minding marks, case, and a letter or two read wrong."""
    wanted = fold(anchor).strip(_EDGES)
    count = len(wanted.split())
    said = [_bare(word.text) for word in line]
    for begin in range(len(line)):
        for length in {count, count + 1, max(1, count - 1)}:
            if begin + length > len(line):
                continue
            read = " ".join(filter(None, said[begin : begin + length]))
            alike = _alikeness(wanted, read)
            if alike and _begins_something(line, begin, wanted):
                yield Anchor(begin + length, alike)


def _bare(text: str) -> str:
    return fold(text).strip(_EDGES)


def _alikeness(wanted: str, read: str) -> float:
    if wanted == read:
        return 1.0
    if len(wanted) <= _SHORT or abs(len(wanted) - len(read)) > _SHORT:
        return 0.0
    alike = SequenceMatcher(None, wanted, read).ratio()
    return alike if alike >= _ALIKE else 0.0


def _begins_something(line: Line, begin: int, wanted: str) -> bool:
    """A short anchor ("Số") is one only where a line or a sentence begins: "đăng ký số 3" says something else."""
    return begin == 0 or len(wanted) > _SHORT or line[begin - 1].text[-1:] in ":;.,-–"


def rest_of(line: Line, after: int) -> tuple[Line, float]:
    """Return the words after an anchor, until the next label of the same line begins, and how surely they are its.

    Where the label goes on behind the anchor ("Giới tính | của con: Nữ") its rest is skipped, and trusted less.
    """
    rest, trust = list(line[after:]), 1.0
    ended = after > 0 and line[after - 1].text[-1:] in _LABEL_ENDS
    colon = next((place for place, word in enumerate(rest[:_LABEL_REST]) if word.text.endswith(":")), -1)
    if not ended and colon >= 0:
        trust = 1.0 if colon == 0 and rest[0].text == ":" else _LONGER_LABEL
        rest = rest[colon + 1 :]
    while rest and not rest[0].text.strip(_EDGES):
        rest.pop(0)
    for place in range(1, len(rest)):
        if rest[place - 1].text[-1:] in ".;," and _is_label(rest[place:]):
            return tuple(rest[:place]), trust
    return tuple(rest), trust


def _is_label(words: list[Word]) -> bool:
    """Whether these words begin with a label of their own: "Cân nặng: …"."""
    return words[0].text[:1].isupper() and any(word.text.endswith(":") for word in words[:5])


def text_of(words: Line) -> str:
    """Return words as one text, without the marks around it."""
    return clean(" ".join(word.text for word in words)).strip(" :;|_*–—-")


def covered(words: Line, begin: int, end: int) -> tuple[Box | None, float]:
    """Return the box and the mean confidence of the words that the letters `begin` to `end` of their text touch."""
    place, box, sure, letters = 0, None, 0.0, 0
    for word in words:
        after = place + len(word.text)
        if place < end and after > begin:
            box = word.box if box is None else box.joined(word.box)
            sure += word.confidence * len(word.text)
            letters += len(word.text)
        place = after + 1
    return box, sure / letters if letters else 0.0
