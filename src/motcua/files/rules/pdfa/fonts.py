"""Fonts: embedded, allowed, every glyph there and meaning a letter (ISO 19005-2, 6.2.11): a missing letter fails."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from motcua.files.rules.pdfa.outlines import outlines_of
from motcua.files.rules.pdfa.terms import Flaw, array, dictionary

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_SPAN = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(<[0-9A-Fa-f]+>|\[[^\]]*\])")
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf(?:char|range)", re.DOTALL)
_NOT_LETTERS = frozenset("\0\ufeff\ufffe\ufffd")
_MOST_OF_A_SPAN = 0x10000


@dataclass(frozen=True, slots=True)
class _Parts:
    """A font taken apart: its outer and its inner dictionary (the same for simple fonts)."""

    outer: dict[str, Any]
    inner: dict[str, Any]
    is_composite: bool

    @property
    def name(self) -> str:
        """PostScript name without the mark of a subset and the way of counting."""
        said = str(self.inner.get("/BaseFont", self.outer.get("/BaseFont", ""))).removeprefix("/")
        return _SUBSET.sub("", said).removesuffix("-Identity-H")


def is_composite(font: Any) -> bool:
    """Return whether its text is written with two bytes a glyph."""
    return dictionary(font).get("/Subtype") == "/Type0"


def font_flaws(font: Any, codes: Collection[int], faces: Collection[str] | None, *, tagged: bool) -> Iterator[Flaw]:
    """Yield what is wrong with a font of which the glyphs `codes` are shown."""
    parts = _parts(font)
    if faces is not None and parts.name not in faces:
        yield Flaw("font_not_allowed", f"{parts.name or 'a font without a name'} is not a face of official papers")
    if parts.outer.get("/Subtype") == "/Type3":
        return
    descriptor = dictionary(parts.inner.get("/FontDescriptor"))
    if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
        yield Flaw("font_not_embedded", f"{parts.name} is not in the file")
        return
    if parts.is_composite and str(parts.outer.get("/Encoding", "")) not in {"/Identity-H", "/Identity-V"}:
        yield Flaw("font_encoding", f"{parts.name} counts its glyphs in its own way")
        return
    letters = letters_of(parts.outer.get("/ToUnicode"))
    if tagged:
        yield from _letter_flaws(parts.name, codes, letters)
    if parts.is_composite and isinstance(descriptor.get("/FontFile2"), pikepdf.Stream):
        yield from _glyph_flaws(parts, descriptor["/FontFile2"].read_bytes(), codes, letters)


def _parts(font: Any) -> _Parts:
    outer = dictionary(font)
    inner = [dictionary(one) for one in array(outer.get("/DescendantFonts"))]
    return _Parts(outer, inner[0] if inner else outer, is_composite(font))


def _letter_flaws(name: str, codes: Collection[int], letters: dict[int, str]) -> Iterator[Flaw]:
    for code in sorted(codes):
        meaning = letters.get(code, "")
        if not meaning or _NOT_LETTERS & set(meaning):
            yield Flaw("no_unicode", f"glyph {code} of {name} means no letter")
        elif any(unicodedata.category(one) == "Co" for one in meaning):
            yield Flaw("private_letter", f"glyph {code} of {name} means a letter of private use")


def _glyph_flaws(parts: _Parts, program: bytes, codes: Collection[int], letters: dict[int, str]) -> Iterator[Flaw]:
    outlines = outlines_of(program)
    if outlines is None or str(parts.inner.get("/CIDToGIDMap", "/Identity")) != "/Identity":
        yield Flaw("font_program", f"the glyphs of {parts.name} cannot be read")
        return
    widths, usual = _widths(parts.inner)
    for code in sorted(codes):
        letter = letters.get(code, "")
        if code == 0:
            yield Flaw("notdef", f"a letter is missing in {parts.name}: the box for missing letters is shown")
        elif code >= len(outlines.drawn):
            yield Flaw("missing_glyph", f"glyph {code} ({letter!r}) is not in {parts.name}")
        elif not outlines.drawn[code] and any(_leaves_ink(one) for one in letter):
            yield Flaw("blank_glyph", f"{letter!r} is empty in {parts.name}")
        elif abs(widths.get(code, usual) - outlines.advances[code]) > 1:
            yield Flaw("glyph_width", f"{letter!r} of {parts.name} is not as wide as the file says")


def _leaves_ink(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc", "Zs"}


def _widths(inner: dict[str, Any]) -> tuple[dict[int, float], float]:
    """Return the widths that the file gives (array /W, ISO 32000-1, 9.7.4.3) and the one for all others."""
    found: dict[int, float] = {}
    rest = array(inner.get("/W"))
    at = 0
    while at + 1 < len(rest):
        first = int(rest[at])
        if isinstance(rest[at + 1], pikepdf.Array):
            found.update({first + step: float(width) for step, width in enumerate(rest[at + 1])})
            at += 2
        else:
            found.update(dict.fromkeys(range(first, min(int(rest[at + 1]), 0xFFFF) + 1), float(rest[at + 2])))
            at += 3
    return found, float(inner.get("/DW", 1000))


def letters_of(mapping: Any) -> dict[int, str]:
    """Return glyph → letters of a /ToUnicode mapping; of anything else nothing."""
    if not isinstance(mapping, pikepdf.Stream):
        return {}
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(mapping.read_bytes()):
        if kind == b"char":
            found.update({int(code, 16): _text(value) for code, value in _PAIR.findall(body)})
        else:
            for first, last, target in _SPAN.findall(body):
                found.update(_span(int(first, 16), int(last, 16), target))
    return found


def _span(first: int, last: int, target: bytes) -> Iterator[tuple[int, str]]:
    codes = range(first, min(last, first + _MOST_OF_A_SPAN) + 1)
    if target.startswith(b"["):
        yield from zip(codes, map(_text, re.findall(rb"<([0-9A-Fa-f]*)>", target)), strict=False)
        return
    start = _text(target.strip(b"<>"))
    for step, code in enumerate(codes):
        yield code, start[:-1] + chr(ord(start[-1]) + step) if start else ""


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", errors="replace")
