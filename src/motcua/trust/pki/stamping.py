"""A time-stamping authority of the private hierarchy (RFC 3161), with the certificate named by SHA-256 (RFC 5816)."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from motcua.trust.pki.keys import PrivateKey

#: The policy of these stamps: an arc for documentation, so that nobody takes them for a licensed service's.
POLICY = "2.25.300613771413202611223161"
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
        self._own = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
        self._certificates = [self._own, *(asn1.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain)]
        self._who = {"issuer": self._own.issuer, "serial_number": self._own.serial_number}
        self._algorithm = "sha256_ecdsa" if isinstance(key, ec.EllipticCurvePrivateKey) else "sha256_rsa"

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
        token = self._token(imprint, asked["nonce"].native, at, with_certificates=bool(asked["cert_req"].native))
        granted = tsp.PKIStatusInfo({"status": "granted"})
        return bytes(Reply({"status": granted, "time_stamp_token": token}).dump())

    def token(self, digest: bytes, *, at: datetime, hash_name: str = "sha256") -> bytes:
        """Return the token (DER) over a digest, without the round of request and answer."""
        algorithm = algos.DigestAlgorithm({"algorithm": hash_name})
        imprint = tsp.MessageImprint({"hash_algorithm": algorithm, "hashed_message": digest})
        return bytes(self._token(imprint, None, at, with_certificates=True).dump())

    def _token(
        self, imprint: tsp.MessageImprint, nonce: int | None, at: datetime, *, with_certificates: bool
    ) -> cms.ContentInfo:
        said = self._said(imprint, nonce, at)
        attributes = self._attributes(said, at)
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": {
                    "issuer_and_serial_number": {"issuer": self._own.issuer, "serial_number": self._own.serial_number}
                },
                "digest_algorithm": {"algorithm": "sha256"},
                "signature_algorithm": {"algorithm": self._algorithm},
                "signed_attrs": attributes,
                "signature": self._sign(attributes.dump()),
            }
        )
        signed: dict[str, Any] = {
            "version": "v3",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(said)},
            "signer_infos": [signer],
        }
        if with_certificates:
            signed["certificates"] = self._certificates
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})

    def _said(self, imprint: tsp.MessageImprint, nonce: int | None, at: datetime) -> bytes:
        facts: dict[str, Any] = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": imprint,
            "serial_number": secrets.randbits(63),
            "gen_time": at,
            "accuracy": {"seconds": 1},
            "tsa": asn1.GeneralName(name="directory_name", value=self._own.subject),
        }
        if nonce is not None:
            facts["nonce"] = nonce
        return bytes(tsp.TSTInfo(facts).dump())

    def _attributes(self, said: bytes, at: datetime) -> cms.CMSAttributes:
        certificate = tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(self._own.dump()).digest()})
        values: tuple[tuple[str, Any], ...] = (
            ("content_type", "tst_info"),
            ("signing_time", cms.Time({"utc_time": core.UTCTime(at)})),
            ("signing_certificate_v2", tsp.SigningCertificateV2({"certs": [certificate]})),
            ("message_digest", hashlib.sha256(said).digest()),
        )
        return cms.CMSAttributes([cms.CMSAttribute({"type": name, "values": (value,)}) for name, value in values])

    def _sign(self, content: bytes) -> bytes:
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            return self.key.sign(content, ec.ECDSA(SHA256()))
        return self.key.sign(content, padding.PKCS1v15(), SHA256())


def _rejection(failure: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": tsp.PKIFailureInfo({failure})})
    return bytes(Reply({"status": status}).dump())
