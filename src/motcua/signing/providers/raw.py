"""Raw signatures that come from elsewhere: brought into one shape, and checked before anybody relies on them."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed, encode_dss_signature

from motcua.signing.terms import Algorithm

#: Hashes that papers are signed with, by their names.
HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
#: The first byte of a DER SEQUENCE.
_SEQUENCE = 0x30


def algorithm_of(certificate: bytes) -> Algorithm:
    """Return which kind of key a certificate (DER) holds; raises ValueError for kinds that sign no papers here."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "rsa"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "ecdsa"
    raise ValueError("chứng thư không dùng khóa RSA hoặc ECDSA")


def as_der(signature: bytes, certificate: bytes) -> bytes:
    """Return an ECDSA signature as DER, also when it came as r‖s (IEEE P1363); RSA signatures as they are."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return signature
    width = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * width or _is_der(signature):
        return signature
    return encode_dss_signature(int.from_bytes(signature[:width]), int.from_bytes(signature[width:]))


def _is_der(signature: bytes) -> bool:
    return signature[0] == _SEQUENCE and signature[1] == len(signature) - 2


def fits(signature: bytes, digest: bytes, certificate: bytes, *, hash_name: str = "sha256") -> bool:
    """Whether the raw signature of the digest was made with the key of the certificate (DER)."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    how = Prehashed(HASHES[hash_name])
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, digest, padding.PKCS1v15(), how)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, digest, ec.ECDSA(how))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True
