"""The list of public keys that check QR codes: what a house hands out, and what a verifier without network reads."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from motcua.kernel.errors import Invalid, Problem
from motcua.results.rules.codes import read_code
from motcua.results.rules.qr import kid_of

_COORDINATE = 32
_MARK_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Key:
    """A public key on P-256; `point` uncompressed (65 bytes). `until` None: it still signs."""

    kid: str
    point: bytes
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyList:
    """What a verifier without network holds: keys by name, and marks of the codes that were revoked by `made_at`."""

    keys: Mapping[str, Key]
    revoked: frozenset[str]
    made_at: datetime | None
    place: str = ""
    replaced: frozenset[str] = frozenset()

    def is_revoked(self, code: str) -> bool:
        """Whether the result of this look-up code was revoked when the list was made."""
        return mark_of(code) in self.revoked

    def is_replaced(self, code: str) -> bool:
        """Whether a newer version stood in its place when the list was made."""
        return mark_of(code) in self.replaced


def mark_of(code: str) -> str:
    """Return what stands for a look-up code in the list: nobody learns the code from it."""
    return sha256(read_code(code).encode()).hexdigest()[:_MARK_LENGTH]


def keys_as_json(
    keys: Iterable[Key], *, revoked: Iterable[str], at: datetime, place: str, replaced: Iterable[str] = ()
) -> dict[str, Any]:
    """Return the list as plain values: a JWK set (RFC 7517) and the marks of codes revoked, and of those replaced."""
    return {
        "place": place,
        "made_at": at.isoformat(timespec="seconds"),
        "keys": [_as_jwk(key) for key in keys],
        "revoked": sorted(map(mark_of, revoked)),
        "replaced": sorted(map(mark_of, replaced)),
    }


def keys_from_json(text: str) -> KeyList:
    """Read such a list; raises Invalid for anything else."""
    try:
        found = json.loads(text)
        keys = [_from_jwk(one) for one in found["keys"]]
        made_at = datetime.fromisoformat(found["made_at"]) if found.get("made_at") else None
        revoked = frozenset(str(one) for one in found.get("revoked", []))
        replaced = frozenset(str(one) for one in found.get("replaced", []))
        return KeyList({key.kid: key for key in keys}, revoked, made_at, str(found.get("place", "")), replaced)
    except (ValueError, KeyError, TypeError, RecursionError, AttributeError) as error:
        message = "Tệp này không phải danh sách khóa tải từ trang kiểm tra giấy tờ."
        raise Invalid(Problem("no_key_list", message, "keys")) from error


def _as_jwk(key: Key) -> dict[str, Any]:
    x, y = key.point[1 : _COORDINATE + 1], key.point[_COORDINATE + 1 :]
    found: dict[str, Any] = {"kty": "EC", "crv": "P-256", "alg": "ES256", "use": "sig", "kid": key.kid}
    found |= {"x": _b64(x), "y": _b64(y)}
    if key.since is not None:
        found["since"] = key.since.isoformat(timespec="seconds")
    if key.until is not None:
        found["until"] = key.until.isoformat(timespec="seconds")
    return found


def _from_jwk(found: Mapping[str, Any]) -> Key:
    point = b"\4" + _bytes(found["x"]) + _bytes(found["y"])
    if len(point) != 1 + 2 * _COORDINATE or found["crv"] != "P-256" or kid_of(point) != found["kid"]:
        raise ValueError("no key on P-256 of that name")
    ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)  # raises ValueError for no point of the curve
    return Key(found["kid"], point)


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
