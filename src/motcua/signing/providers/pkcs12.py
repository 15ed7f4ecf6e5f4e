"""Keys in PKCS#12 files: opened once with their PIN, then kept for as long as the batch lasts."""

from collections.abc import Sequence
from typing import Self

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from motcua.kernel.errors import Invalid, Problem
from motcua.signing.providers.paths import path_above
from motcua.signing.providers.raw import HASHES
from motcua.signing.terms import Algorithm, KeyGoneError

_WRONG = Problem("key_file_closed", "Không mở được tệp khóa: mã PIN không đúng hoặc tệp đã hỏng.", "pin")
_NO_KEY = Problem("key_file_empty", "Tệp khóa không có khóa riêng RSA hoặc ECDSA kèm chứng thư của khóa đó.")


class Pkcs12Key:
    """A `SigningKey` from a PKCS#12 file, decrypted once: loading an RSA key costs more than a signature with it."""

    def __init__(self, content: bytes, pin: str) -> None:
        """Open the file; raises Invalid for a wrong PIN, a broken file, one without a usable key."""
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(content, pin.encode())
        except (ValueError, TypeError) as error:
            raise Invalid(_WRONG) from error
        if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise Invalid(_NO_KEY)
        self.certificate = certificate.public_bytes(Encoding.DER)
        self.chain = path_above(certificate, others)
        self.algorithm: Algorithm = "rsa" if isinstance(key, rsa.RSAPrivateKey) else "ecdsa"
        self._key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = key

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        """Sign digests, in order; raises KeyGoneError after `close`."""
        how = Prehashed(HASHES[hash_name])
        if isinstance(self._key, rsa.RSAPrivateKey):
            scheme = padding.PKCS1v15()
            return [self._key.sign(one, scheme, how) for one in digests]
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            curve = ec.ECDSA(how)
            return [self._key.sign(one, curve) for one in digests]
        raise KeyGoneError("the key is closed")

    def close(self) -> None:
        """Let go of the key."""
        self._key = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
