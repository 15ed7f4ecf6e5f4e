"""The one scan that all demo dossiers share, marked as a sample."""

from datetime import datetime
from importlib.resources import as_file, files
from io import BytesIO
from time import struct_time

from PIL import Image, ImageDraw, ImageFont

from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.store import store_paper

_A4_AT_75_DPI = (620, 877)
_WORDS = ("BẢN QUÉT MINH HỌA", "Dữ liệu trình diễn của Một Cửa,", "không phải giấy tờ thật.")


def sample_scan(*, at: datetime) -> FileRef:
    """Return the sample scan as a stored PDF; the same bytes each time, stored once."""
    page = Image.new("L", _A4_AT_75_DPI, 255)
    draw = ImageDraw.Draw(page)
    with as_file(files("motcua.files").joinpath("fonts", "LiberationSerif-Regular.ttf")) as path:
        for line, words in enumerate(_WORDS):
            font = ImageFont.truetype(str(path), 30 if line == 0 else 20)
            draw.text((310, 380 + 44 * line), words, font=font, fill=90, anchor="mm")
    draw.rectangle((40, 40, 580, 837), outline=160, width=2)
    out = BytesIO()
    fixed = struct_time((2026, 1, 1, 0, 0, 0, 3, 1, 0))  # keeps the bytes, and so the blob, the same
    page.save(out, "PDF", resolution=75, creationDate=fixed, modDate=fixed)
    kept = store_paper(out.getvalue(), name="ban-quet-minh-hoa.pdf", at=at)
    return FileRef(kept.sha256, kept.name)
