import io

import pytest
from PIL import Image

from motcua.files.rules.images import WEB_PIXELS, redrawn, web_copy
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


def test_a_copy_for_screens_is_small_upright_and_tells_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    large = picture(size=(4000, 3000), exif=exif.tobytes())
    copied = web_copy(io.BytesIO(large)) or b""
    assert len(copied) < len(large)
    with Image.open(io.BytesIO(copied)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (1200, WEB_PIXELS))
        assert not drawn.getexif()


def test_a_small_picture_is_not_made_larger() -> None:
    with Image.open(io.BytesIO(web_copy(io.BytesIO(picture())) or b"")) as drawn:
        assert drawn.size == (40, 20)


@pytest.mark.parametrize("mode", ["RGBA", "P", "1", "LA", "I;16"])
def test_what_was_clear_is_white_on_screens(mode: str) -> None:
    with Image.open(io.BytesIO(web_copy(io.BytesIO(picture("PNG", mode=mode))) or b"")) as drawn:
        assert drawn.mode == "RGB"
        assert drawn.getpixel((0, 0)) == ((255, 255, 255) if mode in {"RGBA", "LA"} else (0, 0, 0))


def test_what_is_no_picture_has_no_copy() -> None:
    assert web_copy(io.BytesIO(b"\x89PNG\r\n\x1a\n...")) is None
