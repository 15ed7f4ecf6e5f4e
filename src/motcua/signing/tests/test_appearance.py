"""What signatures look like, and where they stand."""

import io
from datetime import datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw

from motcua.deadlines.terms import VIET_NAM
from motcua.files.documents import DocumentKind
from motcua.files.rules.pdfa import flaws_of
from motcua.kernel.errors import Invalid
from motcua.signing.appearance.pictures import BLUE, RED, seal_picture, signature_picture
from motcua.signing.appearance.places import place_of
from motcua.signing.appearance.stamps import (
    MM,
    SEAL_SIZE,
    SIGNER_SIZE,
    agency_text_stamp,
    digitiser_stamp,
    initial_stamp,
    initials_of,
    iso_time,
    seal_stamp,
    signer_stamp,
)
from motcua.signing.appearance.views import View
from motcua.signing.appearance.words import sheet_of
from motcua.trust.terms import Role
from tests.papers.official import official_pdf
from tests.papers.signing import hand, plan_for, seal, signed

AT = datetime(2026, 2, 5, 16, 30, 5, tzinfo=VIET_NAM)
A4 = (0.0, 0.0, 595.28, 841.89)


def said(pdf: bytes) -> str:
    """The text of the first page."""
    return " ".join(line.text for line in sheet_of(pdf, 0, View()).lines)


def size_of(pdf: bytes) -> tuple[float, float]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 1
        box = [float(edge) for edge in opened.pages[0].mediabox]
    return box[2] - box[0], box[3] - box[1]


def colours_of(png: bytes) -> set[tuple[int, int, int]]:
    """The colours of what is not transparent."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    counted = picture.getcolors(1 << 20)
    assert counted is not None
    return {(pixel[0], pixel[1], pixel[2]) for _, pixel in counted if isinstance(pixel, tuple) and pixel[3]}


def foreign(*words: tuple[float, float, str], size: tuple[float, float] = A4[2:]) -> bytes:
    """A paper from elsewhere: words at places (left and baseline), nothing named."""
    marks = b"".join(b"BT /F 13 Tf %g %g Td (%s) Tj ET\n" % (x, y, text.encode()) for x, y, text in words)
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        pdf.pages[0].Contents = pdf.make_stream(marks)
        pdf.save(out)
    return out.getvalue()


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]


def test_signatures_become_blue_and_seals_red_on_nothing() -> None:
    signature, stamp = signature_picture(hand()), seal_picture(seal())
    assert colours_of(signature.png) == {BLUE}
    assert colours_of(stamp.png) == {RED}
    assert signature.width > signature.height
    for picture in (signature, stamp):
        opened = Image.open(io.BytesIO(picture.png))
        assert opened.size == (picture.width, picture.height)
        assert opened.getchannel("A").getextrema()[0] == 0


def test_a_transparent_picture_keeps_its_transparency_and_loses_white() -> None:
    drawn = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    pen.rectangle([0, 0, 399, 20], fill=(255, 255, 255, 255))
    pen.line([(20, 180), (380, 60)], fill=(10, 10, 10, 255), width=9)
    out = io.BytesIO()
    drawn.save(out, format="PNG")
    picture = signature_picture(out.getvalue())
    assert colours_of(picture.png) == {BLUE}
    assert picture.height < 140


def _picture(size: tuple[int, int], colour: object = "white", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, format=form)  # type: ignore[arg-type]
    return out.getvalue()


def _small() -> bytes:
    picture = Image.new("RGB", (100, 60), "white")
    ImageDraw.Draw(picture).line([(10, 50), (90, 10)], fill="black", width=4)
    out = io.BytesIO()
    picture.save(out, format="PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("picture_unreadable", b"%PDF-1.7"),
        ("picture_unreadable", hand()[:200]),
        ("picture_unreadable", _picture((300, 300), form="GIF")),
        ("picture_empty", _picture((600, 300))),
        ("picture_not_plain", _picture((600, 300), (20, 20, 20))),
        ("picture_too_small", _small()),
        ("picture_too_heavy", bytes(6 * 1024 * 1024)),
        ("picture_too_large", _picture((8000, 6000))),
    ],
)
def test_what_cannot_be_a_signature_is_refused(code: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        signature_picture(content)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.problems[0].field == "image"


def test_a_seal_is_about_round() -> None:
    with pytest.raises(Invalid) as refused:
        seal_picture(hand())
    assert refused.value.problems[0].code == "seal_not_round"


def test_stamps_are_as_large_as_their_place_transparent_and_archival() -> None:
    signature, stamp = signature_picture(hand()).png, seal_picture(seal()).png
    made = {
        SIGNER_SIZE: signer_stamp(signature, name="Nguyễn Ngữ", at=AT),
        SEAL_SIZE: seal_stamp(stamp, agency="UBND", at=AT),
        (90.0, 30.0): initial_stamp(signature, name="Nguyễn Ngữ", size=(90.0, 30.0)),
    }
    for size, pdf in made.items():
        assert size_of(pdf) == pytest.approx(size, abs=0.01)
        assert flaws_of(pdf, tagged=False) == []
        page = pypdfium2.PdfDocument(pdf)[0]
        drawn = page.render(scale=2, fill_color=(0, 0, 0, 0)).to_pil()
        assert drawn.getpixel((1, 1))[3] == 0
        assert drawn.getchannel("A").getextrema()[1] == 255


def test_text_says_who_when_and_for_which_paper() -> None:
    without = signer_stamp(None, name="Nguyễn Thị Ánh", agency="UBND xã Tân Tiến", at=AT)
    assert "Ký bởi: Nguyễn Thị Ánh UBND xã Tân Tiến" in said(without)
    assert said(without).endswith("Thời gian ký: 2026-02-05T16:30:05+07:00")
    block = agency_text_stamp(agency="UBND xã Tân Tiến", at=AT, number="05/QĐ-UBND")
    assert said(block) == "Số: 05/QĐ-UBND UBND xã Tân Tiến Thời gian ký: 2026-02-05T16:30:05+07:00"
    copy = agency_text_stamp(agency="UBND xã Tân Tiến", at=AT, number="03/SY-UBND", copy_kind="Bản sao y")
    assert said(copy).startswith("Bản sao y, Số: 03/SY-UBND")
    assert said(seal_stamp(None, agency="UBND xã Tân Tiến", at=AT)).startswith("UBND xã Tân Tiến")
    assert said(digitiser_stamp(name="Đỗ Ngữ", agency="UBND", at=AT)).startswith("Số hóa bởi: Đỗ Ngữ UBND")
    assert said(initial_stamp(None, name="nguyễn thị Ánh")) == initials_of("nguyễn thị Ánh") == "NTÁ"
    for pdf in (without, block, copy):
        assert flaws_of(pdf, tagged=False) == []


def test_long_names_grow_small_and_are_never_cut() -> None:
    long = "Trung tâm Phục vụ hành chính công " * 9
    pdf = agency_text_stamp(agency=long, at=AT, number="05/QĐ-UBND")
    box = (0.0, 0.0, *size_of(pdf))
    for line in sheet_of(pdf, 0, View()).lines:
        assert line.box[1] >= box[1] - 2
        assert line.box[3] <= box[3] + 2
    assert said(pdf).count("Trung tâm") == 9
    with pytest.raises(ValueError, match="offset"):
        iso_time(datetime(2026, 2, 5))  # noqa: DTZ001


def test_our_papers_say_where_signatures_stand() -> None:
    pdf = official_pdf(DocumentKind.DECISION)
    signer, stamp = place_of(pdf, Role.SIGNER), place_of(pdf, Role.SEAL)
    assert signer.page == stamp.page == 0
    assert signer.box[2] - signer.box[0] == pytest.approx(SIGNER_SIZE[0], abs=0.1)
    assert signer.box[3] - signer.box[1] == pytest.approx(SIGNER_SIZE[1], abs=0.1)
    # A third of the signature's picture, on its left, level with its middle.
    third = (signer.box[2] - signer.box[0]) / 3
    assert stamp.box[2] == pytest.approx(signer.box[0] + third, abs=0.1)
    assert sum(stamp.box[1::2]) == pytest.approx(sum(signer.box[1::2]), abs=0.1)
    lines = sheet_of(pdf, 0, View()).lines
    title = next(line for line in lines if line.text.startswith("PHÓ CHỦ TỊCH"))
    name = next(line for line in lines if line.text == "Nguyễn Hoàng Phương Uyên")
    assert title.box[1] + 1 >= signer.box[3]
    assert signer.box[1] >= name.box[3] - 1
    middle = (signer.box[0] + signer.box[2]) / 2
    assert middle == pytest.approx((name.box[0] + name.box[2]) / 2, abs=2)


def test_initials_follow_the_last_letter_and_the_line_of_the_archive() -> None:
    pdf = official_pdf(DocumentKind.DECISION)
    lines = sheet_of(pdf, 0, View()).lines
    content, form = place_of(pdf, Role.INITIAL_CONTENT).box, place_of(pdf, Role.INITIAL_FORM).box
    end = next(line.box for line in lines if line.text.rstrip().endswith("./."))
    archive = next(line.box for line in lines if line.text.startswith("- Lưu:"))
    for box, after in ((content, end), (form, archive)):
        assert 0 <= box[0] - after[2] <= 3 * MM
        assert box[1] < (after[1] + after[3]) / 2 < box[3]


def test_both_signers_of_a_record_have_places() -> None:
    pdf = official_pdf(DocumentKind.MINUTES)
    presiding, secretary = place_of(pdf, Role.SIGNER), place_of(pdf, Role.SIGNER, nth=2)
    assert secretary.box[2] < presiding.box[0]
    assert place_of(pdf, Role.SEAL, nth=2).box[0] < place_of(pdf, Role.SEAL).box[0]


@pytest.mark.parametrize("role", [Role.ATTACHMENT_SEAL, Role.DIGITISER])
def test_the_first_page_has_its_place_at_the_top_right_beside_what_stands_there(role: Role) -> None:
    pdf = official_pdf(DocumentKind.DECISION)
    place = place_of(pdf, role)
    assert place.page == 0
    assert place.box[2] > A4[2] - 12 * MM
    assert place.box[1] > A4[3] - 25 * MM
    busy = foreign((300, 815, "Mau so 01 ban hanh kem theo"), (300, 800, "Thong tu 03"))
    found = place_of(busy, role)
    assert not any(overlap(found.box, box) for box in sheet_of(busy, 0, View()).boxes)
    assert found.box[2] > A4[2] / 2


def test_a_full_page_still_gets_a_corner() -> None:
    full = foreign(*((20.0, float(y), "x" * 90) for y in range(10, 840, 12)))
    for role in Role:
        box = place_of(full, role).box
        assert box[0] >= A4[0]
        assert box[2] <= A4[2]
        assert box[3] <= A4[3]


def test_papers_from_elsewhere_are_signed_below_their_title() -> None:
    pdf = foreign((60, 700, "Noi dung van ban"), (350, 400, "KT. GIAM DOC"), (365, 280, "Nguyen Van A"))
    place = place_of(pdf, Role.SIGNER)
    assert 280 < place.box[1] < place.box[3] < 400
    assert place.box[0] < 400 < place.box[2]
    unknown = foreign((60, 700, "Noi dung van ban"))
    below = place_of(unknown, Role.SIGNER)
    assert below.box[3] < 760
    assert below.box[2] == pytest.approx(A4[2] - 15 * MM, abs=0.1)
    narrow = foreign((350, 400, "KT. GIAM DOC"), (350, 388, "Nguyen Van A"))
    assert not any(overlap(place_of(narrow, Role.SIGNER).box, box) for box in sheet_of(narrow, 0, View()).boxes)


def test_a_seal_finds_the_signature_that_is_there_already() -> None:
    paper = foreign((60, 700, "Noi dung"))
    after = signed(paper, (Role.SIGNER,))
    over = plan_for(paper, Role.SIGNER).placement
    assert over is not None
    stamp = place_of(after, Role.SEAL)
    assert stamp.box[2] == pytest.approx(over.box[0] + (over.box[2] - over.box[0]) / 3, abs=0.1)


def test_what_is_no_paper_is_refused() -> None:
    with pytest.raises(pikepdf.PdfError):
        place_of(b"no paper", Role.SIGNER)
    assert sheet_of(b"no paper", 0, View()).lines == ()
