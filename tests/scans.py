"""Scans as they come from counters, made by the tests: pages set by Typst, then noise, skew, JPEG, a table below.

page = drawn(birth_certificate("NGUYỄN THỊ HOA"))           # upright, 200 dpi
scanned(page, skew=2.0, turn=180)                            # as a scanner gives it
photographed(page)                                           # as a telephone does, on a table, aslant
stack([…])                                                   # one PDF of a scanner
"""

import io
import random
from collections.abc import Sequence
from typing import Final

import typst
from PIL import Image, ImageDraw, ImageFilter

from motcua.files.papers import FONTS_DIR

DPI: Final = 200
_A4: Final = (1654, 2339)
_FILLING: Final = (
    "Người ký tên dưới đây cam đoan những nội dung đã khai là đúng sự thật và chịu trách nhiệm trước pháp luật về lời "
    "khai của mình. Giấy này được lập thành hai bản có giá trị như nhau, một bản giao cho gia đình để đăng ký khai "
    "sinh, một bản lưu tại nơi cấp. "
)


def birth_certificate(mother: str = "NGUYỄN THỊ HOA", *, number: str = "0123/2026/CS", filling: int = 2) -> str:
    """A giấy chứng sinh of a hospital, as Typst source; `filling`: paragraphs below it."""
    return _page(
        "GIẤY CHỨNG SINH",
        [
            f"Số: {number}",
            f"Họ và tên mẹ: {mother}",
            "Năm sinh: 1996. Dân tộc: Kinh",
            "Số định danh cá nhân: 022196001234",
            "Nơi đăng ký thường trú: Tổ 5, khu 3, phường Hồng Gai, tỉnh Quảng Ninh",
            "Đã sinh con vào lúc: 08 giờ 15 phút, ngày 20 tháng 11 năm 2026",
            "Tại: Bệnh viện Sản Nhi Quảng Ninh",
            "Giới tính của con: Nữ. Cân nặng: 3200 g",
            "Dự định đặt tên con là: TRẦN NGỌC ÁNH",
        ],
        filling,
    )


def proxy_paper(filling: int = 4) -> str:
    """A văn bản ủy quyền."""
    lines = ["Bên ủy quyền: Bà Nguyễn Thị Hoa", "Bên nhận ủy quyền: Ông Trần Văn Bình", "Nội dung ủy quyền: nộp hồ sơ"]
    return _page("GIẤY ỦY QUYỀN", lines, filling)


def _page(title: str, lines: Sequence[str], filling: int) -> str:
    body = "\n\n".join([*lines, *[_FILLING] * filling])
    return (
        '#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm))\n'
        '#set text(font: "Liberation Serif", size: 13pt, lang: "vi")\n'
        "#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM* \\ *Độc lập - Tự do - Hạnh phúc*]\n\n"
        f"#align(center)[*{title}*]\n\n{body}\n"
    )


def drawn(source: str | bytes, *, dpi: int = DPI) -> Image.Image:
    """The first page of Typst source, or of a PDF, as a clean picture."""
    if isinstance(source, bytes):
        import pypdfium2

        with pypdfium2.PdfDocument(source) as document:
            return document[0].render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
    made = typst.compile(
        source.encode(), format="png", ppi=float(dpi), font_paths=[str(FONTS_DIR)], ignore_system_fonts=True
    )
    page = made[0] if isinstance(made, list) else made
    return Image.open(io.BytesIO(page)).convert("RGB")


def scanned(
    page: Image.Image, *, skew: float = 0.0, turn: int = 0, noise: float = 0.07, quality: int = 75
) -> Image.Image:
    """The page as a scanner gives it: aslant by `skew` degrees, noisy, yellowish, a JPEG, turned by right angles."""
    aslant = page.rotate(skew, fillcolor=(250, 248, 242), resample=Image.Resampling.BICUBIC)
    grain = Image.effect_noise(aslant.size, 40).convert("RGB")
    dirty = Image.blend(Image.blend(aslant, Image.new("RGB", aslant.size, (240, 232, 210)), 0.12), grain, noise)
    out = io.BytesIO()
    dirty.rotate(turn, expand=True).save(out, format="JPEG", quality=quality, dpi=(DPI, DPI))
    out.seek(0)
    return Image.open(out).convert("RGB")


def back(seed: int = 0) -> Image.Image:
    """The empty back of a sheet: paper, dust, two specks."""
    sheet = scanned(Image.new("RGB", _A4, "white"), noise=0.05)
    spots = random.Random(seed)
    for _ in range(2):
        place = (spots.randrange(200, 1400), spots.randrange(200, 2000))
        sheet.paste((90, 90, 90), (*place, place[0] + 4, place[1] + 4))
    return sheet


def photographed(page: Image.Image, *, size: tuple[int, int] = (2400, 3200)) -> Image.Image:
    """The page as a telephone sees it: on a brown table, aslant, seen from below, darker towards one side."""
    width, height = size
    corners = ((0.14, 0.06), (0.86, 0.08), (0.93, 0.94), (0.07, 0.92))
    target = [(x * width, y * height) for x, y in corners]
    from motcua.scanning.engine.upright import _perspective

    whole = [(0.0, 0.0), (page.width, 0.0), (page.width, page.height), (0.0, page.height)]
    numbers = _perspective(target, whole)
    kind, how = Image.Transform.PERSPECTIVE, Image.Resampling.BICUBIC
    laid = page.transform(size, kind, numbers, resample=how)
    mask = Image.new("L", page.size, 255).transform(size, kind, numbers, resample=how)
    table = Image.blend(Image.new("RGB", size, (92, 64, 45)), Image.effect_noise(size, 60).convert("RGB"), 0.15)
    table.paste(laid, (0, 0), mask)
    shade = Image.linear_gradient("L").resize(size).point(lambda level: 255 - level // 4)
    return Image.composite(table, Image.new("RGB", size, "black"), shade).filter(ImageFilter.GaussianBlur(0.8))


def as_jpeg(picture: Image.Image, *, dpi: int = 0) -> bytes:
    """A picture as a JPEG file."""
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=88, **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def stack(pages: Sequence[Image.Image], *, dpi: int = DPI) -> bytes:
    """Pages as the PDF that a scanner makes."""
    out = io.BytesIO()
    pages[0].save(out, format="PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=75)
    return out.getvalue()


def numbered(number: int) -> Image.Image:
    """A small page that says only its number: for stacks whose words do not matter."""
    sheet = Image.new("RGB", (827, 1169), "white")
    drawing = ImageDraw.Draw(sheet)
    for row in range(8):
        drawing.text((120, 100 + 90 * row), f"TRANG {number} " * 3, fill="black", font_size=40)
    return sheet
