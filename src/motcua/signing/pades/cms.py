"""CMS SignedData of a PAdES signature (RFC 5652, ETSI EN 319 142-1): made ready once a certificate, filled in a paper.

Everything but message digest, signature and timestamp is the same for all papers of one signer; `identity_of` keeps it.
Signing time is not an attribute: baseline PAdES says it in the signature dictionary (/M).
"""

import functools
import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from motcua.kernel import der
from motcua.signing.terms import Algorithm

_DATA = "1.2.840.113549.1.7.1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_ALGORITHM_PROTECTION = "1.2.840.113549.1.9.52"
_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
_TIMESTAMP = "1.2.840.113549.1.9.16.2.14"
_SHA256 = "2.16.840.1.101.3.4.2.1"
_SHA256_WITH_RSA = "1.2.840.113549.1.1.11"
_SHA256_WITH_ECDSA = "1.2.840.10045.4.3.2"
#: The DER of an ECDSA signature over P-256 at its longest.
_LONGEST_P256 = 72


@dataclass(frozen=True, slots=True)
class Identity:
    """A signer as DER: the parts of SignedData that do not depend on the paper. `signature_size`: at most, in bytes."""

    certificate: x509.Certificate
    algorithm: Algorithm
    key_bits: int
    curve: str
    signature_size: int
    certificates: bytes
    signer_id: bytes
    signature_algorithm: bytes
    fixed_attributes: tuple[bytes, ...]

    @property
    def name(self) -> str:
        """The common name of the certificate's subject, "" when it has none."""
        found = self.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return str(found[0].value) if found else ""


@functools.lru_cache(maxsize=256)
def identity_of(certificate: bytes, chain: tuple[bytes, ...] = ()) -> Identity:
    """Return the constant parts for a certificate and its chain (DER); raises ValueError for keys of other kinds."""
    parsed = x509.load_der_x509_certificate(certificate)
    key = parsed.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        algorithm: Algorithm = "rsa"
        size, curve = key.key_size // 8, ""
        how = der.sequence(der.object_id(_SHA256_WITH_RSA), der.null())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        algorithm, size, curve = "ecdsa", _LONGEST_P256, key.curve.name
        how = der.sequence(der.object_id(_SHA256_WITH_ECDSA))
    else:
        raise ValueError("neither an RSA nor an ECDSA key")
    issuer, serial = parsed.issuer.public_bytes(), der.integer(parsed.serial_number)
    return Identity(
        certificate=parsed,
        algorithm=algorithm,
        key_bits=key.key_size,
        curve=curve,
        signature_size=size,
        certificates=der.tagged(0, *sorted({certificate, *chain})),
        signer_id=der.sequence(issuer, serial),
        signature_algorithm=how,
        fixed_attributes=_fixed_attributes(certificate, issuer, serial, how),
    )


def _attribute(kind: str, value: bytes) -> bytes:
    return der.sequence(der.object_id(kind), der.set_of(value))


def _fixed_attributes(certificate: bytes, issuer: bytes, serial: bytes, how: bytes) -> tuple[bytes, ...]:
    names = der.sequence(der.tagged(4, issuer))
    reference = der.sequence(der.octet_string(hashlib.sha256(certificate).digest()), der.sequence(names, serial))
    protection = der.sequence(_digest_algorithm(), b"\xa1" + how[1:])  # [1] IMPLICIT instead of SEQUENCE
    return (
        _attribute(_CONTENT_TYPE, der.object_id(_DATA)),
        _attribute(_SIGNING_CERTIFICATE_V2, der.sequence(der.sequence(reference))),
        _attribute(_ALGORITHM_PROTECTION, protection),
    )


def _digest_algorithm() -> bytes:
    return der.sequence(der.object_id(_SHA256))


def signed_attributes(identity: Identity, digest: bytes) -> bytes:
    """Return the DER of the signed attributes (a SET OF): its SHA-256 is what the key signs."""
    return der.set_of(*identity.fixed_attributes, _attribute(_MESSAGE_DIGEST, der.octet_string(digest)))


def signed_data(identity: Identity, attributes: bytes, signature: bytes, token: bytes = b"") -> bytes:
    """Return the DER of the ContentInfo; `token`: a TimeStampToken over the signature, b"" for none."""
    stamp = der.tagged(1, _attribute(_TIMESTAMP, token)) if token else b""
    signer = der.sequence(
        der.integer(1),
        identity.signer_id,
        _digest_algorithm(),
        b"\xa0" + attributes[1:],  # [0] IMPLICIT instead of SET
        identity.signature_algorithm,
        der.octet_string(signature),
        stamp,
    )
    content = der.sequence(
        der.integer(1),
        der.set_of(_digest_algorithm()),
        der.sequence(der.object_id(_DATA)),
        identity.certificates,
        der.set_of(signer),
    )
    return der.sequence(der.object_id(_SIGNED_DATA), der.tagged(0, content))
