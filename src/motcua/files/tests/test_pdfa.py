"""Each rule of the checker, held against a file that breaks it and nothing else."""

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from motcua.files.documents import Document, DocumentKind, Signer, render_document, text
from motcua.files.papers import render
from motcua.files.rules.pdfa import flaws_of, revisions_of

AT = datetime(2026, 2, 5, 9, 0, tzinfo=UTC)
Change = Callable[[pikepdf.Pdf], object]


def paper() -> bytes:
    """A notice with a QR code, a link's worth of text and its data attached."""
    return render_document(
        DocumentKind.NOTICE,
        Document(
            agency_name="Ủy ban nhân dân xã Tân Tiến",
            place="Tân Tiến",
            issued_at=AT,
            day=date(2026, 2, 5),
            about="Về việc nghỉ lễ",
            body=(text("Nghỉ từ ngày 14 tháng 02./."),),
            signers=(Signer(("CHỦ TỊCH",), "Nguyễn Văn Ngữ"),),
            url="https://example.vn/1",
        ),
    )


def plain() -> bytes:
    """The same without data: PDF/A-2a."""
    data = {
        "title": "Thông báo",
        "trace": "",
        "issued_at": AT.isoformat(),
        "agency_name": "Ủy ban nhân dân xã Tân Tiến",
        "parent_name": "",
        "place_and_date": "Tân Tiến, ngày 05 tháng 02 năm 2026",
        "number": "05/TB-UBND",
        "about_letter": "",
        "heading": "Thông báo",
        "about": "Về việc nghỉ lễ",
        "addressee": "",
        "preview": "",
        "lines": [{"kind": "text", "text": "Nghỉ từ ngày 14./."}],
        "recipients": ["Như trên;"],
        "tracking_qr_svg": "",
        "signing_lines": ["CHỦ TỊCH"],
        "signer_name": "Nguyễn Văn Ngữ",
    }
    return render("dossiers/papers/templates/result.typ", data)


def changed(change: Change, base: bytes | None = None) -> bytes:
    """The paper after a change, saved as one revision."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(base or plain())) as opened:
        change(opened)
        opened.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return out.getvalue()


def codes(pdf: bytes, **how: Any) -> set[str]:
    """The codes of all flaws."""
    return {flaw.code for flaw in flaws_of(pdf, **how)}


def drawn(extra: bytes) -> Change:
    """A change that draws more on the first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + extra)

    return change


def entry(key: str, value: Any) -> Change:
    """A change of one entry of the catalogue; None removes it."""

    def change(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.Root[key]
        else:
            pdf.Root[key] = value

    return change


def note(**entries: Any) -> Change:
    """A change that adds an annotation."""

    def change(pdf: pikepdf.Pdf) -> None:
        usual = {
            "/Type": Name.Annot,
            "/Subtype": Name.Link,
            "/Rect": Array([10, 10, 50, 50]),
            "/F": 4,
            "/Contents": String("Ghi chú"),
        }
        given = {f"/{key}": value for key, value in entries.items()}
        made = pdf.make_indirect(Dictionary({**usual, **given}))
        pdf.pages[0].Annots = Array([made])
        if made.Subtype == "/Widget":
            pdf.Root.AcroForm = Dictionary(Fields=Array([made]))

    return change


def _without_order(pdf: pikepdf.Pdf) -> None:
    note()(pdf)
    del pdf.pages[0].obj["/Tabs"]


def element(pdf: pikepdf.Pdf, tag: str) -> Any:
    """The first element of the structure with that tag."""
    return next(one for one in pdf.objects if isinstance(one, Dictionary) and one.get("/S") == tag and "/P" in one)


def test_what_is_right_has_no_flaw() -> None:
    assert flaws_of(paper()) == []
    assert flaws_of(plain()) == []
    assert flaws_of(changed(lambda _: None)) == []
    assert flaws_of(changed(lambda _: None, paper())) == []
    assert list(revisions_of(plain())) == [plain()]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("header", b"x" + plain()),
        ("header", plain().replace(b"%PDF-1.7", b"%PDF-2.0")),
        ("end_of_file", plain() + b"\n"),
        ("end_of_file", plain() + b"more"),
        ("joined_revision", plain().rstrip() + b"1 0 obj\nnull\nendobj\n"),
        ("filter", plain().replace(b"/FlateDecode", b"/LZWDecode  ", 1)),
        ("unreadable", b"%PDF-1.7\n%\xff\xff\xff\xff\nnothing\n%%EOF\n"),
        ("unreadable", plain()[: len(plain()) // 2]),
        ("unreadable", b""),
    ],
)
def test_bytes(code: str, content: bytes) -> None:
    assert code in codes(content)


def test_locked() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "encrypted" in codes(out.getvalue())
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(plain())) as opened:
        opened.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "encrypted" in codes(out.getvalue())


def test_no_identifier() -> None:
    assert "no_id" in codes(plain().replace(b"/ID", b"/IX"))


def _info(key: str, value: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.docinfo[key] = value

    return change


def claim(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        said = pdf.Root.Metadata.read_bytes()
        assert old in said
        pdf.Root.Metadata = pdf.make_stream(said.replace(old, new), Type=Name.Metadata, Subtype=Name.XML)

    return change


def _profile(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile = pdf.make_stream(b"no profile", N=3)


def _second_intent(pdf: pikepdf.Pdf) -> None:
    other = Dictionary(dict(pdf.Root.OutputIntents[0].items()))
    profile = other.DestOutputProfile
    other.DestOutputProfile = pdf.make_stream(profile.read_bytes(), N=3)
    pdf.Root.OutputIntents.append(other)


def _elsewhere(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_stream(b"", F=String("other.bin"))


def _postscript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_stream(b"0 0 moveto", Type=Name.XObject, Subtype=Name.PS)


def _unfinished_string(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q Q (never closed")


def _not_packed(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PieceInfo = pdf.make_stream(b"\xff\xff no deflate", Filter=Name.FlateDecode)


@pytest.mark.parametrize(
    ("code", "change"),
    [("postscript", _postscript), ("syntax", _unfinished_string), ("syntax", _not_packed)],
)
def test_rules_of_objects_are_broken_one_at_a_time(code: str, change: Change) -> None:
    assert codes(changed(change)) == {code}


def test_every_rule_is_broken_by_a_test() -> None:
    """A rule without a file that breaks it would never be seen to fail."""
    folder = Path(flaws_of.__code__.co_filename).parent
    rules = {code for file in folder.glob("*.py") for code in re.findall(r'Flaw\(\s*"(\w+)"', file.read_text())}
    tests = "".join(file.read_text() for file in Path(__file__).parent.glob("test_pdfa*.py"))
    assert {rule for rule in rules if f'"{rule}"' not in tests} == set()
    assert len(rules) > 30


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("no_metadata", entry("/Metadata", None)),
        ("pdfa_claim", claim(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B")),
        ("pdfa_claim", claim(b"<pdfaid:part>2", b"<pdfaid:part>1")),
        ("pdfua_claim", claim(b"<pdfuaid:part>1", b"<pdfuaid:part>2")),
        ("no_title", claim(b"dc:title", b"dc:source")),
        ("metadata_differ", _info("/Title", "Khác")),
        ("metadata_differ", _info("/CreationDate", "D:20250101000000Z")),
        ("metadata_differ", _info("/ModDate", "hôm qua")),
        ("no_intent", entry("/OutputIntents", None)),
        ("profile", _profile),
        ("two_intents", _second_intent),
        ("external_stream", _elsewhere),
        ("not_marked", entry("/MarkInfo", None)),
        ("not_marked", entry("/MarkInfo", Dictionary(Marked=True, Suspects=True))),
        ("no_language", entry("/Lang", None)),
        ("no_language", entry("/Lang", String("tiếng Việt"))),
        ("no_display_title", entry("/ViewerPreferences", None)),
        ("no_structure", entry("/StructTreeRoot", None)),
        ("action", entry("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))),
        ("action", entry("/AA", Dictionary())),
        ("action", entry("/Names", Dictionary(JavaScript=Dictionary(Names=Array())))),
        ("form", entry("/AcroForm", Dictionary(Fields=Array(), NeedAppearances=True))),
        ("form", entry("/AcroForm", Dictionary(Fields=Array(), XFA=String("x")))),
        ("action", note(A=Dictionary(S=Name.Launch, F=String("x.exe")))),
        ("action", note(Subtype=Name.Widget, FT=Name.Sig, A=Dictionary(S=Name.URI, URI=String("https://a.vn")))),
        ("annotation", note(Subtype=Name.Movie)),
        ("annotation", note(Subtype=Name.RichMedia)),
        ("annotation_flags", note(F=0)),
        ("annotation_flags", note(F=4 | 2)),
        ("appearance", note(Subtype=Name.Widget, FT=Name.Sig)),
        ("annotation_untagged", note()),
        ("annotation_unnamed", note(Contents=String(""))),
        ("tab_order", _without_order),
        ("untagged_content", drawn(b"BT ET 0 0 10 10 re f")),
        ("stray_tag", drawn(b"/P <</MCID 999>> BDC 0 0 10 10 re f EMC")),
        ("open_mark", drawn(b"/Artifact BMC")),
        ("unbalanced", drawn(b"EMC")),
        ("unbalanced", drawn(b"Q")),
        ("operator", drawn(b"xyz")),
        ("device_colour", drawn(b"/Artifact BMC 1 0 0 0 k 0 0 10 10 re f EMC")),
        ("device_colour", drawn(b"/Artifact BMC /DeviceCMYK cs 0 0 10 10 re f EMC")),
        ("missing_object", drawn(b"/Artifact BMC /Nothing Do EMC")),
        ("no_font", drawn(b"/Artifact BMC BT (a) Tj ET EMC")),
    ],
)
def test_each_rule(code: str, change: Change) -> None:
    assert code in codes(changed(change))


def test_device_colours_need_an_intent_of_their_kind() -> None:
    red = drawn(b"/Artifact BMC 1 0 0 rg 0 0 10 10 re f EMC")
    grey = drawn(b"/Artifact BMC 0.5 g 0 0 10 10 re f EMC")
    assert codes(changed(red)) == codes(changed(grey)) == set()

    def without_intent(pdf: pikepdf.Pdf) -> None:
        red(pdf)
        del pdf.Root.OutputIntents

    assert codes(changed(without_intent)) == {"no_intent", "device_colour"}


def _resource(kind: str, name: str, value: Callable[[pikepdf.Pdf], Any], use: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].Resources
        if kind not in resources:
            resources[kind] = Dictionary()
        resources[kind][name] = value(pdf)
        drawn(b"/Artifact BMC " + use + b" EMC")(pdf)

    return change


def _image(**entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    usual = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 1, "Height": 1, "BitsPerComponent": 8}
    return lambda pdf: pdf.make_stream(b"\0\0\0\0", **{**usual, "ColorSpace": Name.DeviceRGB, **entries})


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("device_colour", _resource("/XObject", "/X", _image(ColorSpace=Name.DeviceCMYK), b"/X Do")),
        ("picture", _resource("/XObject", "/X", _image(Interpolate=True), b"/X Do")),
        ("graphics_state", _resource("/ExtGState", "/Z", lambda _: Dictionary(BM=Name.Odd), b"/Z gs")),
        ("graphics_state", _resource("/ExtGState", "/Z", lambda _: Dictionary(TR=Name.Identity), b"/Z gs")),
        (
            "device_colour",
            _resource(
                "/ColorSpace",
                "/C",
                lambda _: Array([Name.Indexed, Name.DeviceCMYK, 0, String("abcd")]),
                b"/C cs",
            ),
        ),
        (
            "device_colour",
            _resource("/ColorSpace", "/C", lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"x", N=3)]), b"/C cs"),
        ),
    ],
)
def test_each_rule_of_resources(code: str, change: Change) -> None:
    assert codes(changed(change)) == {code}


def test_a_form_drawn_outside_every_tag_is_looked_into() -> None:
    def form(pdf: pikepdf.Pdf) -> None:
        stream = pdf.make_stream(b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        pdf.pages[0].Resources["/XObject"] = Dictionary({"/F": stream})
        drawn(b"/F Do")(pdf)

    assert codes(changed(form)) == {"untagged_content"}


def _tag(tag: str, **entries: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        found = element(pdf, tag)
        for key, value in entries.items():
            found[f"/{key}"] = value

    return change


def _silent(pdf: pikepdf.Pdf) -> None:
    del element(pdf, "/Figure")["/Alt"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("role", _tag("/P", S=Name.Odd)),
        ("nesting", _tag("/P", S=Name.TD)),
        ("heading", _tag("/H1", S=Name.H3)),
        ("no_alternative", _silent),
    ],
)
def test_each_rule_of_tags(code: str, change: Change) -> None:
    assert codes(changed(change, paper())) == {code}


def test_level_b_asks_for_no_tags() -> None:
    data = {
        "issued_at": AT.isoformat(),
        "code": "H1",
        "procedure": "",
        "owner": "",
        "due": "",
        "shelf": "",
        "qr_svg": "",
    }
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
    label = render("dossiers/papers/templates/label.typ", data | {"qr_svg": drawing}, tagged=False)
    assert codes(label, tagged=False) == set()
    assert {"pdfa_claim", "no_structure", "untagged_content"} <= codes(label)
