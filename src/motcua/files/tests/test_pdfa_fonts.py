"""Rules about fonts, each held against a file that breaks it: above all, a missing letter must fail."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name

from motcua.files.papers import FONTS_DIR
from motcua.files.rules.pdfa.outlines import outlines_of
from motcua.files.tests.test_pdfa import Change, changed, codes, drawn

_AT = datetime(2026, 2, 5, 9, 0, tzinfo=UTC)


def first_font(pdf: pikepdf.Pdf) -> Any:
    """The first composite font of the file."""
    return next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/Subtype") == "/Type0")


def _rename(name: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for one in pdf.objects:
            if isinstance(one, Dictionary) and "/BaseFont" in one:
                one.BaseFont = Name(name)

    return change


def _without_program(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary) and "/FontFile2" in one:
            del one["/FontFile2"]


def _font(change: Callable[[Any, pikepdf.Pdf], object]) -> Change:
    return lambda pdf: change(first_font(pdf), pdf)


def _no_letters(font: Any, pdf: pikepdf.Pdf) -> None:
    del font["/ToUnicode"]


def _wrong_letters(font: Any, pdf: pikepdf.Pdf) -> None:
    font.ToUnicode = pdf.make_stream(b"1 beginbfrange\n<0000> <FFFF> <E000>\nendbfrange")


def _zero_letters(font: Any, pdf: pikepdf.Pdf) -> None:
    font.ToUnicode = pdf.make_stream(b"1 beginbfrange\n<0000> <0003> [<0000> <0000> <0000> <0000>]\nendbfrange")


def _wrong_widths(font: Any, pdf: pikepdf.Pdf) -> None:
    font.DescendantFonts[0].W = Array([0, 0xFFFF, 999])


def _own_encoding(font: Any, pdf: pikepdf.Pdf) -> None:
    font.Encoding = Name("/UniGB-UCS2-H")


def _no_glyphs(font: Any, pdf: pikepdf.Pdf) -> None:
    font.DescendantFonts[0].FontDescriptor.FontFile2 = pdf.make_stream(b"nothing")


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("font_not_allowed", _rename("/ABCDEF+TimesNewRomanPSMT")),
        ("font_not_allowed", _rename("/ABCDEF+LiberationSans")),
        ("font_not_embedded", _without_program),
        ("no_unicode", _font(_no_letters)),
        ("no_unicode", _font(_zero_letters)),
        ("private_letter", _font(_wrong_letters)),
        ("glyph_width", _font(_wrong_widths)),
        ("font_encoding", _font(_own_encoding)),
        ("font_program", _font(_no_glyphs)),
    ],
)
def test_each_rule_of_fonts(code: str, change: Change) -> None:
    assert code in codes(changed(change))
    assert codes(changed(_rename("/ABCDEF+Other")), faces=None) == set()


def test_a_glyph_that_is_not_in_the_font_or_is_empty_is_missing() -> None:
    def use(pdf: pikepdf.Pdf, shown: bytes) -> None:
        name = next(key for key, one in pdf.pages[0].Resources.Font.items() if one.objgen == first_font(pdf).objgen)
        drawn(b"/Artifact BMC BT " + name.encode() + b" 10 Tf <" + shown + b"> Tj ET EMC")(pdf)

    assert "notdef" in codes(changed(lambda pdf: use(pdf, b"0000")))
    assert "missing_glyph" in codes(changed(lambda pdf: use(pdf, b"7FFF")))

    def emptied(pdf: pikepdf.Pdf) -> None:
        descriptor = first_font(pdf).DescendantFonts[0].FontDescriptor
        program = bytearray(descriptor.FontFile2.read_bytes())
        loca = next(12 + 16 * at for at in range(program[5]) if program[12 + 16 * at : 16 + 16 * at] == b"loca")
        start, length = (int.from_bytes(program[loca + at : loca + at + 4]) for at in (8, 12))
        program[start : start + length] = bytes(length)
        descriptor.FontFile2 = pdf.make_stream(bytes(program))

    assert "blank_glyph" in codes(changed(emptied))


def test_a_missing_vietnamese_letter_fails() -> None:
    """A face that lacks letters: Typst shows the box for missing letters, or takes them from another face."""
    source = '#set document(title: "x")\n#set text(font: "Liberation Serif", lang: "vi")\nMột 漢 cửa'.encode()
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_DIR)])
    boxed = typst.compile(source, font_paths=fonts, ignore_system_fonts=True, format="pdf", timestamp=_AT)
    assert "notdef" in codes(bytes(boxed))
    mixed = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])
    other = typst.compile(source, font_paths=mixed, ignore_system_fonts=True, format="pdf", timestamp=_AT)
    assert "font_not_allowed" in codes(bytes(other))


def test_a_program_of_glyphs_that_is_none() -> None:
    assert outlines_of(b"") is None
    assert outlines_of(b"\0\1\0\0\0\0" + bytes(6)) is None
