"""Keys of the private hierarchy."""

from typing import Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KeyName = Literal["p256", "p384", "rsa2048", "rsa3072"]
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
_EXPONENT = 65537


def make_key(name: KeyName = "p256") -> PrivateKey:
    """Return a new private key: P-256 at once, RSA-2048 in some 50 ms, RSA-3072 in several times that."""
    match name:
        case "p256":
            return ec.generate_private_key(ec.SECP256R1())
        case "p384":
            return ec.generate_private_key(ec.SECP384R1())
        case "rsa2048":
            return rsa.generate_private_key(_EXPONENT, 2048)
        case "rsa3072":
            return rsa.generate_private_key(_EXPONENT, 3072)


def digest_named(name: str = "sha256") -> hashes.SHA256 | hashes.SHA384 | hashes.SHA512:
    """Return the digest by name; the library signs nothing over SHA-1."""
    match name:
        case "sha384":
            return hashes.SHA384()
        case "sha512":
            return hashes.SHA512()
        case _:
            return hashes.SHA256()
