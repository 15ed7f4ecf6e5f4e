"""The signed data of a result: small enough for a QR code, checked without a network.

A CWT (RFC 8392) in a COSE_Sign1 (RFC 9052) with ES256, written in base 32 behind the address of the look-up page, all
in capitals: such a QR code stays in its alphanumeric mode, and the camera of any phone opens the page. Whoever has no
network takes what stands behind the last slash. Browsers check P-256 by themselves (WebCrypto).
"""

import base64
import binascii
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from fido2 import cbor

from motcua.deadlines.terms import VIET_NAM

#: The first characters of the data: what it is and in which version.
MARK = "MC1"
_LONGEST = 3000
#: Longer names are cut in the QR code.
LONGEST_NAME = 120
_HALF = 32
_ES256, _ALG, _KID = -7, 1, 4
_ISSUER, _EXPIRES, _NOT_BEFORE, _ISSUED_AT = 1, 4, 5, 6
#: Private claim of ours (RFC 8392: below -65536); its map is numbered as the fields of `Claims` are.
_OURS = -65537
_SHA256 = 32
_KID_BYTES = 8
#: What reading bytes that are no CBOR, or CBOR of another shape, ends in.
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, RecursionError, struct.error, OverflowError, OSError)


@dataclass(frozen=True, slots=True)
class Claims:
    """What the QR code says. `holder_digits`: the last three of the holder's number; `sha256` hex of the signed file,
    "" when there was none; `valid_to` None: without end."""

    agency_code: str
    agency: str
    code: str
    paper_code: str
    name: str
    number: str
    issued_on: date
    holder: str
    holder_digits: str
    version: int
    sha256: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    signed_at: datetime | None = None


class PublicKey(Protocol):
    """A key that checks: its name and its point on P-256."""

    @property
    def kid(self) -> str: ...
    @property
    def point(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Read:
    """What came out of checking: `code` is "" for genuine; `claims` only when the signature fits."""

    code: str
    reason: str
    claims: Claims | None = None
    kid: str = ""

    @property
    def is_genuine(self) -> bool:
        return not self.code


def signed_text(claims: Claims, key: ec.EllipticCurvePrivateKey, *, kid: str, at: datetime, address: str) -> str:
    """Return the text of the QR code: "HTTPS://HOST/K/MC1…"; `address` is where the house is ("https://host")."""
    protected = cbor.encode({_ALG: _ES256, _KID: bytes.fromhex(kid)})
    payload = cbor.encode(_as_map(claims, at))
    r, s = decode_dss_signature(key.sign(_to_sign(protected, payload), ec.ECDSA(hashes.SHA256())))
    signature = r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")
    sealed = cbor.encode([protected, {}, payload, signature])
    return f"{address.upper()}/K/{MARK}{base64.b32encode(sealed).decode().rstrip('=')}"


def data_of(text: str) -> str:
    """Return the data in what somebody scanned, typed or pasted, "" where there is none."""
    plain = "".join(text.split()).rstrip("/").rpartition("/")[2].upper()
    return plain if plain.startswith(MARK) and len(plain) <= _LONGEST else ""


def read_qr(text: str, keys: Mapping[str, PublicKey]) -> Read:
    """Return what the text of a QR code says and whether one of these keys (by name) signed it; never raises."""
    data = data_of(text)
    if not data:
        return Read("not_ours", "Mã này không phải mã xác thực kết quả.")
    try:
        protected, payload, signature, kid = _parts(data)
    except _BROKEN:
        return Read("unreadable", "Mã xác thực bị thiếu hoặc hỏng; hãy quét lại cho đủ.")
    key = keys.get(kid)
    if key is None:
        message = "Không biết khóa đã ký mã này: có thể do nơi khác cấp, hoặc danh sách khóa đã cũ."
        return Read("unknown_key", message, kid=kid)
    if not _fits(key.point, _to_sign(protected, payload), signature):
        return Read("forged", "Mã này đã bị sửa, hoặc không do cơ quan nào ở đây ký.", kid=kid)
    try:
        claims = _from_map(cbor.decode(payload))
    except _BROKEN:
        return Read("unreadable", "Mã xác thực không đọc được.", kid=kid)
    return Read("", "Mã do khóa đã đăng ký của nơi cấp ký.", claims, kid)


def kid_of(point: bytes) -> str:
    """Return the name of a key: the first eight bytes of the SHA-256 of its point, hexadecimal."""
    digest = hashes.Hash(hashes.SHA256())
    digest.update(point)
    return digest.finalize()[:_KID_BYTES].hex()


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    return cbor.encode(["Signature1", protected, b"", payload])


def _parts(data: str) -> tuple[bytes, bytes, bytes, str]:
    plain = data[len(MARK) :]
    try:
        raw = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except binascii.Error as error:
        raise ValueError("no base 32") from error
    sealed: Any = cbor.decode(raw)
    protected, _, payload, signature = sealed
    head: Any = cbor.decode(protected)
    if head[_ALG] != _ES256 or not isinstance(payload, bytes) or len(signature) != 2 * _HALF:
        raise ValueError("not ES256")
    return protected, payload, signature, head[_KID].hex()


def _fits(point: bytes, message: bytes, signature: bytes) -> bool:
    r, s = int.from_bytes(signature[:_HALF], "big"), int.from_bytes(signature[_HALF:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    try:
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _as_map(claims: Claims, at: datetime) -> dict[int, Any]:
    ours: dict[int, Any] = {
        1: claims.code,
        2: claims.paper_code,
        3: claims.name,
        4: claims.number,
        5: _number(claims.issued_on),
        6: claims.agency,
        7: claims.holder,
        8: claims.holder_digits,
        9: bytes.fromhex(claims.sha256),
        10: claims.version,
    }
    found: dict[int, Any] = {_ISSUER: claims.agency_code, _ISSUED_AT: int(at.timestamp())}
    if claims.valid_to is not None:
        found[_EXPIRES] = int(_end_of(claims.valid_to).timestamp())
    if claims.valid_from is not None and claims.valid_from != claims.issued_on:
        found[_NOT_BEFORE] = int(datetime.combine(claims.valid_from, time(), VIET_NAM).timestamp())
    found[_OURS] = {name: value for name, value in ours.items() if value not in ("", b"")}
    return found


def _from_map(found: Any) -> Claims:
    ours = found[_OURS]
    file = ours.get(9, b"")
    if len(file) not in {0, _SHA256}:
        raise ValueError("no SHA-256")
    expires, begins, issued_on = found.get(_EXPIRES), found.get(_NOT_BEFORE), _day(ours[5])
    return Claims(
        agency_code=str(found[_ISSUER]),
        agency=str(ours.get(6, "")),
        code=str(ours[1]),
        paper_code=str(ours.get(2, "")),
        name=str(ours[3]),
        number=str(ours.get(4, "")),
        issued_on=issued_on,
        holder=str(ours.get(7, "")),
        holder_digits=str(ours.get(8, "")),
        version=int(ours[10]),
        sha256=file.hex(),
        valid_from=_local(begins).date() if begins is not None else issued_on,
        valid_to=(_local(expires) - timedelta(seconds=1)).date() if expires is not None else None,
        signed_at=_local(found[_ISSUED_AT]),
    )


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(), VIET_NAM) + timedelta(days=1)


def _local(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, VIET_NAM)


def _number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)
