"""Whether the answer of a time-stamping authority is what was asked for (RFC 3161 §2.4.2, RFC 5816)."""

import functools
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from motcua.kernel import der
from motcua.trust.pki.stamping import Reply
from motcua.trust.rules.hostile import UNREADABLE

#: How far an authority's clock may be from ours.
CLOCKS_APART = timedelta(minutes=5)
_DIGESTS: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_MOST_CHAIN = 5
#: Tags in SignedData and SignerInfo (RFC 5652): [0] IMPLICIT certificates, [0] IMPLICIT signed attributes.
_CERTIFICATES = _ATTRIBUTES = 0xA0


class BadStampError(ValueError):
    """The answer is not a timestamp that was asked for; the text says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the digest, its algorithm, the nonce, when."""

    digest: bytes
    hash_name: str
    nonce: int
    at: datetime


def token_of(reply: bytes, asked: Asked, anchors: Iterable[x509.Certificate]) -> bytes:
    """Return the token (DER) of an answer that fits the question and has an anchor above it. Raises BadStampError."""
    try:
        return _token_of(reply, asked, tuple(anchors))
    except BadStampError:
        raise
    except UNREADABLE as error:
        raise BadStampError("Trả lời không phải dấu thời gian theo RFC 3161.") from error


def _token_of(reply: bytes, asked: Asked, anchors: tuple[x509.Certificate, ...]) -> bytes:
    answer = Reply.load(reply, strict=True)
    status = answer["status"]["status"].native
    if status not in {"granted", "granted_with_mods"}:
        raise BadStampError(f"Dịch vụ từ chối cấp dấu thời gian ({status}).")
    token = answer["time_stamp_token"]
    signed = token["content"]
    content = signed["encap_content_info"]["content"]
    if signed["encap_content_info"]["content_type"].native != "tst_info":
        raise BadStampError("Trả lời không chứa dấu thời gian.")
    said = content.parsed
    _check_said(said, asked)
    raw = der.read(reply).children()[1]
    parts = raw.children()[1].children()[0].children()
    certificates = [_loaded(one.encoded) for part in parts if part.tag == _CERTIFICATES for one in part.children()]
    signer = _signer_of(signed["signer_infos"], certificates)
    attributes = next(one for one in parts[-1].children()[0].children() if one.tag == _ATTRIBUTES)
    signed_bytes = der.tlv(der.SET, attributes.content)
    _check_signature(signed["signer_infos"][0], signer, bytes(content.contents), signed_bytes)
    _check_certificate(signer, certificates, anchors, said["gen_time"].native)
    return raw.encoded


@functools.lru_cache(maxsize=64)
def _loaded(certificate: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate)


def _check_said(said: Any, asked: Asked) -> None:
    imprint = said["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != asked.hash_name or (
        imprint["hashed_message"].native != asked.digest
    ):
        raise BadStampError("Dấu thời gian được cấp cho một văn bản khác.")
    if said["nonce"].native != asked.nonce:
        raise BadStampError("Dấu thời gian không phải câu trả lời cho lần hỏi này.")
    if abs(said["gen_time"].native - asked.at) > CLOCKS_APART:
        raise BadStampError("Giờ của dịch vụ cấp dấu thời gian lệch quá 5 phút so với giờ của máy chủ.")


def _signer_of(infos: Any, certificates: list[x509.Certificate]) -> x509.Certificate:
    if len(infos) != 1:
        raise BadStampError("Dấu thời gian phải có đúng một chữ ký.")
    who = infos[0]["sid"].chosen
    if infos[0]["sid"].name == "issuer_and_serial_number":
        wanted, issuer = who["serial_number"].native, who["issuer"].dump()
        found = [
            one for one in certificates if one.serial_number == wanted and one.issuer.public_bytes() == bytes(issuer)
        ]
    else:
        found = [one for one in certificates if _key_id(one) == who.native]
    if len(found) != 1:
        raise BadStampError("Dấu thời gian không kèm chứng thư của nơi cấp.")
    return found[0]


def _key_id(certificate: x509.Certificate) -> bytes:
    try:
        return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    except x509.ExtensionNotFound:
        return b""


def _check_signature(info: Any, signer: x509.Certificate, said: bytes, signed: bytes) -> None:
    attributes = {one["type"].native: one["values"] for one in info["signed_attrs"]}
    name = info["digest_algorithm"]["algorithm"].native
    if name not in _DIGESTS or attributes["message_digest"][0].native != hashlib.new(name, said).digest():
        raise BadStampError("Nội dung dấu thời gian không khớp chữ ký của nó.")
    if attributes["content_type"][0].native != "tst_info":
        raise BadStampError("Chữ ký không phải của một dấu thời gian.")
    _check_named(attributes, signer)
    try:
        _verify(signer, info["signature"].native, signed, _DIGESTS[name]())
    except InvalidSignature as error:
        raise BadStampError("Chữ ký trên dấu thời gian không đúng.") from error


def _check_named(attributes: dict[str, Any], signer: x509.Certificate) -> None:
    """The certificate must be named in what is signed: else another one with the same key could be slipped in."""
    own = signer.fingerprint(hashes.SHA256())
    if "signing_certificate_v2" in attributes:
        first = attributes["signing_certificate_v2"][0]["certs"][0]
        name = first["hash_algorithm"]["algorithm"].native
        if name in _DIGESTS and first["cert_hash"].native == signer.fingerprint(_DIGESTS[name]()):
            return
    elif "signing_certificate" in attributes:
        first = attributes["signing_certificate"][0]["certs"][0]
        if first["cert_hash"].native == signer.fingerprint(hashes.SHA1()):  # noqa: S303 (RFC 3161 names it so)
            return
    raise BadStampError(f"Dấu thời gian không nêu tên chứng thư {own.hex()[:16]} đã ký nó.")


def _verify(signer: x509.Certificate, signature: bytes, content: bytes, digest: hashes.HashAlgorithm) -> None:
    key = signer.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, content, ec.ECDSA(digest))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, content, padding.PKCS1v15(), digest)
    else:
        raise BadStampError("Loại khóa của dịch vụ cấp dấu thời gian không được chấp nhận.")


def _check_certificate(
    signer: x509.Certificate,
    others: list[x509.Certificate],
    anchors: tuple[x509.Certificate, ...],
    at: datetime,
) -> None:
    if not _stamps_only(signer):
        raise BadStampError("Chứng thư đã ký không phải của dịch vụ cấp dấu thời gian.")
    last, fingerprints = signer, {_fingerprint(one) for one in anchors}
    for _step in range(_MOST_CHAIN):
        if not last.not_valid_before_utc <= at <= last.not_valid_after_utc:
            raise BadStampError("Chứng thư của dịch vụ cấp dấu thời gian không có hiệu lực vào lúc đó.")
        if _fingerprint(last) in fingerprints:
            return
        above = next((one for one in (*anchors, *others) if _issued(one, last)), None)
        if above is None or above == last:
            break
        last = above
    raise BadStampError("Không có gốc tin cậy nào bảo đảm cho dịch vụ cấp dấu thời gian này.")


# What follows of certificates alone is reckoned once: a batch has the same few with each of its tokens.


@functools.lru_cache(maxsize=64)
def _stamps_only(signer: x509.Certificate) -> bool:
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    return list(usage.value) == [ExtendedKeyUsageOID.TIME_STAMPING]


@functools.lru_cache(maxsize=256)
def _fingerprint(certificate: x509.Certificate) -> bytes:
    return certificate.fingerprint(hashes.SHA256())


@functools.lru_cache(maxsize=256)
def _issued(above: x509.Certificate, below: x509.Certificate) -> bool:
    try:
        below.verify_directly_issued_by(above)
        return above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except UNREADABLE:
        return False
