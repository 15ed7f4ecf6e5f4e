"""Digitised papers are PDF/A-2u, colour, 200 dpi, 1:1, with the text to search and copy."""

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from motcua.scanning.engine.binding import BoundPage, bound
from motcua.scanning.terms import Box, ReadPage, Word
from tests import scans

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
READ = ReadPage(((Word("Nguyễn", 90, Box(400, 300, 200, 40)), Word("Thị", 90, Box(610, 300, 80, 40))),))


@pytest.fixture(scope="module")
def content() -> bytes:
    picture = scans.scanned(scans.drawn(scans.birth_certificate()))
    page = BoundPage(scans.as_jpeg(picture), picture.width, picture.height, 200, READ)
    return bound([page, page], title="Giấy chứng sinh", author="UBND phường Hồng Gai", at=AT)


def test_it_is_a_pdf_a_at_its_own_size(content: bytes) -> None:
    assert content.endswith(b"%%EOF\n\n") or content.endswith(b"%%EOF\n")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        meta = pdf.open_metadata()
        assert (meta.get("pdfaid:part"), meta.get("pdfaid:conformance")) == ("2", "U")
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert float(pdf.pages[0].MediaBox[2]) == pytest.approx(595.3, abs=0.5)
        (image,) = (pdf.pages[0].Resources.XObject[name] for name in pdf.pages[0].Resources.XObject)
        assert image.Filter in ("/DCTDecode", pikepdf.Array([pikepdf.Name("/DCTDecode")]))
        assert image.ColorSpace == "/DeviceRGB"
        assert int(image.Width) / (float(pdf.pages[0].MediaBox[2]) / 72) >= 199.5


def test_the_picture_is_not_pressed_again(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (image,) = (pdf.pages[0].Resources.XObject[name] for name in pdf.pages[0].Resources.XObject)
        assert image.read_raw_bytes()[:3] == b"\xff\xd8\xff"


def test_its_words_can_be_found_and_its_font_is_the_vendored_one(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(content)
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Nguyễn Thị" in said
    fonts = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    assert [line.split()[0].partition("+")[2] for line in fonts.splitlines()[2:]] == ["LiberationSerif"]


def test_the_same_pages_give_the_same_bytes(content: bytes) -> None:
    picture = scans.scanned(scans.drawn(scans.birth_certificate()))
    page = BoundPage(scans.as_jpeg(picture), picture.width, picture.height, 200, ReadPage())
    made = [bound([page], title="A", author="B", at=AT) for _ in range(2)]
    assert made[0] == made[1]
