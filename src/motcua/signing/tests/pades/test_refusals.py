"""Papers on which a signature would not hold: refused with a reason, never mended."""

import io
import re
from contextlib import suppress

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from motcua.kernel.errors import Invalid
from motcua.signing.pades import sign_pdf
from motcua.signing.pades.base import open_base
from motcua.signing.pades.writing import Increment
from motcua.signing.tests.pades.scene import officer, paper, plan, sound, with_streams


def changed(change, **saving: object) -> bytes:  # type: ignore[no-untyped-def]  # a function of a file
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as opened:
        change(opened)
        opened.save(out, **saving)
    return out.getvalue()


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def launch(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=Dictionary(S=Name.Launch, F="cmd.exe"))


def appended(key: str, value: bytes) -> bytes:
    """Add an entry to the catalogue in a later revision."""
    change = Increment(open_base(paper()))
    change.catalogue[key] = value
    return change.written()[0]


def xfa(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA="<xdp/>")


def certified(permission: int):  # type: ignore[no-untyped-def]  # a function of a file
    def change(pdf: pikepdf.Pdf) -> None:
        limits = Dictionary(TransformMethod=Name.DocMDP, TransformParams=Dictionary(P=permission))
        value = pdf.make_indirect(Dictionary(Type=Name.Sig, Reference=Array([limits])))
        pdf.Root.Perms = Dictionary(DocMDP=value)

    return change


def locked_field(pdf: pikepdf.Pdf) -> None:
    value = pdf.make_indirect(Dictionary(Type=Name.Sig))
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T="a", V=value, Lock=Dictionary(Action=Name.All, P=1)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def text_field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="signer-1"))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def without_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[:]


def hybrid() -> bytes:
    return paper().replace(b"trailer\n<<", b"trailer\n<</XRefStm 15")


def moved_reference() -> bytes:
    """An object that is not where the table says."""
    rows = list(re.finditer(rb"(\d{10}) 00000 n", paper()))
    row = rows[len(rows) // 2]
    return paper()[: row.start()] + b"%010d" % (int(row[1]) + 7) + paper()[row.start() + 10 :]


def looping() -> bytes:
    start = int(re.search(rb"startxref\s+(\d+)", paper())[1])  # type: ignore[index]  # it is there
    return paper().replace(b"trailer\n<<", b"trailer\n<</Prev %d" % start)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: changed(script), "sign_program"),
        (lambda: with_streams(changed(script)), "sign_program"),
        (lambda: appended("/OpenAction", b"<< /S /Java#53cript /J#53 (app.alert\\(1\\)) >>"), "sign_program"),
        (lambda: appended("/Names", b"<< /JavaScript 5 0 R >>"), "sign_program"),
        (lambda: changed(launch), "sign_program"),
        (lambda: changed(xfa), "sign_xfa"),
        (lambda: changed(without_pages), "sign_no_pages"),
        (lambda: changed(certified(1)), "sign_certified_closed"),
        (lambda: changed(certified(2)), "sign_certified_no_new_field"),
        (lambda: changed(locked_field), "sign_certified_closed"),
        (lambda: changed(text_field), "sign_field_unusable"),
        (lambda: changed(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="u")), "sign_locked"),
        (lambda: changed(lambda _: None, encryption=pikepdf.Encryption(owner="o", user="")), "sign_locked"),
        (hybrid, "sign_hybrid"),
        (looping, "sign_broken_references"),
        (lambda: paper()[:-2000], "sign_unreadable"),
        (lambda: b"", "sign_unreadable"),
        (lambda: b"PK\x03\x04" + paper(), "sign_unreadable"),
        (lambda: paper().replace(b"startxref\n", b"startxref\n9"), "sign_broken_references"),
    ],
)
def test_what_is_refused_and_why(make, code: str) -> None:  # type: ignore[no-untyped-def]  # parametrised
    with pytest.raises(Invalid) as refused:
        sign_pdf(make(), plan(seen=True), officer(), stamper=None)
    assert [one.code for one in refused.value.problems] == [code]
    assert refused.value.problems[0].message.endswith(".")


def test_a_table_that_is_wrong_about_an_object_is_refused() -> None:
    with pytest.raises(Invalid, match="Bảng tham chiếu"):
        sign_pdf(moved_reference(), plan(), officer(), stamper=None)


def test_a_certification_that_lets_sign_does() -> None:
    signed = sign_pdf(changed(certified(2)), plan(), officer(), stamper=None)
    assert signed.endswith(b"%%EOF\n")


def test_data_in_a_paper_do_not_stop_a_signature() -> None:
    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["data.json"] = b"{}"

    sound(sign_pdf(changed(attach), plan(), officer(), stamper=None), 1)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_but_never_anything_else(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from([paper(), with_streams(paper())])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        piece = data.draw(st.binary(max_size=8))
        content[at : at + data.draw(st.integers(0, 40))] = piece
    with suppress(Invalid):
        open_base(bytes(content))
