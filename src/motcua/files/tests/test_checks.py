import io
import zlib

import pikepdf
import pytest

from motcua.files.rules.checks import content_problems, recognise, size_problem
from motcua.files.terms import MEGABYTE, Limits, MediaType
from motcua.files.tests.conftest import office, pdf, picture

LIMITS = Limits()


def codes(content: bytes, name: str, declared: str = "", limits: Limits = LIMITS) -> list[str]:
    _, problems = content_problems(io.BytesIO(content), name=name, declared_type=declared, limits=limits)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("content", "name", "declared"),
    [
        (pdf(), "don.pdf", "application/pdf"),
        (pdf(), "ĐƠN.PDF", "application/octet-stream"),
        (picture(), "ảnh.jpeg", "image/jpg"),
        (picture("PNG", mode="RGBA"), "ảnh.png", ""),
        (office(), "tờ khai.docx", MediaType.DOCX.value),
        (office(main="xl/workbook.xml"), "bảng.xlsx", "application/zip"),
    ],
)
def test_good_files_pass(content: bytes, name: str, declared: str) -> None:
    assert codes(content, name, declared) == []


@pytest.mark.parametrize(
    ("content", "name", "declared", "code"),
    [
        (b"", "rỗng.pdf", "", "file_empty"),
        (b"MZ\x90\x00" * 10, "phan-mem.exe", "", "file_type_not_allowed"),
        (b"MZ\x90\x00" * 10, "don.pdf", "application/pdf", "file_type_not_allowed"),
        (b"  %PDF-1.7", "lệch đầu.pdf", "", "file_type_not_allowed"),
        (b"\x00\x00\x00\x18ftypheic", "IMG_1.heic", "image/heic", "file_type_not_allowed"),
        (b"\xd0\xcf\x11\xe0" * 8, "cũ.doc", "", "file_type_not_allowed"),
        (b"PK\x03\x04".ljust(64, b"\x00"), "hỏng.docx", "", "file_type_not_allowed"),
        (pdf(), "don.jpg", "image/jpeg", "file_type_differs"),
        (pdf(), "don.pdf", "image/png", "file_type_differs"),
        (pdf(), "không đuôi", "", "file_type_differs"),
        (b"%PDF-1.7\nnothing", "hỏng.pdf", "", "pdf_unreadable"),
        (picture()[:200], "hỏng.jpg", "", "image_unreadable"),
    ],
)
def test_other_files_are_refused(content: bytes, name: str, declared: str, code: str) -> None:
    assert codes(content, name, declared) == [code]


def test_every_problem_comes_at_once() -> None:
    def open_and_attach(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        made.attachments["bí mật.exe"] = b"MZ"

    found = codes(pdf(open_and_attach), "don.jpg", "image/jpeg")
    assert found == ["file_type_differs", "pdf_attachment", "pdf_program"]


def test_messages_say_what_to_do() -> None:
    _, [heic] = content_problems(io.BytesIO(b"....ftypheic"), name="a.heic", declared_type="", limits=LIMITS)
    _, [differs] = content_problems(io.BytesIO(pdf()), name="a.png", declared_type="", limits=LIMITS, field="files")
    assert "Tương thích nhất" in heic.message
    assert "không đúng loại đã khai" in differs.message
    assert differs.field == "files"


def test_a_size_problem_names_both_sizes() -> None:
    message = size_problem(int(23.4 * MEGABYTE), name="a.pdf", limit=20 * MEGABYTE).message
    assert "23,4 MB" in message
    assert "20 MB" in message
    assert "nặng" not in size_problem(None, name="a.pdf", limit=20 * MEGABYTE).message


@pytest.mark.parametrize("head", [b"", b"%PD", b"PK\x03\x04", b"GIF89a", b"<html>"])
def test_unknown_beginnings_are_nothing(head: bytes) -> None:
    assert recognise(io.BytesIO(head)) is None


@pytest.mark.parametrize(
    "action",
    [
        {"S": pikepdf.Name.JavaScript, "JS": "1"},
        {"S": pikepdf.Name.Launch, "F": "cmd.exe"},
        {"S": pikepdf.Name.SubmitForm},
        {"S": pikepdf.Name.ImportData},
    ],
)
def test_pdf_actions_that_run_are_refused(action: dict[str, object]) -> None:
    def on_link(made: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=pikepdf.Dictionary(**action))
        made.pages[0].obj.Annots = pikepdf.Array([link])

    assert codes(pdf(on_link), "a.pdf") == ["pdf_program"]


def test_pdf_that_only_opens_at_a_page_passes() -> None:
    def open_at(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = pikepdf.Array([made.pages[0].obj, pikepdf.Name.Fit])

    assert codes(pdf(open_at), "a.pdf") == []


def test_pdf_with_xfa_form_is_refused() -> None:
    def form(made: pikepdf.Pdf) -> None:
        made.Root.AcroForm = pikepdf.Dictionary(XFA=made.make_stream(b"<xdp/>"), Fields=pikepdf.Array())

    assert codes(pdf(form), "a.pdf") == ["pdf_program"]


@pytest.mark.parametrize("user", ["", "mật khẩu"])
def test_locked_pdf_is_refused(user: str) -> None:
    out = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(out, encryption=pikepdf.Encryption(owner="chủ", user=user))
    assert codes(out.getvalue(), "a.pdf") == ["pdf_locked"]


def test_pdf_without_pages_or_with_too_many() -> None:
    assert codes(pdf(pages=0), "a.pdf") == ["pdf_no_pages"]
    assert codes(pdf(pages=4), "a.pdf", limits=Limits(pages=3)) == ["pdf_too_long"]
    assert codes(pdf(pages=4), "a.pdf", limits=Limits(objects=3)) == ["pdf_too_long"]


def test_pdf_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = zlib.compress(bytes(30 * MEGABYTE))
    bomb = b"%PDF-1.7\n1 0 obj\n<</Length 1/Filter/FlateDecode>>stream\n" + packed + b"\nendstream\nendobj\n"
    assert codes(bomb, "a.pdf", limits=Limits(unpacked=20 * MEGABYTE)) == ["pdf_bomb"]


def test_pdf_packed_twice_or_with_a_huge_picture_is_refused() -> None:
    def packed_twice(made: pikepdf.Pdf) -> None:
        made.Root.Extra = made.make_stream(
            zlib.compress(zlib.compress(b"x")), Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
        )

    def huge_picture(made: pikepdf.Pdf) -> None:
        made.Root.Extra = made.make_stream(b"x", Subtype=pikepdf.Name.Image, Width=100_000, Height=100_000)

    kept = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    assert codes(pdf(packed_twice, **kept), "a.pdf") == ["pdf_bomb"]
    assert codes(pdf(huge_picture), "a.pdf") == ["pdf_bomb"]


def test_pdf_nested_without_end_is_refused() -> None:
    def nested(made: pikepdf.Pdf) -> None:
        made.Root.Extra = pikepdf.Object.parse(b"<</A " * 60 + b"1" + b">>" * 60)

    assert codes(pdf(nested), "a.pdf") == ["pdf_bomb"]


def test_image_with_too_many_pixels_is_refused() -> None:
    assert codes(picture(size=(200, 100)), "a.jpg", limits=Limits(pixels=10_000)) == ["image_too_large"]
    assert codes(picture("PNG", size=(20_000, 20_000), mode="1"), "a.png") == ["image_too_large"]
    assert codes(picture("PNG", size=(10_000, 10_000), mode="1"), "a.png") == ["image_too_large"]


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ({"word/vbaProject.bin": b"x"}, "office_macro"),
        ({"word/activeX/activeX1.xml": b"x"}, "office_macro"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "office_embedded"),
        ({"word/media/0.bmp": bytes(20 * MEGABYTE)}, "office_bomb"),
        (
            {"word/_rels/settings.xml.rels": b'<R Type="attachedTemplate" Target="//x" TargetMode="External"/>'},
            "office_outside",
        ),
    ],
)
def test_office_files_with_more_than_text_are_refused(extra: dict[str, bytes], code: str) -> None:
    assert codes(office(extra), "a.docx") == [code]


def test_office_files_that_are_locked_damaged_or_crowded_are_refused() -> None:
    locked = bytearray(office())
    locked[6] |= 1
    directory = locked.index(b"PK\x01\x02")
    locked[directory + 8] |= 1
    assert codes(bytes(locked), "a.docx") == ["office_locked"]
    assert codes(office(), "a.docx", limits=Limits(entries=1)) == ["office_bomb"]
    assert codes(office(main="other.xml"), "a.docx") == ["file_type_not_allowed"]
    rels = office({"word/_rels/settings.xml.rels": b"<R/>" * 9})
    assert codes(rels, "a.docx") == []
