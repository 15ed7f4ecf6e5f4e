"""Attacks by somebody who did not read the engine: ways round what was signed, locks, answers that differ."""

from __future__ import annotations

import functools
import hashlib
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID as Purpose

from tests.attacks.forging import Update, cms_of, filled_in, signed_with, simple_paper, stream
from tests.attacks.scene import AT, LATER, agency, officer, sealed, signed
from tests.attacks.table import GOOD_SEAL, GOOD_SIGNER, Attack
from tests.pki import GOOD, Holder, demo_pki

ONE = (GOOD_SIGNER,)
TWO = (GOOD_SIGNER, GOOD_SEAL)
DAY = timedelta(days=1)
_START = re.compile(rb"startxref\s+(\d+)")
_FALSE = stream(b"BT /F1 12 Tf 50 800 Td (Page 1: 9000 dong) Tj ET")
_HOLE = b"/ByteRange [0 0000000000 0000000000 0000000000] /Contents <" + b"0" * 16384 + b">"


def _start(content: bytes) -> int:
    return int(_START.findall(content)[-1])


def _page_written(content: bytes, body: bytes = _FALSE) -> Update:
    update = Update(content)
    update.replace(update.pdf.pages[0].Contents, body)
    return update


def _past_what_was_signed() -> bytes:
    """The first revision says 9000, the signed one 1000; the update's table leads back to the first."""
    false = _page_written(simple_paper()).written()
    shown = stream(b"BT /F1 12 Tf 50 800 Td (Page 1: 1000 dong) Tj ET")
    true = _page_written(false, shown).written()
    whole = signed_with(true, cms_of(officer(), at=AT))
    update = Update(whole)
    catalog = update.pdf.Root.objgen[0]
    numbers = sorted({int(number) for number in re.findall(rb"\n(\d+) 0 obj", whole[len(true) - 1 :])})
    rows = b"".join(
        b"%d 1\n%010d 00000 n \n" % (one, whole.index(b"\n%d 0 obj" % one, len(true) - 1) + 1) for one in numbers
    )
    trailer = b"trailer\n<< /Size 99 /Prev %d /Root %d 0 R >>\n" % (_start(false), catalog)
    return whole + b"xref\n" + rows + trailer + b"startxref\n%d\n%%%%EOF\n" % len(whole)


def _two_bodies(*, both_named: bool) -> bytes:
    """One number twice: the table leads to a harmless copy, who searches finds the false one."""
    update = Update(sealed())
    contents = update.pdf.pages[0].Contents
    number, whole = contents.objgen[0], sealed()
    first = len(whole)
    whole += b"%d 0 obj\n%b\nendobj\n" % (number, _FALSE)
    second = len(whole)
    whole += b"%d 0 obj\n%b\nendobj\n" % (number, stream(contents.read_raw_bytes()))
    rows = b"%d 1\n%010d 00000 n \n" % (number, second)
    rows += b"%d 1\n%010d 00000 n \n" % (number, first) if both_named else b""
    trailer = b"trailer\n<< /Size %d /Prev %d /Root %d 0 R >>\n"
    trailer = trailer % (update.size, _start(sealed()), update.pdf.Root.objgen[0])
    return whole + b"xref\n" + rows + trailer + b"startxref\n%d\n%%%%EOF\n" % len(whole)


def _shown_field(value: Callable[[Update], int]) -> bytes:
    """A signature field over the words of the page, with a picture, and whatever value."""
    update = Update(sealed())
    page, root = update.pdf.pages[0].obj, update.pdf.Root
    picture = update.add(stream(b"1 g 0 0 300 25 re f", "/Type /XObject /Subtype /Form /BBox [0 0 300 25]"))
    field = update.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (late) /V %d 0 R /F 132 /Rect [40 790 340 815] "
        b"/AP << /N %d 0 R >> >>" % (value(update), picture)
    )
    _listed(update, page, "Annots", field)
    form = update.add(b"<< /SigFlags 3 /Fields [%b %d 0 R] >>" % (_references(root.AcroForm.Fields), field))
    text = re.sub(rb"/AcroForm (<<.*?>>|\d+ 0 R)", b"/AcroForm %d 0 R" % form, root.unparse(resolved=True))
    update.replace(root, text)
    return update.written()


def _references(array: Any) -> bytes:
    return b" ".join(b"%d 0 R" % one.objgen[0] for one in array)


def _listed(update: Update, thing: Any, key: str, number: int) -> None:
    text = re.sub(
        rb"/%b (\[[^\]]*\]|\d+ 0 R)" % key.encode(),
        b"/%b [%b %d 0 R]" % (key.encode(), _references(thing[f"/{key}"]), number),
        thing.unparse(resolved=True),
    )
    update.replace(thing, text)


def _shown_timestamp() -> bytes:
    """Anybody can have a timestamp, so it may show nothing."""
    text = b"<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 " + _HOLE + b" >>"
    content = _shown_field(lambda update: update.add(text))
    stamp = demo_pki().stamper(at=AT + timedelta(minutes=5)).stamp
    return filled_in(content, lambda part: stamp(hashlib.sha256(part).digest()))


def _with_fields(*fields: dict[str, Any], direct: bool = False) -> Callable[[pikepdf.Pdf], None]:
    def more(pdf: pikepdf.Pdf) -> None:
        made = [pikepdf.Dictionary(**one) for one in fields]
        listed = [one if direct and "/V" in one else pdf.make_indirect(one) for one in made]
        pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=3, Fields=pikepdf.Array(listed))
        pdf.pages[0].Annots = pikepdf.Array([one for one in listed if one.is_indirect])

    return more


def _sig(name: str, rect: tuple[int, int, int, int] = (0, 0, 0, 0), **more: Any) -> dict[str, Any]:
    kind = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Sig, "F": 132}
    return {**kind, "T": pikepdf.String(name), "Rect": pikepdf.Array(rect), **more}


def _fill(content: bytes, name: str, holder: Holder, *, entries: bytes = b"", picture: bool = False) -> bytes:
    """Sign an empty field that is there already."""
    update = Update(content)
    field = next(one for one in update.pdf.Root.AcroForm.Fields if str(one.T) == name)
    head = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
    value = update.add(head + entries + _HOLE + b" >>")
    drawn = b" /V %d 0 R" % value
    if picture:
        box = "/Type /XObject /Subtype /Form /BBox [0 0 10 10]"
        drawn += b" /AP << /N %d 0 R >>" % update.add(stream(b"1 g 0 0 10 10 re f", box))
    update.replace(field, field.unparse(resolved=True)[:-2] + drawn + b" >>")
    return filled_in(update.written(), cms_of(holder, at=AT))


def _large_empty_field() -> bytes:
    """What is signed has an empty field as large as the page; the second signer shows something there."""
    paper = simple_paper(more=_with_fields(_sig("signer-1"), _sig("other-1", (10, 10, 580, 830))))
    return _fill(_fill(paper, "signer-1", officer()), "other-1", agency(), picture=True)


def _field_without_number() -> bytes:
    """The value stands in a dictionary that is written into the form itself."""
    value = {"FT": pikepdf.Name.Tx, "T": pikepdf.String("amount"), "V": pikepdf.String("1000")}
    update = Update(_direct_signed(value))
    form = update.pdf.Root.AcroForm
    target = form if form.is_indirect else update.pdf.Root
    text = target.unparse(resolved=True).replace(b"(1000)", b"(9000)")
    update.replace(target, text)
    return update.written()


def _direct_signed(value: dict[str, Any]) -> bytes:
    paper = simple_paper(more=_with_fields(value, _sig("signer-1"), direct=True))
    update = Update(paper)
    field = update.pdf.Root.AcroForm.Fields[1]
    head = b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached "
    number = update.add(head + _HOLE + b" >>")
    update.replace(field, field.unparse(resolved=True)[:-2] + b" /V %d 0 R >>" % number)
    return filled_in(update.written(), cms_of(officer(), at=AT))


def _locked(rule: bytes, then: str) -> Callable[[], bytes]:
    """The first signature locks fields; then one of them, or another, is signed."""

    def make() -> bytes:
        paper = simple_paper(more=_with_fields(_sig("signer-1"), _sig("seal-1"), _sig("other-1")))
        reference = b"/Reference [<< /Type /SigRef /TransformMethod /FieldMDP /TransformParams << %b >> >>] " % rule
        return _fill(_fill(paper, "signer-1", officer(), entries=reference), then, agency())

    return make


def _lock_of_the_field() -> bytes:
    lock = pikepdf.Dictionary(Type=pikepdf.Name.SigFieldLock, Action=pikepdf.Name.Include, Fields=[], P=1)
    paper = simple_paper(more=_with_fields(_sig("signer-1", Lock=lock), _sig("seal-1")))
    return _fill(_fill(paper, "signer-1", officer()), "seal-1", agency())


def _deep() -> bytes:
    """A page tree of seventy levels; the font hangs at the top."""
    update = Update(simple_paper())
    tree = update.pdf.Root.Pages
    kids, resources = list(tree.Kids), update.add(tree.Kids[0].Resources.unparse(resolved=True))
    levels = [tree.objgen[0], *(update.add(b"") for _ in range(70))]
    for number, above, below in zip(levels[1:], levels[:-1], [*levels[2:], 0], strict=True):
        under = b"%d 0 R" % below if below else _references(kids)
        update.objects[number] = b"<< /Type /Pages /Count 2 /Parent %d 0 R /Kids [%b] >>" % (above, under)
    for kid in kids:
        del kid["/Resources"], kid["/Parent"]
        update.replace(kid, kid.unparse(resolved=True)[:-2] + b" /Parent %d 0 R >>" % levels[-1])
    top = b"<< /Type /Pages /Count 2 /Resources %d 0 R /Kids [%d 0 R] >>" % (resources, levels[1])
    update.replace(tree, top)
    update = Update(signed_with(update.written(), cms_of(officer(), at=AT)))
    update.objects[resources] = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Symbol >> >> >>"
    return update.written()


def _after(tail: bytes) -> Callable[[], bytes]:
    return lambda: sealed() + tail


BODY = b"4 0 obj\n" + _FALSE + b"\nendobj\n"
MOVED = ((2, False, None, "resaved"), (3, False, None, "resaved"))
LOCKED = ((2, True, True, ""), (3, True, True, ""))
UPDATES = {
    "the table leads past what was signed": Attack(
        _past_what_was_signed, "changed", ONE, ("page_changed", "unreadable_revision")
    ),
    "two bodies under one number, one in the table": Attack(
        lambda: _two_bodies(both_named=False), "changed", TWO, ("unreadable_revision",)
    ),
    "two bodies under one number, both in the table": Attack(
        lambda: _two_bodies(both_named=True), "changed", TWO, ("unreadable_revision",)
    ),
    "a timestamp that shows something": Attack(
        _shown_timestamp, "changed", (*TWO, (4, True, True, "")), ("annotation_added",)
    ),
    "an empty field as large as the page, signed later": Attack(_large_empty_field, "changed", LOCKED, ("overlay",)),
    "a value in a field without a number": Attack(_field_without_number, "changed", ONE, ("form_changed",)),
    "the font at the top of a deep tree": Attack(
        _deep, "changed", ((3, True, True, ""),), ("page_changed", "page_changed")
    ),
    "a table nobody finds, and a comment": Attack(_after(b"% nothing\n%%EOF\n"), "appended", TWO),
    "a table at the wrong place": Attack(
        _after(BODY + b"xref\n4 1\n0000000009 00000 n \ntrailer\n<< /Root 1 0 R >>\nstartxref\n99999999\n%%EOF\n"),
        "appended",
        TWO,
    ),
    "a trailer without a table": Attack(
        _after(BODY + b"trailer\n<< /Root 1 0 R /Size 20 >>\n%%EOF\n"), "appended", TWO
    ),
    "junk before the header": Attack(lambda: b"junk\n" + sealed(), "resaved", MOVED),
    "a locked field is signed: named": Attack(
        _locked(b"/Action /Include /Fields [(seal-1)]", "seal-1"), "changed", LOCKED, ("locked",)
    ),
    "a locked field is signed: all are": Attack(_locked(b"/Action /All", "seal-1"), "changed", LOCKED, ("locked",)),
    "a locked field is signed: all but one": Attack(
        _locked(b"/Action /Exclude /Fields [(seal-1)]", "other-1"), "changed", LOCKED, ("locked",)
    ),
    "a field that is not locked is signed": Attack(
        _locked(b"/Action /Include /Fields [(seal-1)]", "other-1"), "", LOCKED
    ),
    "all but this one are locked": Attack(_locked(b"/Action /Exclude /Fields [(seal-1)]", "seal-1"), "", LOCKED),
    "signed after the field's lock closed the paper": Attack(_lock_of_the_field, "changed", LOCKED, ("locked",)),
}


def _issued(key: Any = None, *, purposes: tuple[x509.ObjectIdentifier, ...] = (), asks: bool = True) -> Holder:
    """A certificate of the trusted authority as the test wants it, made by hand."""
    issuer = demo_pki().trusted.issuers["officers"]
    own = key or ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Đặng Văn Lạ")])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.certificate.subject)
    builder = builder.public_key(own.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(GOOD[0]).not_valid_after(GOOD[1])
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    if asks:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(issuer.addresses.crl)], None, None, None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    certificate = builder.sign(issuer.key, hashes.SHA256())
    return Holder(certificate, own, (issuer.certificate,))


def _by(holder: Holder, **how: Any) -> bytes:
    return signed_with(simple_paper(), cms_of(holder, at=AT, **how))


def _ed25519() -> bytes:
    """Signed by pyHanko, which knows how."""
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    holder = _issued(ed25519.Ed25519PrivateKey.generate())
    key = keys.PrivateKeyInfo.load(holder.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([asn1.Certificate.load(one) for one in holder.chain_der])
    signer = SimpleSigner(asn1.Certificate.load(holder.der), key, store)
    about = PdfSignatureMetadata("signer-1", md_algorithm="sha512", subfilter=SigSeedSubFilter.PADES)
    out = PdfSigner(about, signer=signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(simple_paper())))
    return bytes(out.getbuffer())


def _one(trusted: bool | None, code: str) -> tuple[tuple[int, bool, bool | None, str]]:
    return ((2, True, trusted, code),)


NOW = datetime.now(AT.tzinfo) + DAY
KEYS = {
    "Ed25519": Attack(_ed25519, "", _one(True, ""), at=NOW),
    "a curve of 192 bits": Attack(
        lambda: _by(_issued(ec.generate_private_key(ec.SECP192R1()))), "weak_key", _one(None, "weak_key")
    ),
    "a certificate for servers": Attack(
        lambda: _by(_issued(purposes=(Purpose.SERVER_AUTH,))), "not_for_signing", _one(False, "not_for_signing")
    ),
    "a certificate for timestamps": Attack(
        lambda: _by(_issued(purposes=(Purpose.TIME_STAMPING,))), "not_for_signing", _one(False, "not_for_signing")
    ),
    "a certificate for mail and log-in": Attack(
        lambda: _by(_issued(purposes=(Purpose.EMAIL_PROTECTION, Purpose.CLIENT_AUTH))), "", _one(True, "")
    ),
    "adbe.pkcs7.sha1 whose CMS uses SHA-256": Attack(
        lambda: signed_with(
            simple_paper(),
            cms_of(officer(), at=AT, inside=lambda part: hashlib.sha1(part, usedforsecurity=False).digest()),
            subfilter="adbe.pkcs7.sha1",
        ),
        "weak_digest",
        _one(None, "weak_digest"),
    ),
}


@functools.cache
def _taken_back() -> Holder:
    """Somebody whose certificate does not say where to ask, and is on the authority's list."""
    holder = _issued(asks=False)
    demo_pki().revoke(holder, at=AT + DAY)
    return holder


def _kept_answer(holder: Holder, at: datetime) -> bytes:
    """A paper without a timestamp that brings an answer from when all was well."""
    from asn1crypto import ocsp
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    writer = IncrementalPdfFileWriter(io.BytesIO(_by(holder)), strict=False)
    answer = demo_pki().fetcher(at=at).ocsp_of(holder.der, holder.chain_der[0])
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=(), ocsps=[ocsp.OCSPResponse.load(answer)], crls=())
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


@pytest.mark.parametrize("name", UPDATES)
def test_updates(name: str) -> None:
    UPDATES[name].check()


@pytest.mark.parametrize("name", KEYS)
def test_keys_and_purposes(name: str) -> None:
    KEYS[name].check()


def test_on_a_list_at_hand_although_the_certificate_names_none() -> None:
    from dataclasses import replace

    from motcua.trust.verifying.engine import verify_pdf

    pki, holder = demo_pki(), _taken_back()
    lists = (pki.fetcher(at=LATER).crl_of(holder.chain_der[0]),)
    verdict = verify_pdf(_by(holder), trust=replace(pki.trust_store(), crls=lists), at=LATER)
    assert (verdict.valid, verdict.signatures[0].trusted, verdict.reason_code) == (False, False, "revoked")


def test_an_older_good_answer_in_the_paper_does_not_outweigh_a_newer_bad_one() -> None:
    pki = demo_pki()
    holder = pki.officer("Võ Đã Thu Hồi")
    content = _kept_answer(holder, LATER - timedelta(hours=2))
    pki.revoke(holder, at=LATER - timedelta(hours=1))
    Attack(lambda: content, "revoked", _one(False, "revoked")).check()


def test_many_updates_that_write_the_same_object_are_no_doubles() -> None:
    content = signed()
    for number in range(6):
        update = Update(content)
        update.put(update.pdf.Root, Metadata=pikepdf.Dictionary(Type=pikepdf.Name.Metadata, Number=number))
        content = update.written()
    Attack(lambda: content, "", ONE).check()


def test_every_row_has_at_least_four() -> None:
    assert min(len(UPDATES), len(KEYS)) >= 4
