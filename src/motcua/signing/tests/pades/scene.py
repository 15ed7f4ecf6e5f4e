"""What the tests sign, with what, and the second opinion: pyHanko, which had no part in making the signatures."""

import functools
import io
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import typst
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from motcua.files.papers import FONTS_DIR
from motcua.signing.terms import Placement, SignaturePlan
from motcua.trust.terms import Level, Role
from tests.pki import DemoPki, MemoryKey, demo_pki

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SIGNER_BOX = Placement(-1, (300, 100, 470, 157))
SEAL_BOX = Placement(-1, (250, 90, 350, 190))
PAPER = """
#set document(title: "Quyết định", date: datetime(year: 2026, month: 11, day: 22))
#set text(font: "Liberation Serif", lang: "vi")
= Quyết định
Về việc cấp giấy phép
#pagebreak()
Nơi nhận: Văn thư
"""
STAMP = """
#set page(width: 60mm, height: 20mm, margin: 2mm)
#set text(font: "Liberation Serif", fill: blue)
Người ký: Nguyễn Văn Ấ (1 0 R)
"""


def typeset(source: str, *standards: str) -> bytes:
    """Return a Typst source as PDF with the vendored fonts."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS_DIR)])
    with TemporaryDirectory() as folder:
        path = Path(folder, "paper.typ")
        path.write_text(source)
        pdf = typst.compile(
            str(path),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=list(standards),
            timestamp=AT,
        )
    return bytes(pdf) + b"\n"


@functools.cache
def paper() -> bytes:
    """Return a tagged archival paper of two pages."""
    return typeset(PAPER, "a-2a", "ua-1")


@functools.cache
def stamp() -> bytes:
    """Return the picture of a signature."""
    return typeset(STAMP, "a-2b")


def with_streams(pdf: bytes) -> bytes:
    """Return the file saved again with object streams and a cross-reference stream."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def plan(
    name: str = "signer-1", role: Role = Role.SIGNER, *, seen: bool = False, level: Level = Level.T
) -> SignaturePlan:
    """Return a plan, visible or not."""
    box = SEAL_BOX if role is Role.SEAL else SIGNER_BOX
    shown = {"placement": box, "appearance": stamp()} if seen else {}
    return SignaturePlan(name, role, AT, reason="Phê duyệt", place="Hạ Long", level=level, **shown)


def officer(key: str = "p256") -> MemoryKey:
    """Return the key of an officer of the test's hierarchy."""
    return demo_pki().officer(key=key).signing_key()  # type: ignore[arg-type]  # names of keys


def judged(pdf: bytes, pki: DemoPki | None = None) -> list[PdfSignatureStatus]:
    """Return pyHanko's verdict on each signature, in order, comparing revisions strictly."""
    house = pki or demo_pki()
    roots = [x509.Certificate.load(one) for one in house.anchors()]
    others = [x509.Certificate.load(one) for one in house.intermediates()]
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    verdicts = []
    for signature in reader.embedded_regular_signatures:
        context = ValidationContext(trust_roots=roots, other_certs=others, allow_fetching=False)
        verdicts.append(validate_pdf_signature(signature, context, context))
    return verdicts


def sound(pdf: bytes, count: int) -> None:
    """Assert that a file has `count` signatures, that all are valid, and that qpdf finds no fault in it."""
    verdicts = judged(pdf)
    assert [one.bottom_line for one in verdicts] == [True] * count, [one.pretty_print_details() for one in verdicts]
    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as opened:
        assert opened.check_pdf_syntax() == []
        assert opened.get_warnings() == []
    assert pdf.endswith(b"%%EOF\n")
