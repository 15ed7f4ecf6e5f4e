"""What an answer of an authority says about one certificate; answers nobody vouches for say nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from motcua.trust.rules.hostile import UNREADABLE

#: How far an authority's clock may be ahead of ours.
_AHEAD = timedelta(minutes=5)
#: For how long an answer that names no end is taken as new.
_WITHOUT_END = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What an authority said: revoked since when and why, or (None) good."""

    revoked_at: datetime | None = None
    reason: str = ""


def ocsp_question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """Return the OCSP request (DER) about a certificate; without a nonce, so that answers can be kept.

    SHA-1 names the issuer here: it secures nothing, and RFC 5019 lets responders know no other.
    """
    builder = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, hashes.SHA1())  # noqa: S303
    return builder.build().public_bytes(Encoding.DER)


def of_ocsp(content: bytes, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime) -> Said | None:
    """Return what an OCSP answer says at `at`; None when it says nothing that can be believed."""
    try:
        answer = ocsp.load_der_ocsp_response(content)
        if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            return None
        if answer.serial_number != certificate.serial_number or not _is_new(
            answer.this_update_utc, answer.next_update_utc, at
        ):
            return None
        if not _is_signed(answer, issuer, at):
            return None
    except UNREADABLE:
        return None
    if answer.certificate_status is ocsp.OCSPCertStatus.REVOKED:
        return Said(answer.revocation_time_utc, answer.revocation_reason.value if answer.revocation_reason else "")
    return Said() if answer.certificate_status is ocsp.OCSPCertStatus.GOOD else None


def of_crl(content: bytes, certificate: x509.Certificate, issuer: x509.Certificate, *, at: datetime) -> Said | None:
    """Return what a list says at `at`; None when it says nothing that can be believed."""
    try:
        listed = x509.load_der_x509_crl(content)
        key = issuer.public_key()
        if listed.issuer != issuer.subject or not isinstance(key, ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
            return None
        if not listed.is_signature_valid(key) or not _is_new(listed.last_update_utc, listed.next_update_utc, at):
            return None
        row = listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
    except UNREADABLE:
        return None
    if row is None:
        return Said()
    return Said(row.revocation_date_utc, _reason_of(row.extensions))


def _reason_of(extensions: Iterable[x509.Extension[x509.ExtensionType]]) -> str:
    return next((one.value.reason.value for one in extensions if isinstance(one.value, x509.CRLReason)), "")


def _is_new(since: datetime, until: datetime | None, at: datetime) -> bool:
    return since <= at + _AHEAD and at <= (until or since + _WITHOUT_END)


def _is_signed(answer: ocsp.OCSPResponse, issuer: x509.Certificate, at: datetime) -> bool:
    """By the issuer itself, or by a responder the issuer gave that purpose (RFC 6960 §4.2.2.2)."""
    digest = answer.signature_hash_algorithm
    if digest is None:
        return False
    for signer in (issuer, *answer.certificates):
        if signer != issuer and not _may_answer(signer, issuer, at):
            continue
        key = signer.public_key()
        try:
            if isinstance(key, ec.EllipticCurvePublicKey):
                key.verify(answer.signature, answer.tbs_response_bytes, ec.ECDSA(digest))
                return True
            if isinstance(key, rsa.RSAPublicKey):
                key.verify(answer.signature, answer.tbs_response_bytes, padding.PKCS1v15(), digest)
                return True
        except InvalidSignature:
            continue
    return False


def _may_answer(signer: x509.Certificate, issuer: x509.Certificate, at: datetime) -> bool:
    try:
        signer.verify_directly_issued_by(issuer)
        usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except UNREADABLE:
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage and signer.not_valid_before_utc <= at <= signer.not_valid_after_utc
