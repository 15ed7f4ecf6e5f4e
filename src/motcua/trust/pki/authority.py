"""An authority of the private hierarchy: issues certificates, keeps what it revoked, answers OCSP, writes CRLs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256, Hash, HashAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ExtendedKeyUsageOID, ObjectIdentifier

from motcua.trust.pki.keys import PrivateKey, PublicKey, digest_named, make_key

#: How long an answer of OCSP and a CRL of this hierarchy hold.
OCSP_HOLDS = timedelta(minutes=10)
CRL_HOLDS = timedelta(hours=12)

_DER = Encoding.DER
PURPOSE_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING
PURPOSE_OCSP = ExtendedKeyUsageOID.OCSP_SIGNING
PURPOSE_MAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
#: Signing documents (RFC 9336).
PURPOSE_DOCUMENTS = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the house serves what an authority says; "" leaves the extension out."""

    ocsp: str = ""
    crl: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate taken back: when, and why (RFC 5280 §5.3.1)."""

    at: datetime
    reason: x509.ReasonFlags = x509.ReasonFlags.unspecified


@dataclass(frozen=True, slots=True)
class Wish:
    """What a certificate is to say.

    `usage`: "sign" (digital signature, non-repudiation), "stamp" (a TSA), "ocsp" (a responder), "ca".
    """

    subject: x509.Name
    public_key: PublicKey
    valid_from: datetime
    valid_to: datetime
    usage: str = "sign"
    digest: str = "sha256"
    serial: int = 0


@dataclass(slots=True)
class Authority:
    """A certificate that issues others. `answerer`: the certificate and key that sign OCSP answers."""

    certificate: x509.Certificate
    key: PrivateKey
    addresses: Addresses = field(default_factory=Addresses)
    revoked: dict[int, Revoked] = field(default_factory=dict)
    answerer: tuple[x509.Certificate, PrivateKey] | None = None

    def issue(self, wish: Wish) -> x509.Certificate:
        """Issue a certificate as wished."""
        builder = _builder(wish, self.certificate.subject)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(_public(self.key)), critical=False
        )
        for extension, critical in (*_usage(wish.usage), *_places(self.addresses)):
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self.key, digest_named(wish.digest))

    def revoke(self, serial: int, *, at: datetime, reason: x509.ReasonFlags = x509.ReasonFlags.unspecified) -> None:
        """Take a certificate back from `at`; the first moment stays when it is asked twice."""
        self.revoked.setdefault(serial, Revoked(at, reason))

    def crl(self, *, at: datetime, number: int | None = None) -> bytes:
        """Return the list (DER) as it is published at that moment: who was revoked until then."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(at)
            .next_update(at + CRL_HOLDS)
            .add_extension(x509.CRLNumber(number if number is not None else int(at.timestamp())), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(_public(self.key)), critical=False)
        )
        for serial, gone in sorted(self.revoked.items()):
            if gone.at <= at:
                builder = builder.add_revoked_certificate(_row_of(serial, gone))
        return builder.sign(self.key, SHA256()).public_bytes(_DER)

    def answer(self, request: bytes, *, at: datetime) -> bytes:
        """Answer an OCSP request (DER) as of that moment; a foreign or broken one gets the refusal of RFC 6960."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
        except ValueError:
            return _refusal(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        if not self._is_mine(asked):
            return _refusal(ocsp.OCSPResponseStatus.UNAUTHORIZED)
        return self._answer(asked, at)

    def _is_mine(self, asked: ocsp.OCSPRequest) -> bool:
        own = (
            _hash(asked.hash_algorithm, self.certificate.subject.public_bytes()),
            _hash(asked.hash_algorithm, _key_bytes(_public(self.key))),
        )
        return (asked.issuer_name_hash, asked.issuer_key_hash) == own

    def _answer(self, asked: ocsp.OCSPRequest, at: datetime) -> bytes:
        gone = self.revoked.get(asked.serial_number)
        is_gone = gone is not None and gone.at <= at
        certificate, key = self.answerer or (self.certificate, self.key)
        builder = (
            ocsp.OCSPResponseBuilder()
            .add_response_by_hash(
                asked.issuer_name_hash,
                asked.issuer_key_hash,
                asked.serial_number,
                asked.hash_algorithm,
                ocsp.OCSPCertStatus.REVOKED if is_gone else ocsp.OCSPCertStatus.GOOD,
                this_update=at,
                next_update=at + OCSP_HOLDS,
                revocation_time=gone.at if gone and is_gone else None,
                revocation_reason=_said(gone.reason) if gone and is_gone else None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, certificate)
            .certificates([certificate])
        )
        for extension in asked.extensions:
            if isinstance(extension.value, x509.OCSPNonce):
                builder = builder.add_extension(extension.value, critical=False)
        return builder.sign(key, SHA256()).public_bytes(_DER)


def root(subject: x509.Name, key: PrivateKey, *, valid_from: datetime, valid_to: datetime) -> Authority:
    """Return an authority that vouches for itself."""
    wish = Wish(subject, _public(key), valid_from, valid_to, usage="ca")
    builder = _builder(wish, subject)
    for extension, critical in _usage("ca"):
        builder = builder.add_extension(extension, critical=critical)
    return Authority(builder.sign(key, SHA256()), key)


def below(above: Authority, wish: Wish, key: PrivateKey, addresses: Addresses) -> Authority:
    """Return an authority that another one vouches for, with a responder of its own for OCSP."""
    issued = Authority(above.issue(wish), key, addresses)
    issued.answerer = answerer_of(issued, valid_from=wish.valid_from, valid_to=wish.valid_to)
    return issued


def answerer_of(
    authority: Authority, *, valid_from: datetime, valid_to: datetime
) -> tuple[x509.Certificate, PrivateKey]:
    """Return a responder's certificate and key, as RFC 6960 §4.2.2.2 has it delegated."""
    key = make_key("p256")
    name = _with_common_name(authority.certificate.subject, " – OCSP")
    return authority.issue(Wish(name, _public(key), valid_from, valid_to, usage="ocsp")), key


def _with_common_name(name: x509.Name, suffix: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(one.oid, str(one.value) + suffix) if one.oid == x509.NameOID.COMMON_NAME else one
            for one in name
        ]
    )


def _builder(wish: Wish, issuer: x509.Name) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(wish.subject)
        .issuer_name(issuer)
        .public_key(wish.public_key)
        .serial_number(wish.serial or x509.random_serial_number())
        .not_valid_before(wish.valid_from)
        .not_valid_after(wish.valid_to)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(wish.public_key), critical=False)
    )


def _usage(usage: str) -> Sequence[tuple[x509.ExtensionType, bool]]:
    is_ca = usage == "ca"
    key_usage = x509.KeyUsage(
        digital_signature=not is_ca,
        content_commitment=usage in {"sign", "stamp"},
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_ca,
        crl_sign=is_ca,
        encipher_only=False,
        decipher_only=False,
    )
    always = ((x509.BasicConstraints(ca=is_ca, path_length=None), True), (key_usage, True))
    match usage:
        case "stamp":
            return (*always, (x509.ExtendedKeyUsage([PURPOSE_STAMPING]), True))
        case "ocsp":
            return (*always, (x509.ExtendedKeyUsage([PURPOSE_OCSP]), False), (x509.OCSPNoCheck(), False))
        case "sign":
            return (*always, (x509.ExtendedKeyUsage([PURPOSE_MAIL, PURPOSE_DOCUMENTS]), False))
        case _:
            return always


def _places(addresses: Addresses) -> Sequence[tuple[x509.ExtensionType, bool]]:
    access = [
        x509.AccessDescription(method, x509.UniformResourceIdentifier(address))
        for method, address in ((Access.OCSP, addresses.ocsp), (Access.CA_ISSUERS, addresses.issuer))
        if address
    ]
    places: list[tuple[x509.ExtensionType, bool]] = []
    if access:
        places.append((x509.AuthorityInformationAccess(access), False))
    if addresses.crl:
        point = x509.DistributionPoint([x509.UniformResourceIdentifier(addresses.crl)], None, None, None)
        places.append((x509.CRLDistributionPoints([point]), False))
    return places


def _row_of(serial: int, gone: Revoked) -> x509.RevokedCertificate:
    row = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(gone.at)
    if reason := _said(gone.reason):
        row = row.add_extension(x509.CRLReason(reason), critical=False)
    return row.build()


def _said(reason: x509.ReasonFlags) -> x509.ReasonFlags | None:
    """RFC 5280 §5.3.1: "unspecified" is said by leaving the reason out."""
    return None if reason is x509.ReasonFlags.unspecified else reason


def _public(key: PrivateKey) -> PublicKey:
    return key.public_key()


def _key_bytes(key: PublicKey) -> bytes:
    """The bits of the public key without its algorithm, as OCSP hashes them (RFC 6960 §4.1.1)."""
    if isinstance(key, rsa.RSAPublicKey):
        return key.public_bytes(_DER, PublicFormat.PKCS1)
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hash(algorithm: HashAlgorithm, content: bytes) -> bytes:
    state = Hash(algorithm)
    state.update(content)
    return state.finalize()


def _refusal(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(_DER)
