"""From files to pictures of pages. Runs in a child process only: what people send is hostile until it is a picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image, ImageOps

from motcua.scanning.engine.upright import A4, evened, sheet_in
from motcua.scanning.terms import LEAST_DPI, MOST_DPI

_POINTS_PER_INCH: Final = 72
#: A sheet larger than A2 is no paper of a dossier; drawing it at 200 dpi would take a gigabyte.
_LONGEST_INCHES: Final = 24.0
_MOST_PIXELS: Final = 60_000_000
_PDF: Final = "application/pdf"
#: Telephones write 72 into their pictures, which means nothing.
_LEAST_SAID: Final = 100
#: Sides of A3 to A6 in inches: what a scanner says is believed where the picture is then such a sheet.
_SHEETS: Final = ((11.69, 16.54), A4, (5.83, 8.27), (4.13, 5.83))
_ABOUT: Final = 0.6


@dataclass(frozen=True, slots=True)
class Source:
    """One page of one file: its place in the stack's files, its page there (both from 0)."""

    file: int
    page: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it came: picture (RGB), dots per inch as drawn, dots per inch the file really holds (0: not known)."""

    picture: Image.Image
    dpi: int
    source_dpi: int


class PageUnreadableError(Exception):
    """A page that cannot be drawn; the sentence says why."""


def pages_in(path: Path, media_type: str) -> int:
    """Return how many pages a file has; raises PageUnreadableError."""
    if media_type != _PDF:
        return 1
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise PageUnreadableError("Không mở được tệp PDF này để đọc trang.") from error


def sheet_of(path: Path, media_type: str, page: int) -> Sheet:
    """Return one page as a picture; a photo is cut to its sheet of paper. Raises PageUnreadableError."""
    return _drawn(path, page) if media_type == _PDF else _photographed(path)


def _drawn(path: Path, number: int) -> Sheet:
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[number]
            width, height = page.get_size()
            if max(width, height) > _LONGEST_INCHES * _POINTS_PER_INCH:
                raise PageUnreadableError("Trang lớn hơn khổ A2; hãy quét lại ở tỷ lệ 1:1.")
            held = _held_dpi(page, width)
            dpi = min(max(held, LEAST_DPI), MOST_DPI)
            picture = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True).to_pil().convert("RGB")
            return Sheet(picture, dpi, held)
    except pypdfium2.PdfiumError as error:
        raise PageUnreadableError("Trang PDF bị hỏng, không vẽ được.") from error


def _held_dpi(page: pypdfium2.PdfPage, width: float) -> int:
    """How many dots per inch the largest picture on a page holds; 0 for a page that was never scanned."""
    widths = [0]
    for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, _, right, _ = found.get_bounds()
        shown = (right - left) / _POINTS_PER_INCH
        if isinstance(found, pypdfium2.PdfImage) and shown > width / _POINTS_PER_INCH / 2:
            widths.append(round(found.get_px_size()[0] / shown))
    return max(widths)


def _photographed(path: Path) -> Sheet:
    """A picture: of a scanner (it says its dots per inch) or of a telephone, which is taken to show a sheet of A4."""
    try:
        with Image.open(path, formats=["JPEG", "PNG"]) as opened:
            if opened.width * opened.height > _MOST_PIXELS:
                raise PageUnreadableError("Ảnh có quá nhiều điểm ảnh; hãy giảm kích thước ảnh.")
            said = round(float(opened.info.get("dpi", (0, 0))[0]))
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError) as error:
        raise PageUnreadableError("Ảnh bị hỏng, không mở được.") from error
    cut = evened(sheet_in(picture))
    long_side, short_side = max(cut.size), min(cut.size)
    if said >= _LEAST_SAID and cut.size == picture.size and _is_a_sheet(cut.size, said):
        return Sheet(cut, min(said, MOST_DPI), said)
    held = round(max(long_side / A4[1], short_side / A4[0]))
    return Sheet(_at_most(cut, held), min(held, MOST_DPI) or 1, held)


def _is_a_sheet(size: tuple[int, int], dpi: int) -> bool:
    short, long = sorted(side / dpi for side in size)
    return any(abs(short - one[0]) < _ABOUT and abs(long - one[1]) < _ABOUT for one in _SHEETS)


def _at_most(picture: Image.Image, held: int) -> Image.Image:
    if held <= MOST_DPI:
        return picture
    share = MOST_DPI / held
    size = (round(picture.width * share), round(picture.height * share))
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
