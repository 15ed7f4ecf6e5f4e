import io

import pytest
from PIL import Image

from motcua.files.rules.images import redrawn
from motcua.files.terms import MediaType
from motcua.files.tests.conftest import picture


def test_a_picture_is_turned_upright_and_loses_where_and_with_what_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Máy ảnh của tôi"
    with Image.open(io.BytesIO(redrawn(io.BytesIO(picture(exif=exif.tobytes())), MediaType.JPEG))) as drawn:
        assert drawn.size == (20, 40)
        assert not drawn.getexif()
        assert "exif" not in drawn.info


def test_text_hidden_in_a_png_is_gone() -> None:
    content = picture("PNG") + b"<script>"
    assert b"<script>" not in redrawn(io.BytesIO(content), MediaType.PNG)


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [("JPEG", "CMYK", "RGB"), ("JPEG", "L", "L"), ("PNG", "P", "RGBA"), ("PNG", "I;16", "RGB"), ("PNG", "1", "1")],
)
def test_unusual_colours_become_usual(kind: str, mode: str, expected: str) -> None:
    drawn = redrawn(io.BytesIO(picture(kind, mode=mode)), MediaType[kind])
    with Image.open(io.BytesIO(drawn)) as opened:
        assert opened.mode == expected
