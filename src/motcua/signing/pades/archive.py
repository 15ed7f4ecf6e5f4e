"""Long-term proof (PAdES B-LT and B-LTA, ETSI EN 319 142-1, 5.4): proofs into the paper, a timestamp over all of it."""

import zlib
from datetime import datetime
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from motcua.kernel import der
from motcua.kernel.errors import Invalid
from motcua.signing.pades.base import Base, open_base
from motcua.signing.pades.evidence import Book, Proofs
from motcua.signing.pades.fields import Field, lay_out
from motcua.signing.pades.sign import TOKEN_ROOM, fill, filled
from motcua.signing.pades.tokens import certificates_in, moment_of, signer_of_token
from motcua.signing.pades.words import problem
from motcua.signing.pades.writing import Increment, reference, stream, without
from motcua.signing.terms import Stamper
from motcua.trust.store import TrustStore
from motcua.trust.terms import Fetcher

#: Names of the fields that hold archive timestamps: archive-1, archive-2, …
ARCHIVE = "archive"
_LABEL = "Dấu thời gian lưu trữ"
_KINDS = (("/Certs", "certificates"), ("/OCSPs", "ocsps"), ("/CRLs", "crls"))


def complete_archive(
    pdf: bytes, stamper: Stamper, fetcher: Fetcher, store: TrustStore, *, at: datetime, hash_name: str = "sha256"
) -> bytes:
    """Return a signed paper brought to B-LTA: what proves its certificates, and a timestamp over the whole.

    Raises Invalid (no signature, not readable), Unavailable (a certificate leads to no root of `store`, nobody answers
    for one: try again later), UnstampedError and TrustStoppedError of the stamper.
    """
    return archive_with(pdf, stamper, Book(fetcher, store, at), hash_name=hash_name)


def renew_archive(
    pdf: bytes, stamper: Stamper, fetcher: Fetcher, store: TrustStore, *, at: datetime, hash_name: str = "sha256"
) -> bytes:
    """Return an archived paper with one more timestamp, and proofs for the authority of the one before.

    To be done before that authority's certificate ends or an algorithm is no longer trusted (`rules/renewal.py` says
    when). Raises Invalid when the paper has no archive timestamp, and as `complete_archive` does.
    """
    with_stamp = any(name.startswith(f"{ARCHIVE}-") for name, _ in signatures_of(open_base(pdf)))
    if not with_stamp:
        raise Invalid(problem("not_archived"))
    return archive_with(pdf, stamper, Book(fetcher, store, at), hash_name=hash_name)


def archive_with(pdf: bytes, stamper: Stamper, book: Book, *, hash_name: str = "sha256") -> bytes:
    """Do what `complete_archive` does, with answers that `book` keeps for the next paper."""
    base = open_base(pdf)
    signatures = signatures_of(base)
    if not signatures:
        raise Invalid(problem("not_signed"))
    try:
        certificates = [one for _, cms in signatures for one in certificates_in(cms)] + book.authority(stamper)
    except (der.DerError, IndexError, ValueError) as error:
        raise Invalid(problem("signature_unreadable")) from error
    known, kept = _store_of(base)
    proofs = book.prove(certificates, known)
    change = Increment(base)
    _write_store(change, proofs, kept)
    return _stamped(change, stamper, _free_name([name for name, _ in signatures]), hash_name)


def signatures_of(base: Base) -> list[tuple[str, bytes]]:
    """Return name and CMS (or token) of every signature and document timestamp of a file, in order of its form."""
    form = base.root.get("/AcroForm")
    fields: Any = form.get("/Fields", []) if isinstance(form, pikepdf.Dictionary) else []
    return [(str(one.get("/T", "")), bytes(one.V.Contents)) for one in fields if "/Contents" in one.get("/V", {})]


def last_stamp(pdf: bytes) -> tuple[datetime, bytes] | None:
    """Return when the last archive timestamp of a paper was made, and the certificate (DER) of its authority."""
    found = [cms for name, cms in signatures_of(open_base(pdf)) if name.startswith(f"{ARCHIVE}-")]
    if not found:
        return None
    return moment_of(found[-1]), authority_of(found[-1])


def authority_of(token: bytes) -> bytes:
    """Return the certificate (DER) of the authority that made a timestamp, out of the token; raises DerError."""
    wanted = signer_of_token(token)
    for certificate in certificates_in(token):
        if _issuer_and_serial(certificate) == wanted:
            return certificate
    raise der.DerError("the token does not bring its authority's certificate")


def algorithms_of(certificate: bytes) -> tuple[datetime, str]:
    """Return when an authority's certificate (DER) ends, and its key as tables name it ("p256", "rsa3072")."""
    parsed = x509.load_der_x509_certificate(certificate)
    key = parsed.public_key()
    kind = "p" if isinstance(key, ec.EllipticCurvePublicKey) else "rsa"
    return parsed.not_valid_after_utc, f"{kind}{getattr(key, 'key_size', 0)}"


def _issuer_and_serial(certificate: bytes) -> tuple[bytes, bytes]:
    parts = der.read(certificate).children()[0].children()
    first = 1 if parts[0].tag == der.INTEGER else 2
    return parts[first + 1].encoded, parts[first - 1].encoded


def _store_of(base: Base) -> tuple[Proofs, dict[str, bytes]]:
    """Return the proofs a paper has, and the references to them as text, by the keys of the store."""
    store = base.root.get("/DSS", pikepdf.Dictionary())
    known, kept = Proofs(), dict[str, bytes]()
    for key, name in _KINDS:
        streams = store.get(key, pikepdf.Array())
        getattr(known, name).update(dict.fromkeys(bytes(one.read_bytes()) for one in streams))
        kept[key] = bytes(streams.unparse(resolved=True))[1:-1].strip()
    return known, kept


def _write_store(change: Increment, proofs: Proofs, kept: dict[str, bytes]) -> None:
    store = change.base.root.get("/DSS", pikepdf.Dictionary())
    entries = [without(store, "/Type", *kept)]
    for key, name in _KINDS:
        packed = (stream(b"/Filter /FlateDecode", zlib.compress(one)) for one in getattr(proofs, name))
        all_of_them = b" ".join((kept[key], *(reference(change.add(one)) for one in packed))).strip()
        if all_of_them:
            entries.append(key.encode() + b" [ " + all_of_them + b" ]")
    change.catalogue["/DSS"] = reference(change.add(b"<< /Type /DSS %s >>" % b" ".join(entries).strip()))


def _stamped(change: Increment, stamper: Stamper, name: str, hash_name: str) -> bytes:
    value = change.reserve()
    lay_out(change, Field(name, _LABEL, value=value), tagged=False)
    head = b"<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161"
    content, hole, digest = fill(change, value, head, b" >>", TOKEN_ROOM, hash_name=hash_name)
    return filled(content, hole, TOKEN_ROOM, stamper.stamp(digest, hash_name=hash_name))


def _free_name(names: list[str]) -> str:
    number = 1
    while f"{ARCHIVE}-{number}" in names:
        number += 1
    return f"{ARCHIVE}-{number}"
