"""Real files in the hands of people: a scan, a photo, a PDF that is handed out again."""

import io
import os
import subprocess
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw
from playwright.sync_api import FilePayload, Page

PICTURES = "MOTCUA_PICTURES"


def scan(name: str = "to-khai.pdf") -> FilePayload:
    """A small PDF of one page, as a scanner makes it."""
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.save(out)
    return {"name": name, "mimeType": "application/pdf", "buffer": out.getvalue()}


def photo(name: str = "giay-chung-sinh.jpg") -> FilePayload:
    """A small photo of a paper, as a telephone makes it."""
    image, out = Image.new("RGB", (600, 800), "#f6f1e4"), io.BytesIO()
    draw = ImageDraw.Draw(image)
    for line in range(12):
        draw.rectangle((60, 80 + line * 50, 540 - line % 3 * 90, 92 + line * 50), fill="#44506a")
    image.save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def words_of(page: Page, url: str, *, order: str = "-layout") -> str:
    """The words of a PDF that this person may download, on one line, without the marks where a code may break.

    Line by line across the page, or with `order="-raw"` cell by cell of a table.
    """
    answer = page.context.request.get(url)
    assert answer.status == 200, url
    assert answer.headers["content-type"] == "application/pdf"
    done = subprocess.run(["pdftotext", order, "-", "-"], input=answer.body(), capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u200b", "").split())


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page when the environment names a folder for pictures; nothing otherwise."""
    if folder := os.environ.get(PICTURES):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def look_at_paper(page: Page, url: str, name: str) -> None:
    """Keep a picture of the first page of a PDF when the environment names a folder for pictures; nothing otherwise."""
    if folder := os.environ.get(PICTURES):
        answer = page.context.request.get(url)
        drawing = ["pdftoppm", "-png", "-singlefile", "-r", "80", "-", str(Path(folder) / name)]
        subprocess.run(drawing, input=answer.body(), check=True)
