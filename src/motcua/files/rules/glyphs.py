"""Which characters the vendored fonts can print, read from the fonts themselves."""

import re
import struct
from pathlib import Path

from motcua.kernel.text import clean

REPLACEMENT = "□"
"""Printed in place of a character that no vendored face has: a visible gap, never another font."""

# Runs without a place to break a line; addresses (https://…) break at their slashes and must stay copyable.
_LONG_RUN = re.compile(r"\w{49,}|(?<!\S)(?!https?://)\S{49,}")
_BREAK_EVERY = 24
_ZERO_WIDTH_SPACE = "\u200b"


def characters_of(font: bytes) -> frozenset[int]:
    """Return the code points of a TrueType font (`cmap` formats 4 and 12, OpenType 1.9)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        if tag == b"cmap":
            return _characters_of_cmap(font, offset)
    return frozenset()


def _characters_of_cmap(font: bytes, cmap: int) -> frozenset[int]:
    found: set[int] = set()
    for index in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        platform, _, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * index)
        kind = struct.unpack_from(">H", font, cmap + offset)[0]
        if platform in {0, 3} and kind in {4, 12}:
            found |= _segments(font, cmap + offset) if kind == 4 else _groups(font, cmap + offset)  # noqa: PLR2004 format number
    return frozenset(found)


def _segments(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 4 * count)
    ranges_at = at + 16 + 6 * count
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    found: set[int] = set()
    for index, (start, end, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if shift:
                glyph = struct.unpack_from(">H", font, ranges_at + 2 * index + shift + 2 * (code - start))[0]
                if not glyph:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    found: set[int] = set()
    for index in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _ = struct.unpack_from(">LLL", font, at + 16 + 12 * index)
        found.update(range(first, last + 1))
    return found


def characters_of_folder(folder: Path) -> frozenset[int]:
    """Return the code points that every face in `folder` has."""
    faces = [characters_of(path.read_bytes()) for path in sorted(folder.glob("*.ttf"))]
    return frozenset.intersection(*faces) if faces else frozenset()


def printable(text: str, known: frozenset[int]) -> str:
    """Return `text` fit for paper.

    NFC, no control or direction marks, □ for characters the fonts lack, and possible line breaks in every run of
    more than 48 characters without one, so that nothing typed can run over the margin.
    """
    tidy = clean(text, keep_lines=True)
    shown = "".join(char if char == "\n" or ord(char) in known else REPLACEMENT for char in tidy)
    return _LONG_RUN.sub(_with_breaks, shown)


def _with_breaks(run: re.Match[str]) -> str:
    word = run.group()
    return _ZERO_WIDTH_SPACE.join(word[at : at + _BREAK_EVERY] for at in range(0, len(word), _BREAK_EVERY))
