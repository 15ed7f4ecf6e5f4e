"""Pages from elsewhere that are shown turned, cut or enlarged: what is signed looks the same as on a plain page."""

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from motcua.files.rules.pdfa import flaws_of
from motcua.signing.appearance.places import place_of
from motcua.signing.appearance.views import view_of
from motcua.trust.terms import Role
from tests.papers.signing import signed

WIDE, HIGH = 595.0, 842.0
#: From a place on the page that is shown, (0, 0) at its bottom left, to the page's own space, its corner at (0, 0).
TURNS = {0: "1 0 0 1 0 0", 90: f"0 1 -1 0 {HIGH:g} 0", 180: f"-1 0 0 -1 {WIDE:g} {HIGH:g}", 270: f"0 -1 1 0 0 {WIDE:g}"}
WORDS = (
    (60, 700, "Noi dung van ban ./."),
    (350, 400, "KT. GIAM DOC"),
    (365, 260, "Nguyen Van A"),
    (60, 380, "- Luu: VT."),
)
ROLES = (Role.INITIAL_CONTENT, Role.SIGNER, Role.SEAL)


def paper(
    turn: int = 0, origin: tuple[float, float] = (0, 0), margin: float = 0, unit: float = 1, *, above: bool = False
) -> bytes:
    """The same words as people see them, on a page with this /Rotate, origin, hidden margin and /UserUnit."""
    drawn = "".join(f"BT /F 13 Tf {x:g} {y:g} Td ({text}) Tj ET\n" for x, y, text in WORDS)
    scale = f"{1 / unit:g} 0 0 {1 / unit:g} {origin[0] + margin:g} {origin[1] + margin:g} cm"
    size = (HIGH, WIDE) if turn % 180 else (WIDE, HIGH)
    frame = [origin[0] + margin, origin[1] + margin]
    frame += [frame[0] + size[0] / unit, frame[1] + size[1] / unit]
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = pdf.make_stream(f"q {scale} {TURNS[turn]} cm {drawn} Q".encode())
    page.MediaBox = pikepdf.Array([origin[0], origin[1], frame[2] + margin, frame[3] + margin])
    page.CropBox = pikepdf.Array(frame)
    if unit != 1:
        page.UserUnit = unit
    holder = page.Parent if above else page
    holder.Rotate = turn
    out = io.BytesIO()
    pdf.save(out, min_version="1.7")
    return out.getvalue()


def shown(pdf: bytes) -> Image.Image:
    """The page as people see it, on A4."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    # pdfium takes no notice of the size of a unit.
    picture = document[0].render(scale=1.5 * WIDE / document[0].get_width()).to_pil().convert("L")
    document.close()
    return picture.resize((595, 842))


def differs(a: Image.Image, b: Image.Image) -> float:
    """How much of the ink of two pictures is not in the same place, by its mean."""
    return float(ImageStat.Stat(ImageChops.difference(a, b)).mean[0])


VARIANTS = [
    pytest.param(paper(90), id="90"),
    pytest.param(paper(180), id="180"),
    pytest.param(paper(270), id="270"),
    pytest.param(paper(90, above=True), id="90-inherited"),
    pytest.param(paper(0, (-200, -300)), id="negative origin"),
    pytest.param(paper(0, (0, 0), 120), id="cut"),
    pytest.param(paper(270, (-50, 70), 90), id="270 cut from a negative origin"),
    pytest.param(paper(0, unit=2), id="large units"),
    pytest.param(paper(90, (-10, 20), 30, 2), id="90 cut in large units"),
]


@pytest.mark.parametrize("variant", VARIANTS)
def test_signatures_stand_where_they_do_on_a_plain_page(variant: bytes) -> None:
    plain = paper()
    before = differs(shown(plain), shown(variant))
    after, again = shown(signed(plain, ROLES)), shown(signed(variant, ROLES))
    ink = differs(shown(plain), after)
    assert before < ink / 5, "the variants look alike before they are signed"
    assert differs(after, again) < before + ink / 5


@pytest.mark.parametrize("role", [Role.ATTACHMENT_SEAL, Role.DIGITISER, Role.SIGNER, Role.SEAL])
@pytest.mark.parametrize("variant", VARIANTS)
def test_places_are_inside_what_is_shown(variant: bytes, role: Role) -> None:
    place = place_of(variant, role)
    with pikepdf.open(io.BytesIO(variant)) as opened:
        view = view_of(opened.pages[place.page])
    box, frame = view.seen(place.box), view.frame
    assert frame[0] <= box[0] < box[2] <= frame[2]
    assert frame[1] <= box[1] < box[3] <= frame[3]
    if role in {Role.ATTACHMENT_SEAL, Role.DIGITISER}:
        assert box[1] > frame[3] - (frame[3] - frame[1]) / 4
        assert box[2] > frame[2] - (frame[2] - frame[0]) / 10


def test_what_makes_no_sense_is_a_plain_page() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0]
    page.obj.Rotate, page.obj.UserUnit = pikepdf.Name.Ninety, -3
    page.obj.CropBox = pikepdf.Array([900, 900, 1000, 1000])
    assert (view_of(page).turns, view_of(page).unit) == (0, 1.0)
    assert view_of(page).frame == tuple(float(edge) for edge in page.mediabox)


def test_a_turned_paper_keeps_its_form_in_order() -> None:
    assert "appearance" not in {one.code for one in flaws_of(signed(paper(90), ROLES))}
