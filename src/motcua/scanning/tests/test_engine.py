"""A stack is read: upright, straight, without blank backs, parted by separator sheets; bad pages are told of."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from motcua.files.papers import qr_svg
from motcua.scanning.engine.running import ReaderDiedError, StackFile, read_again, read_stack
from motcua.scanning.engine.unpack import sheet_of
from motcua.scanning.engine.upright import ink_of, is_blank, lies_sideways, sheet_in, skew_of
from motcua.scanning.rules.separators import text_of
from motcua.scanning.terms import ReadPage, SheetMark
from tests import scans

MARK = SheetMark("H49.106-261122-0007", "giay-chung-sinh")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return scans.drawn(scans.birth_certificate())


def separator() -> Image.Image:
    import io

    import segno

    drawn = io.BytesIO()
    segno.make_qr(text_of(MARK), error="q").save(drawn, kind="png", scale=10, border=4)
    sheet = Image.new("RGB", (1654, 2339), "white")
    sheet.paste(Image.open(drawn).convert("RGB").resize((620, 620)), (517, 700))
    return sheet


def read(tmp_path: Path, *contents: tuple[str, bytes], reads: bool = True) -> list[dict[str, Any]]:
    files = []
    for place, (media_type, content) in enumerate(contents):
        path = tmp_path / f"in-{place}"
        path.write_bytes(content)
        files.append(StackFile(path, media_type))
    folder = tmp_path / "out"
    folder.mkdir(exist_ok=True)
    said = list(read_stack(files, folder, reads=reads))
    assert said[0]["pages"] == len(said) - 1
    return sorted(said[1:], key=lambda one: (one["file"], one["page"]))


def words(facts: dict[str, Any]) -> str:
    return " ".join(word.text for line in ReadPage.from_json(facts["lines"]).lines for word in line)


def test_a_stack_of_a_scanner(page: Image.Image, tmp_path: Path) -> None:
    laid = [
        scans.scanned(separator(), skew=3, turn=180),
        scans.scanned(page, skew=2.4),
        scans.back(),
        scans.scanned(page, turn=180),
        scans.scanned(page, skew=-1.2, turn=90),
    ]
    found = read(tmp_path, ("application/pdf", scans.stack(laid)))
    assert [one["kind"] for one in found] == ["separator", "page", "blank", "page", "page"]
    assert found[0]["mark"] == {"dossier_code": MARK.dossier_code, "component_key": MARK.component_key}
    for one in (found[1], found[3], found[4]):
        assert "GIẤY CHỨNG SINH" in words(one)
        assert "022196001234" in words(one)
        assert one["dpi"] == 200
        assert one["width"] < one["height"]
        with Image.open(one["target"]) as kept:
            assert abs(skew_of(ink_of(kept))) <= 0.3
            assert kept.mode == "RGB"


@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_separators_are_known_at_any_rotation_and_resolution(dpi: int, turn: int) -> None:
    from motcua.scanning.engine.one_page import separator_on

    sheet = scans.scanned(separator(), skew=4, turn=turn, noise=0.15)
    share = dpi / scans.DPI
    assert separator_on(sheet.resize((round(sheet.width * share), round(sheet.height * share)))) == MARK


def test_a_photographed_separator_is_known() -> None:
    from motcua.scanning.engine.one_page import separator_on

    assert separator_on(scans.photographed(separator())) == MARK


def test_other_qr_codes_part_nothing(tmp_path: Path) -> None:
    from motcua.scanning.engine.one_page import separator_on

    assert "svg" in qr_svg("https://motcua.example/tra-cuu")
    assert separator_on(Image.new("RGB", (500, 700), "white")) is None


def test_a_photo_is_cut_to_its_sheet_and_read(page: Image.Image, tmp_path: Path) -> None:
    photo = scans.photographed(page)
    cut = sheet_in(photo)
    assert 1.3 < cut.height / cut.width < 1.52
    (found,) = read(tmp_path, ("image/jpeg", scans.as_jpeg(photo)))
    assert "022196001234" in words(found)
    assert found["width"] / found["dpi"] == pytest.approx(8.27, abs=0.4)


@pytest.mark.parametrize(
    ("pixels", "said", "dpi"),
    [
        ((3307, 2339), 200, 200),  # A3 across, as the scanner says
        ((2480, 1754), 150, 150),  # the same at 150 dpi: 1:1 all the same
        ((1169, 1654), 200, 200),  # A5
        ((1654, 2339), 200, 200),
        ((1654, 2339), 72, 200),  # a telephone says 72: taken for A4
        ((1654, 2339), 0, 200),
        ((2339, 3307), 900, 283),  # no sheet at what it says: taken for A4
    ],
)
def test_a_sheet_is_as_large_as_the_scanner_says(pixels: tuple[int, int], said: int, dpi: int, tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    path.write_bytes(scans.as_jpeg(Image.new("RGB", pixels, "white"), dpi=said))
    sheet = sheet_of(path, "image/jpeg", 0)
    assert sheet.dpi == pytest.approx(dpi, abs=1)
    assert sheet.picture.size == pixels


def test_what_a_page_looks_like(page: Image.Image) -> None:
    assert is_blank(scans.back())
    assert not is_blank(scans.scanned(page))
    assert lies_sideways(ink_of(scans.scanned(page, turn=90)))
    assert not lies_sideways(ink_of(scans.scanned(page)))
    for skew in (-5.0, 0.0, 1.5, 6.0):
        assert skew_of(ink_of(scans.scanned(page, skew=skew))) == pytest.approx(-skew, abs=0.25)


def test_without_a_reader_the_pages_come_all_the_same(page: Image.Image, tmp_path: Path) -> None:
    (found,) = read(tmp_path, ("application/pdf", scans.stack([scans.scanned(page)])), reads=False)
    assert (found["kind"], found["lines"]) == ("page", [])
    assert Path(found["target"]).stat().st_size > 10_000


def test_broken_files_and_huge_pages_are_told_of(page: Image.Image, tmp_path: Path) -> None:
    with pikepdf.new() as huge:
        huge.add_blank_page(page_size=(14_000, 14_000))
        huge.save(tmp_path / "huge.pdf")
    found = read(
        tmp_path,
        ("application/pdf", b"%PDF-1.7 broken"),
        ("application/pdf", (tmp_path / "huge.pdf").read_bytes()),
        ("image/jpeg", scans.as_jpeg(scans.scanned(page))[:20_000]),
        reads=False,
    )
    assert ["Không mở được" in one["problem"] for one in found] == [True, False, False]
    assert "A2" in found[1]["problem"]
    assert "bị hỏng" in found[2]["problem"]


def test_a_page_turned_by_hand_is_read_again(page: Image.Image, tmp_path: Path) -> None:
    (tmp_path / "page.jpg").write_bytes(scans.as_jpeg(scans.scanned(page, turn=180)))
    found = read_again(tmp_path / "page.jpg", tmp_path / "again.jpg", turn=180, dpi=200)
    assert "022196001234" in words(found)


def test_a_reader_that_hangs_is_ended(page: Image.Image, tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(scans.stack([scans.scanned(page)]))
    with pytest.raises(ReaderDiedError, match="said nothing"):
        list(read_stack([StackFile(path, "application/pdf")], tmp_path, silence=0.01))
