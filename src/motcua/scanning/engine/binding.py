"""Pages as one PDF/A-2u: the picture as it was kept, the words read from it unseen on top, sizes 1:1.

fpdf2 writes the JPEG as it is and the words in invisible ink with the vendored font; it is the writer that ocrmypdf
uses for the same. Requirements: Nghị định 30/2020/NĐ-CP, Phụ lục I (PDF 1.4 or newer, colour, 200 dpi, 1:1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fpdf import FPDF
from fpdf.enums import DocumentCompliance, TextMode

from motcua.files.papers import FONTS_DIR, printable_characters
from motcua.files.rules.glyphs import printable
from motcua.scanning.terms import ReadPage, Word

_POINTS: Final = 72.0
_FONT: Final = "LiberationSerif"
_ASCENT: Final = 0.78


@dataclass(frozen=True, slots=True)
class BoundPage:
    """A page to bind: its JPEG, pixels, dots per inch, and what was read."""

    picture: bytes
    width: int
    height: int
    dpi: int
    read: ReadPage


def bound(pages: Sequence[BoundPage], *, title: str, author: str, at: datetime) -> bytes:
    """Return the PDF/A of the pages; ends in a line feed, so that signatures keep it one. `at`: the creation date."""
    book = FPDF(unit="pt", enforce_compliance=DocumentCompliance.PDFA_2U)
    book.set_margin(0)
    book.set_auto_page_break(auto=False)
    book.add_font(_FONT, "", FONTS_DIR / "LiberationSerif-Regular.ttf")
    book.set_title(title)
    book.set_author(author)
    book.set_lang("vi")
    book.set_creation_date(at)
    for page in pages:
        scale = _POINTS / page.dpi
        book.add_page(format=(page.width * scale, page.height * scale))
        with book.local_context(text_mode=TextMode.INVISIBLE):
            for line in page.read.lines:
                for word in line:
                    _write(book, word, scale)
        book.image(page.picture, 0, 0, page.width * scale, page.height * scale)
    return bytes(book.output()) + b"\n"


def _write(book: FPDF, word: Word, scale: float) -> None:
    """Write a word below the picture, as wide as it stands there, so that it can be marked and copied."""
    said = printable(word.text, printable_characters())
    size = max(1.0, word.box.height * scale)
    book.set_font(_FONT, size=size)
    book.set_stretching(100)
    natural = book.get_string_width(said + " ")
    if natural > 0:
        book.set_stretching(max(10.0, min(400.0, 100 * word.box.width * scale / natural)))
        book.text(word.box.left * scale, (word.box.top + word.box.height * _ASCENT) * scale, said + " ")
