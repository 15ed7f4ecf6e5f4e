"""The page of Decree 30, measured on what was set: margins, type, numbers of pages, components (Phụ lục I)."""

import io
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pikepdf
import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTTextContainer, LTTextLine

from motcua.files.documents import DocumentKind, render_document, symbol_of, written_number
from motcua.files.documents.setting import DATA_FILE, written_day
from motcua.kernel.errors import Invalid
from motcua.signing.appearance.places import named_places
from motcua.signing.appearance.stamps import MM
from tests.papers.official import official_document, official_pdf

_HEIGHT, _WIDTH = 841.89, 595.28


@dataclass(frozen=True)
class Line:
    """A line of text: page from 1, words, corners in points, size and faces of its letters."""

    page: int
    text: str
    box: tuple[float, float, float, float]
    size: float
    faces: frozenset[str]

    def is_set(self, size: float, face: str = "") -> bool:
        """Whether all its letters are of that face ("", "Bold", …) and it is of that size."""
        name = f"LiberationSerif-{face}".rstrip("-")
        return self.size == size and self.faces == {name}


def lines_of(pdf: bytes) -> list[Line]:
    """Return the lines of text as they stand on the pages."""
    pages = extract_pages(io.BytesIO(pdf), laparams=LAParams(boxes_flow=None))
    return [line for number, page in enumerate(pages, 1) for line in _lines(number, page)]


def _lines(number: int, page: object) -> Iterator[Line]:
    for container in page:  # type: ignore[attr-defined]
        for line in container if isinstance(container, LTTextContainer) else ():
            letters = [one for one in line if isinstance(one, LTChar) and one.get_text().strip()]
            if isinstance(line, LTTextLine) and letters:
                faces = frozenset(one.fontname.split("+")[-1] for one in letters)
                size = max(one.size for one in letters)
                box = (
                    min(one.x0 for one in letters),
                    min(one.y0 for one in letters),
                    max(one.x1 for one in letters),
                    max(one.y1 for one in letters),
                )
                yield Line(number, line.get_text().strip(), box, round(size, 1), faces)


def found(lines: list[Line], start: str) -> Line:
    """Return the one line that begins with these words."""
    (line,) = (one for one in lines if one.text.startswith(start))
    return line


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_page_is_the_decrees(kind: DocumentKind) -> None:
    pdf = official_pdf(kind)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        sizes = {tuple(round(float(edge), 2) for edge in page.mediabox) for page in opened.pages}
    assert sizes == {(0, 0, _WIDTH, _HEIGHT)}
    lines = lines_of(pdf)
    body = [one for one in lines if 20 * MM - 4 < one.box[1] < _HEIGHT - 20 * MM]
    assert min(one.box[0] for one in body) >= 30 * MM - 0.1
    assert max(one.box[2] for one in body) <= _WIDTH - 15 * MM + 0.1
    above = [one for one in lines if one not in body and one.box[1] > _HEIGHT / 2]
    assert all(one.text.isdigit() for one in above)
    assert {face.split("-")[0] for one in lines for face in one.faces} == {"LiberationSerif"}


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_nine_components_stand_in_their_type(kind: DocumentKind) -> None:
    document, lines = official_document(kind), lines_of(official_pdf(kind))
    (title,) = (one for one in lines if "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in one.text)
    assert title.is_set(12, "Bold")
    motto = found(lines, "Độc lập - Tự do - Hạnh phúc")
    assert motto.is_set(13, "Bold")
    place = found(lines, "Tân Tiến, ngày 05 tháng 02 năm 2026")
    assert place.is_set(13, "Italic")
    agency = next(one for one in lines if one.text.startswith(document.agency_name.upper()[:12]) and one.page == 1)
    assert agency.size == 12
    if document.number:
        number = found(lines, f"Số: {document.number}")
        assert number.is_set(13)
    if kind is not DocumentKind.LETTER:
        (name,) = (one for one in lines if one.text == kind.label.upper())
        assert name.is_set(14, "Bold")
    else:
        assert found(lines, "V/v ").size == 12
    label = found(lines, "Nơi nhận:")
    assert label.is_set(12, "BoldItalic")
    assert found(lines, "- Lưu: VT").size == 11
    for signer in document.signers:
        written = next(one for one in reversed(lines) if one.text == signer.name)
        assert written.is_set(13, "Bold")


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_there_is_room_for_the_hand_between_title_and_name(kind: DocumentKind) -> None:
    with pikepdf.open(io.BytesIO(official_pdf(kind))) as opened:
        places = named_places(opened)
    signers = [spot for (role, _), spot in places.items() if role == "signer"]
    assert len(signers) == len(official_document(kind).signers)
    for spot in signers:
        assert 25 * MM <= spot.box[3] - spot.box[1] <= 30 * MM
    assert ("initial_form", 1) in places
    assert ("initial_content", 1) in places


def test_pages_are_numbered_from_the_second_and_anew_in_annexes() -> None:
    lines = lines_of(official_pdf(DocumentKind.DECISION))
    tops = {one.page: one for one in lines if one.text.isdigit() and one.box[1] > _HEIGHT - 20 * MM}
    assert {page: one.text for page, one in tops.items()} == {3: "2"}
    assert tops[3].size == 13
    assert abs((tops[3].box[0] + tops[3].box[2]) / 2 - (30 * MM + _WIDTH - 15 * MM) / 2) < 2
    first = {page: next(group).text for page, group in itertools.groupby(lines, key=lambda one: one.page)}
    assert first[2] == "Phụ lục I"
    report = lines_of(official_pdf(DocumentKind.REPORT))
    assert [one.text for one in report if one.text.isdigit()] == ["2"]


def test_paragraphs_stand_apart_and_lines_single() -> None:
    lines = [one for one in lines_of(official_pdf(DocumentKind.REPORT)) if one.page == 1]
    starts = [one.box for one in lines if one.text.startswith("Thực hiện chương trình")]
    pitches = {round(above[1] - below[1], 1) for above, below in itertools.pairwise(starts)}
    assert len(pitches) == 1
    (three_lines,) = pitches
    inside = [above.box[1] - below.box[1] for above, below in itertools.pairwise(lines) if below.box[0] < 31 * MM]
    single = round(min(inside), 1)
    assert 13 * 1.14 <= single <= 13 * 1.5 * 1.15
    assert three_lines - 3 * single >= 6 - 0.2
    assert 10 * MM - 1 <= starts[0][0] - 30 * MM <= 12.7 * MM + 1


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_data_come_along_for_machines(kind: DocumentKind) -> None:
    with pikepdf.open(io.BytesIO(official_pdf(kind))) as opened:
        (spec,) = opened.Root.AF
        assert (str(spec.UF), str(spec.AFRelationship)) == (DATA_FILE, "/Data")
        said = json.loads(spec.EF.F.read_bytes())
    document = official_document(kind)
    assert (said["kind"], said["kind_name"], said["number"]) == (kind.value, kind.label, document.number)
    assert said["day"] == "2026-02-05"
    assert [one["name"] for one in said["signers"]] == [one.name for one in document.signers]


def test_29_kinds_and_their_symbols() -> None:
    symbols = [symbol_of(kind, agency="UBND", division="VP") for kind in DocumentKind]
    assert len(symbols) == 29
    assert len(set(symbols)) == 29
    assert symbols[:2] == ["NQ-UBND", "QĐ-UBND"]
    assert symbol_of(DocumentKind.LETTER, agency="UBND", division="VP") == "UBND-VP"
    assert symbol_of(DocumentKind.LETTER, agency="UBND") == "UBND"
    assert symbol_of(DocumentKind.OPEN_LETTER, agency="UBND") == ""
    assert [written_number(one) for one in (1, 9, 10, 125)] == ["01", "09", "10", "125"]
    with pytest.raises(ValueError, match="from 1"):
        written_number(0)


def test_days_have_leading_zeros_where_they_could_be_changed() -> None:
    assert written_day(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert written_day(date(2026, 3, 15)) == "ngày 15 tháng 3 năm 2026"
    assert written_day(date(2026, 12, 9)) == "ngày 09 tháng 12 năm 2026"
    assert written_day(None) == "ngày …… tháng …… năm ……"


def test_what_is_missing_is_said_all_at_once() -> None:
    empty = replace(
        official_document(DocumentKind.DECISION), agency_name="", place="", about="", body=(), signers=(), grounds=()
    )
    with pytest.raises(Invalid) as refused:
        render_document(DocumentKind.DECISION, replace(empty, authority=""))
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["agency_name", "place", "about", "body", "signers", "grounds", "authority"]
    with pytest.raises(Invalid):
        render_document(DocumentKind.LETTER, replace(official_document(DocumentKind.LETTER), addressees=()))
    one = official_document(DocumentKind.MINUTES)
    with pytest.raises(Invalid):
        render_document(DocumentKind.MINUTES, replace(one, signers=one.signers[:1]))


def test_the_same_document_gives_the_same_bytes() -> None:
    assert official_pdf(DocumentKind.LETTER) == official_pdf(DocumentKind.LETTER)
