"""One CMS signature (RFC 5652): does it fit its key, what it says about itself, whom it names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from asn1crypto import algos, cms, core, parser, tsp, x509
from cryptography.exceptions import UnsupportedAlgorithm
from pyhanko.sign.general import (
    CMSExtractionError,
    NonexistentAttributeError,
    extract_certificate_info,
    extract_signer_info,
    find_unique_cms_attribute,
)
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import get_signing_cert_attr, validate_sig_integrity
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy

#: Digest of the bytes that are signed, by the algorithm's name ("sha256").
Digest = Callable[[str], bytes]
T = TypeVar("T")


@dataclass(slots=True)
class Seal:
    """A CMS signature that was looked at. `problem` is a reason code, "" when it is intact."""

    problem: str = ""
    certificate: x509.Certificate | None = None
    others: list[x509.Certificate] = field(default_factory=list)
    signer: cms.SignerInfo | None = None
    digest: str = ""
    document_digest: str = ""
    claimed: datetime | None = None
    stamped: datetime | None = None
    token: cms.ContentInfo | None = None
    ocsps: list[Any] = field(default_factory=list)
    crls: list[Any] = field(default_factory=list)
    has_signing_certificate: bool = False

    @property
    def key(self) -> str:
        """The key as people say it: "RSA-2048", "EC-secp256r1"."""
        return key_name(self.certificate)


def key_name(certificate: x509.Certificate | None) -> str:
    """Return the kind and size of a certificate's key; "" when it cannot be told."""
    if certificate is None:
        return ""
    try:
        if certificate.public_key.algorithm == "ec":
            return f"EC-{certificate.public_key.curve[1]}"
        return f"{certificate.public_key.algorithm.upper()}-{certificate.public_key.bit_size}"
    except UnboundLocalError:  # asn1crypto knows no size of Ed25519 and Ed448
        return str(certificate.public_key.algorithm).capitalize()
    except (ValueError, KeyError, TypeError):
        return ""


def look_at(contents: bytes, digest: Digest, *, kind: str) -> Seal:
    """Judge the CMS in the contents of a signature dictionary (or a token); never raises for what it holds.

    `kind`: of `trust.terms.SignatureKind`; a timestamp's own content is what it stamps.
    """
    seal = Seal()
    try:
        _look(seal, contents, digest, kind)
    except (SignatureValidationError, CMSExtractionError) as error:
        seal.problem = "wrong_certificate" if "ertificate" in str(error) and seal.certificate else "malformed"
    except UnsupportedAlgorithm:
        seal.problem = "unsupported"
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, NotImplementedError):
        seal.problem = "malformed"
    return seal


def run(work: Coroutine[Any, Any, T]) -> T:
    """Wait for asynchronous library code; own loop, so that it works in every thread."""
    return asyncio.run(work)


def _look(seal: Seal, contents: bytes, digest: Digest, kind: str) -> None:
    data = _signed_data(contents)
    seal.signer = extract_signer_info(data)
    seal.digest = seal.signer["digest_algorithm"]["algorithm"].native
    found = extract_certificate_info(data)
    seal.certificate, seal.others = found.signer_cert, list(found.other_certs)
    _say(seal, data)
    seal.document_digest = _document_digest(data, seal.digest, kind)
    content, matches = _what_is_signed(data, digest, seal.digest, kind)
    if not _digests_agree(seal.signer):
        seal.problem = "malformed"
        return
    expected = "data" if kind in {"pades", "adbe", "adbe_sha1", "cades"} else "tst_info"
    intact, fits = validate_sig_integrity(seal.signer, seal.certificate, expected, content)
    if not fits:
        seal.problem = "bad_signature"
    if not intact or not matches:
        seal.problem = "bad_timestamp" if kind == "timestamp" and not matches else "altered"


def _signed_data(contents: bytes) -> cms.SignedData:
    _, _, _, head, body, trailer = parser.parse(contents)
    if any(contents[len(head) + len(body) + len(trailer) :]):
        raise ValueError("something hides behind the signature")
    message = cms.ContentInfo.load(contents)
    if message["content_type"].native != "signed_data":
        raise ValueError("not signed data")
    data: cms.SignedData = message["content"]
    return data


def _document_digest(data: cms.SignedData, algorithm: str, kind: str) -> str:
    """Return by which digest the bytes of the document hang on the signature; some forms enclose one of their own."""
    if kind == "adbe_sha1":
        return "sha1"
    if kind == "timestamp":
        told = data["encap_content_info"]["content"].parsed
        return str(told["message_imprint"]["hash_algorithm"]["algorithm"].native)
    return algorithm


def _what_is_signed(data: cms.SignedData, digest: Digest, algorithm: str, kind: str) -> tuple[bytes, bool]:
    """Return the digest the message digest must equal, and whether what stands between agrees with the file."""
    inner = data["encap_content_info"]["content"]
    if kind == "timestamp":
        told = inner.parsed
        imprint = told["message_imprint"]
        seen = digest(imprint["hash_algorithm"]["algorithm"].native)
        return _hash(algorithm, bytes(inner)), seen == imprint["hashed_message"].native
    if kind == "adbe_sha1":
        return _hash(algorithm, bytes(inner)), bytes(inner) == digest("sha1")
    if not isinstance(inner, core.Void) and bytes(inner):
        return b"", False
    return digest(algorithm), True


def _say(seal: Seal, data: cms.SignedData) -> None:
    assert seal.signer is not None  # noqa: S101 set by the caller
    signed = seal.signer["signed_attrs"]
    if data["encap_content_info"]["content_type"].native == "tst_info":
        told: tsp.TSTInfo = data["encap_content_info"]["content"].parsed
        seal.stamped = told["gen_time"].native
    if isinstance(signed, core.Void):
        return
    seal.has_signing_certificate = get_signing_cert_attr(signed) is not None
    seal.claimed = _only(signed, "signing_time")
    with suppress(ValueError, TypeError, KeyError):  # what is malformed here proves nothing, and takes nothing away
        archived = _only(signed, "adobe_revocation_info_archival", native=False)
        if archived is not None:
            seal.ocsps, seal.crls = list(archived["ocsp"] or []), list(archived["crl"] or [])
    unsigned = seal.signer["unsigned_attrs"]
    if not isinstance(unsigned, core.Void):
        with suppress(ValueError, TypeError, KeyError):
            seal.token = _only(unsigned, "signature_time_stamp_token", native=False)


def _only(attributes: cms.CMSAttributes, name: str, *, native: bool = True) -> Any:
    try:
        value = find_unique_cms_attribute(attributes, name)
    except NonexistentAttributeError:
        return None
    return value.native if native else value


def _digests_agree(signer: cms.SignerInfo) -> bool:
    """Whether the digest inside the signature's algorithm is the one of the message (RFC 8933)."""
    policy = CMSAlgorithmUsagePolicy.digest_combination_allowed
    wanted = algos.DigestAlgorithm({"algorithm": signer["digest_algorithm"]["algorithm"].native})
    return bool(policy(None, signer["signature_algorithm"], wanted, None))  # type: ignore[arg-type]


def _hash(algorithm: str, content: bytes) -> bytes:
    import hashlib

    return hashlib.new(algorithm, content, usedforsecurity=False).digest()


def own_name(certificate: x509.Certificate | None) -> str:
    """Return the common name, else the whole subject in one line."""
    if certificate is None:
        return ""
    return _part(certificate, "common_name") or str(certificate.subject.human_friendly)


def agency_name(certificate: x509.Certificate | None, *, is_seal: bool) -> str:
    """Return the agency a certificate names: of a seal its own name, of a person the organisation (with the unit)."""
    if certificate is None:
        return ""
    organisation = _part(certificate, "organization_name")
    if is_seal:
        return own_name(certificate) or organisation
    unit = _part(certificate, "organizational_unit_name")
    return ", ".join(part for part in (unit, organisation) if part)


def _part(certificate: x509.Certificate, name: str) -> str:
    try:
        value = certificate.subject.native.get(name, "")
    except (ValueError, TypeError):
        return ""
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value or "")
