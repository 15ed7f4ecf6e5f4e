"""A time-stamping authority of the private hierarchy (RFC 3161), with the certificate named by SHA-256 (RFC 5816)."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.kernel import der
from motcua.trust.pki.keys import PrivateKey

#: The policy of these stamps: an arc for documentation, so that nobody takes them for a licensed service's.
POLICY = "2.25.300613771413202611223161"
_SHA256 = der.sequence(der.object_id("2.16.840.1.101.3.4.2.1"))
_TST_INFO = der.object_id("1.2.840.113549.1.9.16.1.4")
_CONTENT_TYPE, _MESSAGE_DIGEST, _SIGNING_TIME = (f"1.2.840.113549.1.9.{last}" for last in (3, 4, 5))
_SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47"
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_HASHES = frozenset({"sha256", "sha384", "sha512"})
_SIZES = {"sha256": 32, "sha384": 48, "sha512": 64}


class Reply(core.Sequence):  # type: ignore[misc]
    """TimeStampResp as RFC 3161 §2.4.2 has it: a refusal carries no token, which the library's class cannot say."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]  # noqa: RUF012


class Stamping:
    """Answers requests for timestamps with one key; `chain` goes along when the request asks for certificates."""

    def __init__(self, certificate: x509.Certificate, key: PrivateKey, chain: Sequence[x509.Certificate] = ()) -> None:
        self.certificate = certificate
        self.key = key
        own = certificate.public_bytes(Encoding.DER)
        self._name = certificate.subject.public_bytes()
        self._certificates = der.tagged(0, *sorted([own, *(one.public_bytes(Encoding.DER) for one in chain)]))
        self._signer_id = der.sequence(certificate.issuer.public_bytes(), der.integer(certificate.serial_number))
        named = der.sequence(der.sequence(der.sequence(der.octet_string(hashlib.sha256(own).digest()))))
        self._fixed = (
            _attribute(_CONTENT_TYPE, _TST_INFO),
            _attribute(_SIGNING_CERTIFICATE_V2, named),
        )
        is_curve = isinstance(key, ec.EllipticCurvePrivateKey)
        rsa = der.sequence(der.object_id("1.2.840.113549.1.1.11"), der.null())
        self._how = der.sequence(der.object_id("1.2.840.10045.4.3.2")) if is_curve else rsa

    def answer(self, request: bytes, *, at: datetime) -> bytes:
        """Answer a TimeStampReq (DER) as of that moment; a broken request is rejected as RFC 3161 §2.4.2 says."""
        try:
            asked = tsp.TimeStampReq.load(request, strict=True)
            imprint = asked["message_imprint"]
            name = imprint["hash_algorithm"]["algorithm"].native
            size = len(imprint["hashed_message"].native)
        except (ValueError, TypeError):
            return _rejection("bad_data_format")
        if name not in _HASHES or size != _SIZES[name]:
            return _rejection("bad_alg")
        token = self._token(imprint.dump(), asked["nonce"].native, at, with_certificates=bool(asked["cert_req"].native))
        return der.sequence(der.sequence(der.integer(0)), token)

    def token(self, digest: bytes, *, at: datetime, hash_name: str = "sha256") -> bytes:
        """Return the token (DER) over a digest, without the round of request and answer."""
        algorithm = algos.DigestAlgorithm({"algorithm": hash_name})
        imprint = tsp.MessageImprint({"hash_algorithm": algorithm, "hashed_message": digest})
        return self._token(imprint.dump(), None, at, with_certificates=True)

    def _token(self, imprint: bytes, nonce: int | None, at: datetime, *, with_certificates: bool) -> bytes:
        """Write the token from parts that never change and the few that do; a library's classes take 6 ms."""
        said = self._said(imprint, nonce, at)
        attributes = self._attributes(said, at)
        signer = der.sequence(
            der.integer(1),
            self._signer_id,
            _SHA256,
            b"\xa0" + attributes[1:],  # [0] IMPLICIT instead of SET
            self._how,
            der.octet_string(self._sign(attributes)),
        )
        content = der.sequence(
            der.integer(3),
            der.set_of(_SHA256),
            der.sequence(_TST_INFO, der.tagged(0, der.octet_string(said))),
            self._certificates if with_certificates else b"",
            der.set_of(signer),
        )
        return der.sequence(der.object_id("1.2.840.113549.1.7.2"), der.tagged(0, content))

    def _said(self, imprint: bytes, nonce: int | None, at: datetime) -> bytes:
        """Return the TSTInfo (RFC 3161 §2.4.2); its accuracy is a second."""
        moment = at.astimezone(UTC).strftime("%Y%m%d%H%M%S.%f").rstrip("0").rstrip(".") + "Z"
        return der.sequence(
            der.integer(1),
            der.object_id(POLICY),
            imprint,
            der.integer(secrets.randbits(63)),
            der.tlv(_GENERALIZED_TIME, moment.encode()),
            der.sequence(der.integer(1)),
            der.integer(nonce) if nonce is not None else b"",
            der.tagged(0, der.tagged(4, self._name)),
        )

    def _attributes(self, said: bytes, at: datetime) -> bytes:
        moment = at.astimezone(UTC).strftime("%y%m%d%H%M%SZ").encode()
        return der.set_of(
            *self._fixed,
            _attribute(_SIGNING_TIME, der.tlv(_UTC_TIME, moment)),
            _attribute(_MESSAGE_DIGEST, der.octet_string(hashlib.sha256(said).digest())),
        )

    def _sign(self, content: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(content, ec.ECDSA(SHA256()))
        return self.key.sign(content, padding.PKCS1v15(), SHA256())


def _attribute(kind: str, value: bytes) -> bytes:
    return der.sequence(der.object_id(kind), der.set_of(value))


def _rejection(failure: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": tsp.PKIFailureInfo({failure})})
    return bytes(Reply({"status": status}).dump())
