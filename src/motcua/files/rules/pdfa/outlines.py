"""Glyphs of an embedded TrueType program: how many, how wide, whether anything is drawn (OpenType 1.9)."""

import struct
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Outlines:
    """`advances` in thousandths of the size, one for each glyph; `drawn`: whether the glyph has an outline."""

    advances: tuple[float, ...]
    drawn: tuple[bool, ...]


def outlines_of(font: bytes) -> Outlines | None:
    """Return the glyphs of a TrueType program, or None when it is not one that can be read."""
    try:
        tables = _tables(font)
        units = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
        is_long = struct.unpack_from(">h", font, tables[b"head"] + 50)[0]
        count = struct.unpack_from(">H", font, tables[b"maxp"] + 4)[0]
        metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
        widths = [struct.unpack_from(">H", font, tables[b"hmtx"] + 4 * index)[0] for index in range(metrics)]
        widths += widths[-1:] * (count - metrics)
        offsets = struct.unpack_from(f">{count + 1}{'L' if is_long else 'H'}", font, tables[b"loca"])
    except (struct.error, KeyError, IndexError):
        return None
    drawn = tuple(end > start for start, end in pairwise(offsets))
    return Outlines(tuple(width * 1000 / units for width in widths), drawn) if units else None


def _tables(font: bytes) -> dict[bytes, int]:
    count = struct.unpack_from(">H", font, 4)[0]
    rows = (struct.unpack_from(">4sLLL", font, 12 + 16 * index) for index in range(count))
    return {tag: offset for tag, _, offset, _ in rows}
