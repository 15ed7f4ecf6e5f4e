import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from motcua.files import papers
from motcua.files.papers import FONTS_DIR, PaperError, printable_characters, qr_svg, render
from motcua.files.rules.barcode import barcode_svg, bars
from motcua.files.rules.glyphs import characters_of, characters_of_folder, printable

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = "".join(vowel + tone for vowel in VOWELS for tone in TONES) + "bcdđghklmnpqrstvx"
AT = {"issued_at": "2026-02-12T09:05:00+07:00"}


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "mau.typ").write_text(
        "#let data = json(bytes(sys.inputs.data))\n#set document(title: [t])\n"
        '#set text(font: "Liberation Serif", lang: "vi")\n#data.text *#data.text* _#data.text _ *_#data.text _*\n'
    )
    monkeypatch.setattr(papers, "_PACKAGE", tmp_path)
    return "mau.typ"


def vietnamese_letters() -> str:
    import unicodedata

    lower = unicodedata.normalize("NFC", LETTERS)
    return lower + lower.upper()


def test_every_face_has_all_178_vietnamese_letters() -> None:
    letters = vietnamese_letters()
    assert len(set(letters)) == 178
    faces = sorted(FONTS_DIR.glob("*.ttf"))
    assert len(faces) == 4
    for face in faces:
        assert set(map(ord, letters + "₫–—…“”‘’□")) <= characters_of(face.read_bytes()), face.name
    assert (FONTS_DIR / "OFL.txt").read_text().count("SIL OPEN FONT LICENSE") == 1


def test_only_the_vendored_font_is_used_and_embedded(template: str) -> None:
    pdf = render(template, AT | {"text": vietnamese_letters()})
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing]
        names = {re.sub(r"^/[A-Z]{6}\+|-.*", "", str(font.BaseFont)) for font in fonts}
        files = [thing for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing]
    assert {name.removesuffix("-Identity-H") for name in names} <= {
        "LiberationSerif",
        "LiberationSerifBold",
        "LiberationSerif-Bold",
    }
    assert len(files) == 4


def test_a_paper_is_archival_accessible_dated_and_open_to_signatures(template: str) -> None:
    pdf = render(template, AT | {"text": "Đơn"})
    assert pdf.endswith(b"%%EOF\n")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        with opened.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert str(opened.docinfo["/CreationDate"]).startswith("D:20260212020500")


def test_the_same_data_give_the_same_bytes_in_threads(template: str) -> None:
    def one(number: int) -> bytes:
        return render(template, AT | {"text": f"Hồ sơ {number % 4}"})

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(one, range(40)))
    assert made == [one(number) for number in range(40)]
    assert len(set(made)) == 4


def test_a_paper_needs_its_date(template: str) -> None:
    with pytest.raises(ValueError, match="isoformat"):
        render(template, {"text": "x"})
    with pytest.raises(ValueError, match="offset"):
        render(template, {"text": "x", "issued_at": "2026-02-12T09:05:00"})


def test_a_broken_template_is_named(template: str) -> None:
    with pytest.raises(PaperError, match="mau"):
        render(template, AT)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Nguyễn  Văn\tĐạt", "Nguyễn Văn Đạt"),
        ("漢字😀", "□□□"),
        ("a\u202eb\x00", "ab"),
        ("một\r\nhai", "một\nhai"),
        ("x" * 48, "x" * 48),
        ("x" * 49, "x" * 24 + "\u200b" + "x" * 24 + "\u200bx"),
        ("." * 49, "." * 24 + "\u200b" + "." * 24 + "\u200b."),
        ("https://motcua.example.vn/tra-cuu/" + "a/" * 20, "https://motcua.example.vn/tra-cuu/" + "a/" * 20),
    ],
)
def test_text_is_made_printable(typed: str, shown: str) -> None:
    assert printable(typed, printable_characters()) == shown


def test_a_folder_or_file_without_letters_has_none(tmp_path: Path) -> None:
    assert characters_of_folder(tmp_path) == frozenset()
    assert characters_of(b"\x00\x01\x00\x00\x00\x00" + bytes(6)) == frozenset()


def test_a_qr_code_is_one_svg() -> None:
    drawn = qr_svg("https://motcua.example.vn/tra-cuu/?ma=H26.12.30-260212-0007")
    assert drawn.startswith("<svg")
    assert drawn.endswith("</svg>")
    with pytest.raises(ValueError, match="nothing"):
        qr_svg("")
    with pytest.raises(ValueError, match="Data too large"):
        qr_svg("x" * 3000)


def test_a_barcode_has_start_text_check_and_stop() -> None:
    # The check symbol of "PJJ123C" is 54 in set A, hence 55 in set B, whose start symbol counts one more.
    widths = "".join(map(str, bars("PJJ123C")))
    assert widths.startswith("211214")
    assert widths[-13:] == "311321" + "2331112"
    assert len(widths) == 6 * 9 + 7
    assert barcode_svg("hồ sơ") == barcode_svg("") == barcode_svg("x" * 49) == ""
    assert barcode_svg("A").startswith("<svg")
    with pytest.raises(ValueError, match="Code 128"):
        bars("đ")
