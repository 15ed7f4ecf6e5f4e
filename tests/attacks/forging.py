"""The attacker's tools: incremental updates, signatures of any shape, files that are written anew."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pikepdf
from asn1crypto import algos, cms, core, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding

from tests.pki import Holder

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_ROOM = 16384


@dataclass
class Update:
    """An incremental update with a classic table; `objects` by number, `root` another catalog than the file's."""

    content: bytes
    objects: dict[int, bytes] = field(default_factory=dict)
    root: str = ""

    def __post_init__(self) -> None:
        self.pdf = pikepdf.open(io.BytesIO(self.content))
        self.size = int(self.pdf.trailer.Size)

    def put(self, thing: Any, **changed: Any) -> None:
        """Write an object again, with some keys changed (None: removed)."""
        for key, value in changed.items():
            if value is None:
                del thing[f"/{key}"]
            else:
                thing[f"/{key}"] = value
        self.objects[thing.objgen[0]] = thing.unparse(resolved=True)

    def replace(self, thing: Any, body: bytes) -> None:
        """Write an object again as these bytes."""
        self.objects[thing.objgen[0]] = body

    def add(self, body: bytes) -> int:
        """Add an object; returns its number."""
        number, self.size = self.size, self.size + 1
        self.objects[number] = body
        return number

    def written(self) -> bytes:
        """Return the file with the update at its end."""
        out = io.BytesIO()
        out.write(self.content if self.content.endswith(b"\n") else self.content + b"\n")
        places = {}
        for number, body in self.objects.items():
            places[number] = out.tell()
            out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        start = out.tell()
        out.write(b"xref\n")
        for number, place in sorted(places.items()):
            out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
        before = int(_START.findall(self.content)[-1])
        root = self.root or "{} {} R".format(*self.pdf.Root.objgen)
        entries = f"/Size {self.size} /Prev {before} /Root {root}"
        for key in ("/Info", "/ID"):
            if key in self.pdf.trailer:
                entries += f" {key} {self.pdf.trailer[key].unparse().decode('latin-1')}"
        out.write(b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (entries.encode("latin-1"), start))
        return out.getvalue()


def stream(content: bytes, entries: str = "") -> bytes:
    """Return a stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(content), content)


def simple_paper(pages: int = 2, *, more: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """Return an untagged paper with a classic table: each page says its number."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[-1]
        page.Contents = pdf.make_stream(b"BT /F1 12 Tf 50 800 Td (Page %d: 1000 dong) Tj ET" % number)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    if more:
        more(pdf)
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False, deterministic_id=True)
    return out.getvalue()


Maker = Callable[[bytes], bytes]


def signed_with(
    pdf: bytes,
    maker: Maker,
    *,
    name: str = "signer-1",
    subfilter: str = "ETSI.CAdES.detached",
    entries: str = "",
    kind: str = "/Sig",
) -> bytes:
    """Return the paper with an invisible signature whose CMS the maker makes of the signed bytes."""
    update = Update(pdf)
    page = update.pdf.pages[0].obj
    value = update.add(
        b"<< /Type %s /Filter /Adobe.PPKLite /SubFilter /%s %s /ByteRange [0 0000000000 0000000000 0000000000] "
        b"/Contents <%s> >>" % (kind.encode(), subfilter.encode(), entries.encode(), b"0" * _ROOM)
    )
    widget = update.add(
        b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /V %d 0 R /F 132 /Rect [0 0 0 0] /P %d 0 R >>"
        % (name.encode(), value, page.objgen[0])
    )
    _add_widget(update, page, widget)
    _add_field(update, widget)
    return filled_in(update.written(), maker)


def filled_in(content: bytes, maker: Maker) -> bytes:
    """Fill the last empty /ByteRange and /Contents of a file."""
    hole = content.rindex(b"/Contents <" + b"0" * _ROOM) + len(b"/Contents ")
    end = hole + _ROOM + 2
    span = b"[0 %010d %010d %010d]" % (hole, end, len(content) - end)
    place = content.rindex(b"/ByteRange [0 0000000000", 0, hole) + len(b"/ByteRange ")
    content = content[:place] + span + content[place + len(span) :]
    made = maker(content[:hole] + content[end:]).hex().encode()
    return content[: hole + 1] + made + content[hole + 1 + len(made) :]


def _add_widget(update: Update, page: Any, widget: int) -> None:
    listed = [] if "/Annots" not in page else [f"{one.objgen[0]} 0 R" for one in page.Annots]
    body = page.unparse(resolved=True)
    if "/Annots" in page:
        del page["/Annots"]
        body = page.unparse(resolved=True)
    annotations = " ".join([*listed, f"{widget} 0 R"])
    update.objects[page.objgen[0]] = body[:-2] + f" /Annots [{annotations}] >>".encode()


def _add_field(update: Update, widget: int) -> None:
    root = update.pdf.Root
    form = root.get("/AcroForm")
    listed = [f"{one.objgen[0]} 0 R" for one in form.Fields] if form is not None else []
    if form is not None:
        del root["/AcroForm"]
    body = root.unparse(resolved=True)
    fields = " ".join([*listed, f"{widget} 0 R"])
    number = update.add(f"<< /Fields [{fields}] /SigFlags 3 >>".encode())
    update.objects[root.objgen[0]] = body[:-2] + f" /AcroForm {number} 0 R >>".encode()


def cms_of(
    holder: Holder,
    *,
    at: datetime | None = None,
    digest: str = "sha256",
    inside: Callable[[bytes], bytes] | None = None,
    token: bytes = b"",
    stamp: Callable[[bytes], bytes] | None = None,
    certificates: tuple[bytes, ...] | None = None,
    binds: bytes | None = None,
    told: bytes = b"",
) -> Maker:
    """Return a maker of CMS signatures. `inside`: what is enclosed; `binds`: certificate of the ESS attribute.

    `told`: the digest of what is signed, where that is too large to be at hand.
    """

    def make(signed: bytes) -> bytes:
        content = inside(signed) if inside else None
        of = told or hashlib.new(digest, content if content is not None else signed).digest()
        attributes = _attributes(holder, of, at, binds)
        value = _raw(holder, attributes.untag().dump(), digest)
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier({"issuer_and_serial_number": _issuer_and_serial(holder)}),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}),
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": _algorithm(holder, digest)}),
                "signature": value,
            }
        )
        stamped = token or (stamp(hashlib.sha256(value).digest()) if stamp else b"")
        if stamped:
            signer["unsigned_attrs"] = cms.CMSAttributes(
                [_attribute("signature_time_stamp_token", cms.ContentInfo.load(stamped))]
            )
        ders = certificates if certificates is not None else (holder.der, *holder.chain_der)
        data = cms.SignedData(
            {
                "version": "v1",
                "digest_algorithms": cms.DigestAlgorithms([algos.DigestAlgorithm({"algorithm": digest})]),
                "encap_content_info": {"content_type": "data"}
                if content is None
                else {"content_type": "data", "content": core.OctetString(content)},
                "certificates": [cms.CertificateChoices({"certificate": x509.Certificate.load(one)}) for one in ders],
                "signer_infos": [signer],
            }
        )
        return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())

    return make


def _attributes(holder: Holder, told: bytes, at: datetime | None, binds: bytes | None) -> cms.CMSAttributes:
    from pyhanko.sign.general import as_signing_certificate_v2

    bound = x509.Certificate.load(binds or holder.der)
    values = [
        _attribute("content_type", "data"),
        _attribute("message_digest", told),
        _attribute("signing_certificate_v2", as_signing_certificate_v2(bound)),
    ]
    if at is not None:
        values.append(_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(at)})))
    return cms.CMSAttributes(values)


def _attribute(name: str, value: Any) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": name, "values": (value,)})


def _issuer_and_serial(holder: Holder) -> cms.IssuerAndSerialNumber:
    certificate = x509.Certificate.load(holder.der)
    return cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})


def _algorithm(holder: Holder, digest: str) -> str:
    return f"{digest}_ecdsa" if isinstance(holder.key, ec.EllipticCurvePrivateKey) else f"{digest}_rsa"


def _raw(holder: Holder, content: bytes, digest: str) -> bytes:
    known: Mapping[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha1": hashes.SHA1(),  # noqa: S303 what old signatures used
        "md5": hashes.MD5(),  # noqa: S303
    }
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        return holder.key.sign(content, ec.ECDSA(known[digest]))
    return holder.key.sign(content, padding.PKCS1v15(), known[digest])


def changed_byte(content: bytes, place: int) -> bytes:
    """Return the bytes with one bit of one of them turned."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def byte_range(content: bytes, number: int = -1) -> tuple[int, int, int, int]:
    """Return a /ByteRange of the file (the last one)."""
    found = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", content)
    start, first, second, last = (int(one) for one in found[number])
    return start, first, second, last
