"""Pictures: limits, and drawing them anew so that nothing but the picture is kept."""

import io
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from motcua.files.terms import Limits, MediaType
from motcua.kernel.errors import Problem

_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
_UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError)
_TOO_LARGE = (Image.DecompressionBombError, Image.DecompressionBombWarning)
_QUALITY = 90
#: The longer side of a copy for screens, in pixels: an A4 page stays legible.
WEB_PIXELS = 1600
_WEB_QUALITY = 75


def image_problems(file: IO[bytes], name: str, limits: Limits, field: str = "") -> list[Problem]:
    """Return what speaks against a JPEG or PNG file: more pixels than allowed, or not to be read."""
    try:
        with Image.open(file, formats=list(_FORMATS.values())) as picture:
            if picture.width * picture.height > limits.pixels:
                return [_too_large(name, limits, field)]
            picture.load()
    except _TOO_LARGE:
        return [_too_large(name, limits, field)]
    except _UNREADABLE:
        return [
            Problem("image_unreadable", f"Ảnh “{name}” bị hỏng, không mở được. Hãy chụp, quét lại rồi tải lên.", field)
        ]
    return []


def redrawn(file: IO[bytes], kind: MediaType) -> bytes:
    """Return the picture encoded anew: upright, one frame, no metadata (no EXIF, no place, no camera)."""
    file.seek(0)
    with Image.open(file, formats=[_FORMATS[kind]]) as opened:
        picture = ImageOps.exif_transpose(opened)
        mode = _mode_for(picture.mode, kind)
        bare = picture.convert(mode) if picture.mode != mode else picture.copy()
    bare.info = {}
    out = io.BytesIO()
    if kind is MediaType.JPEG:
        bare.save(out, format="JPEG", quality=_QUALITY, optimize=True)
    else:
        bare.save(out, format="PNG")
    return out.getvalue()


def web_copy(file: IO[bytes]) -> bytes | None:
    """Return a small JPEG of a picture for screens: upright, `WEB_PIXELS` at most, no metadata, white behind.

    None when the picture cannot be read.
    """
    file.seek(0)
    try:
        with Image.open(file, formats=list(_FORMATS.values())) as opened:
            opened.draft("RGB", (WEB_PIXELS, WEB_PIXELS))  # a JPEG is read at half, a quarter… of its size: fast
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((WEB_PIXELS, WEB_PIXELS))
            clear = picture.convert("RGBA")
    except (*_TOO_LARGE, *_UNREADABLE):
        return None
    page = Image.new("RGBA", clear.size, "white")
    page.alpha_composite(clear)
    out = io.BytesIO()
    page.convert("RGB").save(out, format="JPEG", quality=_WEB_QUALITY, optimize=True, progressive=True)
    return out.getvalue()


def _mode_for(mode: str, kind: MediaType) -> str:
    if kind is MediaType.JPEG:
        return mode if mode in {"L", "RGB"} else "RGB"
    if mode in {"1", "L", "LA", "RGB", "RGBA"}:
        return mode
    return "RGBA" if mode in {"P", "PA"} else "RGB"


def _too_large(name: str, limits: Limits, field: str) -> Problem:
    millions = limits.pixels // 1_000_000
    return Problem(
        "image_too_large",
        f"Ảnh “{name}” có quá nhiều điểm ảnh (tối đa {millions} triệu). Hãy giảm kích thước ảnh hoặc chụp lại.",
        field,
    )
