"""Stamps: one-page PDFs with a transparent ground, as large as the place they are drawn into.

Set by Typst with the vendored faces, so that the glyphs, their widths and their mapping to letters are right, and in
ICC colours, so that the paper stays PDF/A. What shows is laid down in Nghị định 30/2020/NĐ-CP, Phụ lục I; where it is
silent (text for a signature without a picture, initials, the digitiser's block) the wording is the house's own.
"""

import base64
import functools
import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from motcua.files.papers import render

_TEMPLATE = "signing/appearance/templates/stamp.typ"
_WORDS = "signing/appearance/templates/words.typ"
#: A room higher than this holds several lines (files/layout/decree30.typ: `blanks`), in points.
_ONE_LINE = 24.0
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
#: The date inside a stamp's own file; it is not drawn and goes when the stamp becomes part of a paper.
_UNDATED = datetime(2020, 3, 5, tzinfo=UTC)
_BLACK = "#000000"
_BLUE = "#0038a8"
_RED = "#d6001c"
#: Decree 30, Appendix I: text of an agency's signature is upright, black, 10 points.
_DECREE_POINTS = 10.0
MM = 72 / 25.4

Size = tuple[float, float]
SIGNER_SIZE: Size = (52 * MM, 26 * MM)
SEAL_SIZE: Size = (36 * MM, 36 * MM)
#: A seal without a picture: not higher than the signer's room, so that neither title nor name is covered.
SEAL_TEXT_SIZE: Size = (36 * MM, 26 * MM)
#: The share of a signature, on its left, that the agency's seal covers.
SEALED_SHARE = 1 / 3
TEXT_SIZE: Size = (100 * MM, 14.5 * MM)
INITIAL_SIZE: Size = (14 * MM, 7 * MM)
DIGITISER_SIZE: Size = (80 * MM, 13 * MM)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    weight: str = "regular"


@dataclass(frozen=True, slots=True)
class _Look:
    """How a stamp is set: `clear` is the share of its width that stays free on the left, `framed` a line around."""

    align: str = "center"
    stand: str = "middle"
    points: float = _DECREE_POINTS
    colour: str = _BLACK
    clear: float = 0.0
    framed: bool = False


def signer_stamp(
    image: bytes | None,
    *,
    name: str,
    at: datetime,
    agency: str = "",
    size: Size = SIGNER_SIZE,
    beside_seal: bool = False,
) -> bytes:
    """Return what shows where a competent person signs: the handwritten signature, or who signed when, in blue.

    `image` is the PNG of `pictures.signature_picture`. `at` is written in Vietnamese time, ISO 8601. `beside_seal`: the
    left third stays free, because one of the two, this or the seal that is to cover it, is text that must be readable.
    """
    clear = SEALED_SHARE if beside_seal else 0.0
    if image is not None:
        return _picture_stamp(image, f"Chữ ký của {name}", size, clear)
    lines = [_Line(f"Ký bởi: {name}", "bold"), _Line(agency), _Line(f"Thời gian ký: {iso_time(at)}")]
    look = _Look("center", "middle", 9, _BLUE, clear)
    return _text_stamp(lines, f"Chữ ký của {name}", size, look)


def seal_stamp(image: bytes | None, *, agency: str, at: datetime, size: Size = SEAL_SIZE) -> bytes:
    """Return what shows where an agency seals: the picture of its seal, or a red frame with its name and the time.

    `image` is the PNG of `pictures.seal_picture`; `size` is the seal's real size, without a picture `SEAL_TEXT_SIZE`.
    """
    if image is not None:
        return _picture_stamp(image, f"Dấu của {agency}", size)
    lines = [_Line(agency, "bold"), _Line(f"Thời gian ký: {iso_time(at)}")]
    look = _Look("center", "middle", 9, _RED, framed=True)
    return _text_stamp(lines, f"Chữ ký số của {agency}", size, look)


def agency_text_stamp(
    *, agency: str, at: datetime, number: str = "", copy_kind: str = "", size: Size = TEXT_SIZE
) -> bytes:
    """Return an agency's signature as text, for attachments and copies: no picture, at the top right of the first page.

    `number` is the number and symbol of the document an attachment belongs to ("15/QĐ-UBND"); `copy_kind` the form of
    a copy ("Bản sao y", with its own `number`).
    """
    first = ", ".join(part for part in (copy_kind, f"Số: {number}" if number else "") if part)
    lines = [_Line(first), _Line(agency), _Line(f"Thời gian ký: {iso_time(at)}")]
    return _text_stamp(lines, f"Chữ ký số của {agency}", size, _Look("right", "top", _DECREE_POINTS))


def initial_stamp(image: bytes | None, *, name: str, size: Size = INITIAL_SIZE) -> bytes:
    """Return initials (ký nháy): the person's signature made small, or the letters of the name, in blue."""
    if image is not None:
        return _picture_stamp(image, f"Ký nháy của {name}", size)
    return _text_stamp(
        [_Line(initials_of(name), "bold")], f"Ký nháy của {name}", size, _Look("left", "middle", 11, _BLUE)
    )


def digitiser_stamp(*, name: str, agency: str, at: datetime, size: Size = DIGITISER_SIZE) -> bytes:
    """Return the block of the clerk who digitised a paper (Thông tư 01/2023/TT-VPCP): who, for which agency, when."""
    lines = [_Line(f"Số hóa bởi: {name}"), _Line(agency), _Line(f"Thời gian ký: {iso_time(at)}")]
    return _text_stamp(lines, f"Chữ ký số hóa của {name}", size, _Look("right", "top", 9))


def words_stamp(
    words: str, *, label: str, size: Size, align: str, style: str = "normal", weight: str = "regular"
) -> bytes:
    """Return words as they are written into a room of the paper ("05", "CHỦ TỊCH"), black, 13 points or as fits.

    Several lines begin at the top of the room, one stands on the line of the text around it.
    """
    return _set_words(words, label, size, align, style, weight)


@functools.lru_cache(maxsize=512)
def _set_words(words: str, label: str, size: Size, align: str, style: str, weight: str) -> bytes:
    data = {
        "issued_at": _UNDATED.isoformat(),
        "title": label,
        "width": round(size[0], 3),
        "height": round(size[1], 3),
        "lines": [{"text": line} for line in words.split("\n")],
        "align": align,
        "stand": "top" if size[1] > _ONE_LINE else "base",
        "style": style,
        "weight": weight,
    }
    return render(_WORDS, data, tagged=False)


def initials_of(name: str) -> str:
    """Return the first letters of a name ("Nguyễn Thị Ánh" → "NTÁ")."""
    return "".join(word[0].upper() for word in name.split())


def iso_time(at: datetime) -> str:
    """Return a moment as the decree has it written: ISO 8601 to the second, with the offset of Vietnam."""
    if at.tzinfo is None:
        raise ValueError("the moment of a signature needs its offset")
    return at.astimezone(_VIETNAM).isoformat(timespec="seconds")


@functools.lru_cache(maxsize=128)
def _picture_stamp(image: bytes, title: str, size: Size, clear: float = 0.0) -> bytes:
    width, height = struct.unpack_from(">II", image, 16)
    drawing = base64.b64encode(image).decode()
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{drawing}"/></svg>'
    )
    return _stamp(title, size, _Look(clear=clear), picture_svg=svg)


def _text_stamp(lines: Sequence[_Line], title: str, size: Size, look: _Look) -> bytes:
    shown = json.dumps([{"text": line.text, "weight": line.weight} for line in lines if line.text])
    return _set_text(shown, title, size, look)


@functools.lru_cache(maxsize=256)
def _set_text(lines: str, title: str, size: Size, look: _Look) -> bytes:
    return _stamp(title, size, look, lines=json.loads(lines))


def _stamp(
    title: str, size: Size, look: _Look, *, picture_svg: str = "", lines: Sequence[dict[str, str]] = ()
) -> bytes:
    data = {
        "issued_at": _UNDATED.isoformat(),
        "title": title,
        "width": round(size[0], 3),
        "height": round(size[1], 3),
        "picture_svg": picture_svg,
        "lines": list(lines),
        "align": look.align,
        "stand": look.stand,
        "size": look.points,
        "colour": look.colour,
        "clear": round(100 * look.clear, 3),
        "framed": look.framed,
    }
    return render(_TEMPLATE, data, tagged=False)
