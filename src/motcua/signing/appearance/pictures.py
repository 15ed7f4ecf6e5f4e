"""Pictures of signatures and seals: checked, freed of their paper, drawn anew in the colour the decree demands.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the signature is blue, the seal red and of its real size, both PNG with a
transparent ground. A photograph on white paper is taken too: the paper becomes transparent.
"""

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from motcua.kernel.errors import Invalid, Problem

Colour = tuple[int, int, int]
BLUE: Colour = (0, 56, 168)
RED: Colour = (214, 0, 28)

#: Pixels of the longer side that are kept: 600 dots an inch of a signature 50 mm wide.
_KEPT = 1200
_SMALLEST = 120
_LARGEST_BYTES = 5 * 1024 * 1024
_LARGEST_PIXELS = 40_000_000
#: Share of the picture that may be ink, in per cent.
_INK = (0.2, 70.0)
#: How far from the paper's brightness ink begins, of 255.
_BESIDE_PAPER = 36
_OPAQUE = 250
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError)
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)
#: A round seal is as wide as it is high, give or take what a cut with scissors leaves.
_ROUND = (0.8, 1.25)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for stamps: PNG with transparent ground, one colour, no margin; its size in pixels."""

    png: bytes
    width: int
    height: int


def signature_picture(content: bytes) -> Picture:
    """Return the handwritten signature in blue; raises Invalid (field "image") when it cannot be one."""
    return _drawn(content, BLUE, "chữ ký")


def seal_picture(content: bytes) -> Picture:
    """Return the seal in red; raises Invalid (field "image") when it cannot be one, or is not about round."""
    picture = _drawn(content, RED, "con dấu")
    if not _ROUND[0] <= picture.width / picture.height <= _ROUND[1]:
        raise Invalid(_problem("seal_not_round", "Ảnh con dấu phải có chiều ngang và chiều cao gần bằng nhau."))
    return picture


def _drawn(content: bytes, colour: Colour, what: Literal["chữ ký", "con dấu"]) -> Picture:
    opened = _opened(content, what)
    ink = _ink_of(opened)
    box = ink.point([0] * 24 + [255] * 232).getbbox()
    if box is None:
        raise Invalid(_problem("picture_empty", f"Không thấy {what} trong ảnh. Hãy chụp lại trên nền giấy trắng."))
    ink = ink.crop(box)
    share = 100 * sum(ink.histogram()[128:]) / (opened.width * opened.height)
    if not _INK[0] <= share <= _INK[1]:
        raise Invalid(
            _problem("picture_not_plain", f"Ảnh {what} phải ở trên nền trắng hoặc trong suốt, không lẫn hình khác.")
        )
    if max(ink.size) < _SMALLEST:
        raise Invalid(
            _problem("picture_too_small", f"Ảnh {what} quá nhỏ: cần ít nhất {_SMALLEST} điểm ảnh mỗi chiều dài.")
        )
    ink.thumbnail((_KEPT, _KEPT))
    picture = Image.new("RGBA", ink.size, (*colour, 0))
    picture.putalpha(ink)
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return Picture(out.getvalue(), *ink.size)


def _opened(content: bytes, what: str) -> Image.Image:
    if len(content) > _LARGEST_BYTES:
        raise Invalid(_problem("picture_too_heavy", f"Ảnh {what} lớn hơn 5 MB. Hãy giảm kích thước ảnh."))
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > _LARGEST_PIXELS:
                raise Invalid(_problem("picture_too_large", f"Ảnh {what} có quá nhiều điểm ảnh (tối đa 40 triệu)."))
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except (*_UNREADABLE, *_BOMBS) as error:
        raise Invalid(
            _problem("picture_unreadable", f"Không đọc được ảnh {what}. Hãy dùng ảnh PNG hoặc JPG.")
        ) from error


def _ink_of(picture: Image.Image) -> Image.Image:
    """Return how much ink stands at each pixel (0 none, 255 full): the transparency there is, or what is not paper."""
    alpha = picture.getchannel("A")
    grey = picture.convert("RGB").convert("L")
    if sum(alpha.histogram()[:_OPAQUE]):
        # White drawn on a transparent ground is paper too.
        return ImageChops.multiply(alpha, grey.point([255] * 200 + [max(0, 255 - 6 * step) for step in range(56)]))
    paper = _brightness_of_paper(grey)
    start = max(paper - _BESIDE_PAPER, 1)
    full = max(start // 2, 1)
    return grey.point(
        [255 if v <= full else max(0, round(255 * (start - v) / max(start - full, 1))) for v in range(256)]
    )


def _brightness_of_paper(grey: Image.Image) -> int:
    """Return the brightness that most pixels have, of the brighter half."""
    counts = grey.histogram()
    return max(range(128, 256), key=lambda value: counts[value])


def _problem(code: str, message: str) -> Problem:
    return Problem(code, message, "image", "Nghị định 30/2020/NĐ-CP, Phụ lục I")
