"""What a certificate says of itself, and whether it fits whom it is registered for."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import NameOID, ObjectIdentifier

from motcua.kernel.errors import Problem
from motcua.kernel.text import fold
from motcua.trust.rules.hostile import UNREADABLE
from motcua.trust.terms import HolderKind

LARGEST_FILE = 512 * 1024
#: X.520 gives a common name 64 characters; longer names of agencies are cut there by their authorities.
_COMMON_NAME = 64
_SMALLEST_RSA = 2048
_SMALLEST_CURVE = 256
_OLD_DIGESTS = frozenset({"sha1", "md5"})


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says. `key`: "RSA-2048", "P-256" …; `ocsp`, `crl`: the addresses in it."""

    content: bytes
    serial: str
    subject: str
    name: str
    organisation: str
    identifier: str
    issuer: str
    issuer_name: str
    key: str
    digest: str
    valid_from: datetime
    valid_to: datetime
    is_authority: bool
    may_sign: bool
    ocsp: tuple[str, ...] = ()
    crl: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the DER, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Found:
    """The certificate of a holder in a file, and those above it that came along (DER)."""

    certificate: CertificateFacts
    chain: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a certificate is registered for: the name, and the agency a person works in."""

    kind: HolderKind
    name: str
    agency: str


class UnreadableError(ValueError):
    """The file holds no certificate; the text says why, in Vietnamese."""


def read_file(content: bytes, *, pin: str = "") -> Found:
    """Read PEM, DER or PKCS#12 (with its PIN); return the holder's certificate, keep no key. Raises UnreadableError."""
    if len(content) > LARGEST_FILE:
        raise UnreadableError("Tệp quá lớn so với một tệp chứng thư.")
    try:
        certificates = _certificates(content, pin)
        if not certificates:
            raise UnreadableError("Tệp không phải chứng thư PEM, DER hay PKCS#12.")
        own = next((one for one in certificates if not _is_authority(one)), certificates[0])
        return Found(facts_of(own), tuple(one.public_bytes(Encoding.DER) for one in _chain(own, certificates)))
    except UnreadableError:
        raise
    except UNREADABLE as error:
        raise UnreadableError("Chứng thư trong tệp bị hỏng hoặc có nội dung hệ thống không đọc được.") from error


def _certificates(content: bytes, pin: str) -> list[x509.Certificate]:
    try:
        if b"-----BEGIN CERTIFICATE-----" in content:
            return list(x509.load_pem_x509_certificates(content))
        return [x509.load_der_x509_certificate(content)]
    except ValueError:
        return _of_pkcs12(content, pin)


def _of_pkcs12(content: bytes, pin: str) -> list[x509.Certificate]:
    try:
        loaded = pkcs12.load_pkcs12(content, pin.encode() or None)
    except ValueError as error:
        if "password" in str(error).lower():
            raise UnreadableError("PIN của tệp PKCS#12 không đúng.") from error
        return []
    first = [loaded.cert.certificate] if loaded.cert else []
    return first + [one.certificate for one in loaded.additional_certs]


def _chain(own: x509.Certificate, certificates: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """Those above, in order, without the anchor."""
    chain: list[x509.Certificate] = []
    last = own
    while len(chain) < len(certificates):
        above = next((one for one in certificates if one.subject == last.issuer and one != last), None)
        if above is None or above.subject == above.issuer:
            break
        chain.append(above)
        last = above
    return chain


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Return what a certificate says."""
    key = certificate.public_key()
    digest = certificate.signature_hash_algorithm
    return CertificateFacts(
        content=certificate.public_bytes(Encoding.DER),
        serial=f"{certificate.serial_number:x}",
        subject=_in_words(certificate.subject),
        name=_one(certificate.subject, NameOID.COMMON_NAME),
        organisation=_one(certificate.subject, NameOID.ORGANIZATION_NAME),
        identifier=_one(certificate.subject, NameOID.USER_ID),
        issuer=_in_words(certificate.issuer),
        issuer_name=_one(certificate.issuer, NameOID.COMMON_NAME),
        key=key_in_words(key),
        digest=digest.name if digest else "",
        valid_from=certificate.not_valid_before_utc,
        valid_to=certificate.not_valid_after_utc,
        is_authority=_is_authority(certificate),
        may_sign=_may_sign(certificate),
        ocsp=_access(certificate, Access.OCSP),
        crl=_crl_places(certificate),
    )


def key_in_words(key: object) -> str:
    """Return kind and size of a public key: "RSA-3072", "P-256"."""
    if isinstance(key, rsa.RSAPublicKey):
        return f"RSA-{key.key_size}"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}.get(key.curve.name, key.curve.name)
    return type(key).__name__.strip("_")


def strength_problems(facts: CertificateFacts) -> list[Problem]:
    """Return why nobody may sign with it: a weak key, an old digest, an authority's own certificate.

    The smallest sizes are those ETSI TS 119 312 still lets in; the Vietnamese list of mandatory standards for digital
    signatures names the same from memory.
    """
    problems = []
    family, _, size = facts.key.partition("-")
    small = {"RSA": _SMALLEST_RSA, "P": _SMALLEST_CURVE}.get(family)
    if small is None or not size.isdigit() or int(size) < small:
        problems.append(Problem("weak_key", f"Khóa {facts.key} quá yếu hoặc không được dùng để ký văn bản.", "file"))
    if facts.digest in _OLD_DIGESTS:
        message = f"Chứng thư được ký bằng {facts.digest.upper()}, thuật toán không còn an toàn."
        problems.append(Problem("old_digest", message, "file"))
    if facts.is_authority:
        problems.append(Problem("authority", "Đây là chứng thư của nơi cấp (CA), không phải của người ký.", "file"))
    elif not facts.may_sign:
        problems.append(Problem("not_for_signing", "Chứng thư không cho phép dùng khóa để ký.", "file"))
    return problems


def fit_problems(facts: CertificateFacts, holder: Holder, *, at: datetime) -> list[Problem]:
    """Return what a person must look at before it is registered all the same: other names, other times."""
    problems = []
    is_named = _same(facts.name, holder.name) or (
        holder.kind == HolderKind.AGENCY and _same(facts.organisation, holder.name)
    )
    if not is_named:
        message = f"Tên trong chứng thư là «{facts.name}», không phải «{holder.name}»."
        problems.append(Problem("other_name", message, "holder"))
    if holder.kind == HolderKind.OFFICER and facts.organisation and not _same(facts.organisation, holder.agency):
        message = f"Cơ quan trong chứng thư là «{facts.organisation}», không phải «{holder.agency}»."
        problems.append(Problem("other_agency", message, "holder"))
    if at >= facts.valid_to:
        problems.append(Problem("expired", f"Chứng thư đã hết hạn ngày {facts.valid_to:%d/%m/%Y}.", "file"))
    if at < facts.valid_from - timedelta(days=1):
        problems.append(Problem("not_yet", f"Chứng thư có hiệu lực từ ngày {facts.valid_from:%d/%m/%Y}.", "file"))
    return problems


def _same(said: str, wanted: str) -> bool:
    plain, other = fold(said.replace("(BẢN MẪU)", "")), fold(wanted)
    return plain == other or (len(said) == _COMMON_NAME and other.startswith(plain))


def _in_words(name: x509.Name) -> str:
    return name.rfc4514_string({NameOID.TITLE: "T", NameOID.SERIAL_NUMBER: "serialNumber"})


def _one(name: x509.Name, oid: ObjectIdentifier) -> str:
    return next((str(one.value) for one in name.get_attributes_for_oid(oid)), "")


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, ValueError):
        return False


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except (x509.ExtensionNotFound, ValueError):
        return True  # RFC 5280: without the extension the key may be used for anything
    return usage.digital_signature or usage.content_commitment


def _access(certificate: x509.Certificate, method: ObjectIdentifier) -> tuple[str, ...]:
    try:
        said = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    return tuple(str(one.access_location.value) for one in said if one.access_method == method)


def _crl_places(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    names = [name for point in points for name in point.full_name or ()]
    return tuple(str(name.value) for name in names if isinstance(name, x509.UniformResourceIdentifier))
