"""What is done to one page: cut, looked at, turned upright, read, kept as JPEG."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import zxingcpp
from PIL import Image

from motcua.scanning.engine.reading import read_page, turn_of
from motcua.scanning.engine.unpack import PageUnreadableError, sheet_of
from motcua.scanning.engine.upright import ink_of, is_blank, lies_sideways, skew_of, turned
from motcua.scanning.rules.separators import mark_of
from motcua.scanning.terms import PageKind, ReadPage, SheetMark

_QUALITY: Final = 82
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_POOR: Final = 60.0
_FEW_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One page to read: the file, its media type, the page in it (from 0), where the picture goes, whether to read."""

    path: str
    media_type: str
    page: int
    target: str
    reads: bool = True
    turn: int = 0


def page_of(task: Task) -> dict[str, Any]:
    """Do the page; return its facts as plain values (see `reader.py`), `problem` where it could not be drawn."""
    try:
        sheet = sheet_of(Path(task.path), task.media_type, task.page)
    except PageUnreadableError as error:
        return {"problem": str(error)}
    picture, dpi = sheet.picture, sheet.dpi
    facts = {"dpi": dpi, "source_dpi": sheet.source_dpi}
    if (mark := separator_on(picture)) is not None:
        size = _kept(picture, task.target, dpi)
        named = {"dossier_code": mark.dossier_code, "component_key": mark.component_key}
        return {**facts, **size, "kind": PageKind.SEPARATOR.value, "mark": named, "lines": []}
    if is_blank(picture):
        return {**facts, **_kept(picture, task.target, dpi), "kind": PageKind.BLANK.value, "lines": []}
    picture, read = _read_upright(_level(picture), task, dpi)
    return {**facts, **_kept(picture, task.target, dpi), "kind": PageKind.PAGE.value, "lines": read.as_json()}


def again(task: Task, dpi: int) -> dict[str, Any]:
    """Turn a page that was read before by `task.turn` degrees clockwise, and read it anew."""
    with Image.open(task.path, formats=["JPEG"]) as opened:
        picture = turned(opened.convert("RGB"), -task.turn)
    size = _kept(picture, task.target, dpi)
    read = read_page(Path(task.target), dpi=dpi) if task.reads else ReadPage()
    return {"dpi": dpi, **size, "kind": PageKind.PAGE.value, "lines": read.as_json()}


def separator_on(picture: Image.Image) -> SheetMark | None:
    """Return what the separator sheet says, at any rotation; None for any other page."""
    for code in zxingcpp.read_barcodes(picture.convert("L"), formats=_QR):
        if (mark := mark_of(code.text)) is not None:
            return mark
    return None


def _level(picture: Image.Image) -> Image.Image:
    ink = ink_of(picture)
    if lies_sideways(ink):
        picture = turned(picture, 90)
        ink = ink.transpose(Image.Transpose.ROTATE_90)
    return turned(picture, skew_of(ink))


def _read_upright(picture: Image.Image, task: Task, dpi: int) -> tuple[Image.Image, ReadPage]:
    """Read; where that gives nothing sensible, ask which side is up, turn and read again. The better reading stays."""
    _kept(picture, task.target, dpi)
    if not task.reads:
        return picture, ReadPage()
    read = read_page(Path(task.target), dpi=dpi)
    if read.confidence >= _POOR and sum(map(len, read.lines)) >= _FEW_WORDS:
        return picture, read
    if turn := turn_of(Path(task.target)):
        other = turned(picture, -turn)
        _kept(other, task.target, dpi)
        second = read_page(Path(task.target), dpi=dpi)
        if second.confidence > read.confidence:
            return other, second
    return picture, read


def _kept(picture: Image.Image, target: str, dpi: int) -> dict[str, int]:
    """Write the picture as a JPEG without anything of its source but its dots; return its size."""
    out = io.BytesIO()
    bare = picture.copy()
    bare.info = {}
    bare.save(out, format="JPEG", quality=_QUALITY, dpi=(dpi, dpi))
    Path(target).write_bytes(out.getvalue())
    return {"width": picture.width, "height": picture.height}
