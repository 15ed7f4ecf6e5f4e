"""Encrypted, endless, nested, looping and bloated files, in the child process that strangers' files are judged in."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from motcua.trust.verifying.bounded import verify_bounded
from tests.attacks.forging import Update, simple_paper, stream
from tests.attacks.scene import LATER, judge, sealed
from tests.attacks.table import Attack
from tests.pki import demo_pki


def _encrypted(**how: object) -> Callable[[], bytes]:
    def make() -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(sealed())) as pdf:
            pdf.save(out, encryption=pikepdf.Encryption(**how))  # type: ignore[arg-type]
        return out.getvalue()

    return make


def _unknown_handler() -> bytes:
    return _encrypted(user="secret", owner="o", R=6)().replace(b"/Filter /Standard", b"/Filter /Stendard")


MOVED = ((1, False, None, "resaved"), (1, False, None, "resaved"))
ENCRYPTED = {
    "a password to open, AES-256": Attack(_encrypted(user="secret", owner="o", R=6), "encrypted", error="encrypted"),
    "a password to open, AES-128": Attack(
        _encrypted(user="secret", owner="o", R=4, aes=True), "encrypted", error="encrypted"
    ),
    "a password to open, RC4-128": Attack(
        _encrypted(user="secret", owner="o", R=3, aes=False, metadata=False), "encrypted", error="encrypted"
    ),
    "a password to open, RC4-40": Attack(
        _encrypted(user="secret", owner="o", R=2, aes=False, metadata=False), "encrypted", error="encrypted"
    ),
    "a handler nobody knows": Attack(_unknown_handler, "encrypted", error="encrypted"),
    "only an owner's password, after signing": Attack(_encrypted(owner="o", R=6), "resaved", MOVED),
}


def _owner_only_then_signed() -> bytes:
    """A paper anybody may open, locked by its owner, and signed as it is."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(simple_paper())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", R=6))
    writer = IncrementalPdfFileWriter(io.BytesIO(out.getvalue()))
    writer.encrypt("")
    about = PdfSignatureMetadata(field_name="signer-1", subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
    signed = PdfSigner(about, signer=_pyhanko_signer()).sign_pdf(writer)
    return bytes(signed.getbuffer())


def _pyhanko_signer() -> object:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    holder = demo_pki().officer(key="rsa2048")
    key = holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore.from_certs([x509.Certificate.load(one) for one in holder.chain_der])
    return SimpleSigner(x509.Certificate.load(holder.der), keys.PrivateKeyInfo.load(key), store)


def _deep_arrays() -> bytes:
    return _with_root(b"[" * 200_000 + b"]" * 200_000)


def _deep_dictionaries() -> bytes:
    return _with_root(b"<< /A " * 50_000 + b"1" + b" >>" * 50_000)


def _with_root(body: bytes) -> bytes:
    update = Update(sealed())
    number = update.add(body)
    root = update.pdf.Root.unparse(resolved=True)
    update.replace(update.pdf.Root, root[:-2] + b" /Extra %d 0 R >>" % number)
    return update.written()


def _table_that_loops() -> bytes:
    content = sealed()
    start = content[content.rindex(b"startxref") + 9 :].split()[0]
    place = content.rindex(b"/Prev ")
    old = content[place:].split()[1]
    return content[:place] + b"/Prev " + start.rjust(len(old), b"0")[: len(old)] + content[place + 6 + len(old) :]


def _pages_that_loop() -> bytes:
    update = Update(sealed())
    tree = update.pdf.Root.Pages
    number = tree.objgen[0]
    update.replace(tree, b"<< /Type /Pages /Count 2 /Kids [%d 0 R %d 0 R] >>" % (number, number))
    return update.written()


def _fields_that_loop() -> bytes:
    update = Update(sealed())
    field = update.add(b"")
    update.objects[field] = b"<< /T (a) /Kids [%d 0 R] /Parent %d 0 R >>" % (field, field)
    root = update.pdf.Root
    del root["/AcroForm"]
    update.replace(root, root.unparse(resolved=True)[:-2] + b" /AcroForm << /Fields [%d 0 R] >> >>" % field)
    return update.written()


def _bomb() -> bytes:
    """A stream of objects of 300 MB in 300 KB, where the catalog would be."""
    packed = zlib.compress(b"1 0 " + b" " * 300_000_000, 9)
    objects = stream(packed, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode")
    body = b"%PDF-1.7\n2 0 obj\n" + objects + b"\nendobj\n"
    start = len(body)
    rows = (
        bytes([0, 0, 0, 0, 255])
        + bytes([2, 0, 0, 2, 0])
        + bytes([1, 0, 0, 9, 0])
        + bytes([1])
        + start.to_bytes(3)
        + b"\0"
    )
    table = stream(rows, "/Type /XRef /Size 4 /W [1 3 1] /Root 1 0 R")
    return body + b"3 0 obj\n" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def _many_fields() -> bytes:
    """Three hundred signatures that are none."""
    update = Update(simple_paper())
    numbers = []
    for number in range(300):
        value = update.add(b"<< /Type /Sig /SubFilter /adbe.pkcs7.detached /Contents <00> /ByteRange [0 1 2 3] >>")
        numbers.append(update.add(b"<< /FT /Sig /T (s%d) /V %d 0 R >>" % (number, value)))
    fields = b" ".join(b"%d 0 R" % number for number in numbers)
    root = update.pdf.Root
    update.replace(root, root.unparse(resolved=True)[:-2] + b" /AcroForm << /Fields [" + fields + b"] >> >>")
    return update.written()


#: What may be said of each; none may be valid, none may crash the one who asks.
HOSTILE: dict[str, tuple[Callable[[], bytes], frozenset[str]]] = {
    "arrays 200,000 deep": (_deep_arrays, frozenset({"changed", "damaged", "crashed"})),
    "dictionaries 50,000 deep": (_deep_dictionaries, frozenset({"changed", "damaged", "crashed"})),
    "a table that points to itself": (_table_that_loops, frozenset({"altered", "appended"})),
    "pages that hold themselves": (_pages_that_loop, frozenset({"changed"})),
    "fields that hold themselves": (_fields_that_loop, frozenset({"not_signed"})),
    "a bomb of objects": (_bomb, frozenset({"damaged", "too_much_memory"})),
    "three hundred signatures": (_many_fields, frozenset({"damaged"})),
    "random bytes after a header": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, frozenset({"truncated"})),
    "a header, and the end": (lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n", frozenset({"damaged"})),
    "a table of ten million objects": (
        lambda: b"%PDF-1.7\nxref\n0 10000000\n" + b"0000000000 65535 f \n" * 10 + b"startxref\n9\n%%EOF\n",
        frozenset({"damaged"}),
    ),
}


@pytest.mark.parametrize("name", ENCRYPTED)
def test_encrypted(name: str) -> None:
    ENCRYPTED[name].check()


def test_locked_by_its_owner_only_and_signed_so_is_judged() -> None:
    verdict = judge(_owner_only_then_signed(), at=LATER.replace(year=2030))
    assert [(one.revision, one.intact, one.trusted) for one in verdict.signatures] == [(2, True, True)]
    assert verdict.valid
    assert verdict.facts["warnings"] == ["encrypted"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str, tmp_path: Path) -> None:
    make, allowed = HOSTILE[name]
    path = tmp_path / "paper.pdf"
    path.write_bytes(make())
    verdict = verify_bounded(path, trust=demo_pki().trust_store(), at=LATER, seconds=60, start="fork")
    assert not verdict.valid
    assert verdict.reason_code in allowed, verdict


def test_every_row_has_at_least_four() -> None:
    assert min(len(ENCRYPTED), len(HOSTILE)) >= 4
