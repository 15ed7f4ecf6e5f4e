"""Keys in devices that speak PKCS#11: USB tokens, HSMs, SoftHSM. The key never leaves the device; digests go in.

The device is opened once a batch. Pulled out in the middle, or closed by somebody: KeyGoneError with what it signed.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self, cast

import pkcs11
from cryptography import x509
from pkcs11.constants import Attribute, ObjectClass
from pkcs11.mechanisms import KeyType, Mechanism

from motcua.kernel import der
from motcua.kernel.errors import Conflict, Invalid, Problem, Unavailable
from motcua.signing.providers.paths import path_above
from motcua.signing.terms import Algorithm, KeyGoneError

_DIGEST_OIDS = {
    "sha256": "2.16.840.1.101.3.4.2.1",
    "sha384": "2.16.840.1.101.3.4.2.2",
    "sha512": "2.16.840.1.101.3.4.2.3",
}
_AWAY = Problem("token_away", "Chưa thấy thiết bị ký (token, HSM). Hãy cắm thiết bị rồi thử lại.")
_WRONG_PIN = Problem(
    "token_pin_wrong", "Mã PIN của thiết bị không đúng. Nhập sai nhiều lần thiết bị sẽ tự khóa.", "pin"
)
_LOCKED = Problem(
    "token_locked", "Thiết bị đã bị khóa vì nhập sai mã PIN nhiều lần. Hãy liên hệ nơi cấp để mở khóa.", "pin"
)
_BUSY = Problem("token_busy", "Thiết bị đang được dùng cho một lô ký khác. Hãy đợi lô đó xong rồi thử lại.")
_NO_KEY = Problem("token_no_key", "Không tìm thấy khóa ký kèm chứng thư trên thiết bị. Hãy kiểm tra tên khóa, mã khóa.")


@dataclass(frozen=True, slots=True)
class TokenKey:
    """Where a key is: the vendor's library, the token's label, and of several keys the one with this id or label."""

    module: str
    token: str
    key_id: bytes = b""
    key_label: str = ""


@dataclass(frozen=True, slots=True)
class OnToken:
    """A certificate found on a token, the chain above it that lies beside it, and the id and label of its key."""

    certificate: bytes
    chain: tuple[bytes, ...]
    key_id: bytes
    key_label: str


def tokens_in(module: str) -> list[str]:
    """Return the labels of the tokens that a library sees now; raises Unavailable for one that does not load."""
    try:
        labels = {str(one.label).strip() for one in pkcs11.lib(module).get_tokens()}
    except (pkcs11.PKCS11Error, RuntimeError) as error:
        raise Unavailable(_AWAY) from error
    return sorted(labels - {""})  # a token that was never set up has none


def certificates_on(module: str, token: str) -> list[OnToken]:
    """Return the certificates of holders on a token, without a PIN; raises Unavailable when it is not there."""
    try:
        with _token(module, token).open() as session:
            return list(_certificates(session))
    except pkcs11.PKCS11Error as error:
        raise Unavailable(_AWAY) from error


class Pkcs11Key:
    """A `SigningKey` in a device. `certificate` and `chain` are for HSMs that hold only the key."""

    def __init__(
        self, place: TokenKey, pin: str, *, certificate: bytes | None = None, chain: tuple[bytes, ...] = ()
    ) -> None:
        """Open the device; raises Unavailable (not there), Conflict (in use), Invalid (PIN, no such key)."""
        self._session = _open(place, pin)
        try:
            self._key, found = _find(self._session, place, certificate)
            self.certificate = certificate or (found.certificate if found else b"")
            self.chain = chain or (found.chain if found else ())
            self._mechanism, self.algorithm = _mechanism(self._key)
            self._pin = pin if _asks_each_time(self._key) else None
        except pkcs11.PKCS11Error as error:
            self.close()
            raise Invalid(_NO_KEY) from error
        except Invalid:
            self.close()
            raise

    def sign(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes]:
        """Sign digests, in order; raises KeyGoneError with the signatures made before the device went away."""
        done = list[bytes]()
        try:
            for digest in digests:
                done.append(self._signed(digest, hash_name))
        except (pkcs11.PKCS11Error, AttributeError) as error:
            raise KeyGoneError(f"thiết bị ký không còn trả lời ({type(error).__name__})", done) from error
        return done

    def _signed(self, digest: bytes, hash_name: str) -> bytes:
        if self.algorithm == "rsa":
            return bytes(self._key.sign(_digest_info(digest, hash_name), mechanism=self._mechanism, pin=self._pin))
        raw = bytes(self._key.sign(digest, mechanism=self._mechanism, pin=self._pin))
        half = len(raw) // 2
        return der.sequence(der.integer(int.from_bytes(raw[:half])), der.integer(int.from_bytes(raw[half:])))

    def close(self) -> None:
        """Log out and let go of the device."""
        self._key = None
        self._pin = None
        with suppress(pkcs11.PKCS11Error):
            self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _token(module: str, label: str) -> Any:
    return pkcs11.lib(module).get_token(token_label=label)


def _open(place: TokenKey, pin: str) -> Any:
    try:
        return _token(place.module, place.token).open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise Invalid(_WRONG_PIN) from error
    except pkcs11.PinLocked as error:
        raise Invalid(_LOCKED) from error
    except pkcs11.UserAlreadyLoggedIn as error:
        raise Conflict(_BUSY) from error
    except pkcs11.PKCS11Error as error:
        raise Unavailable(_AWAY) from error


def _find(session: Any, place: TokenKey, certificate: bytes | None) -> tuple[Any, OnToken | None]:
    """Return the private key and its certificate on the token: the one that was named, or the only one."""
    asked: dict[Attribute, Any] = {Attribute.CLASS: ObjectClass.PRIVATE_KEY}
    if place.key_id:
        asked[Attribute.ID] = place.key_id
    if place.key_label:
        asked[Attribute.LABEL] = place.key_label
    held = {one.key_id: one for one in _certificates(session)}
    pairs = [(key, held.get(bytes(key[Attribute.ID]))) for key in session.get_objects(asked)]
    fitting = [(key, found) for key, found in pairs if _fits(found, certificate)]
    if len(fitting) != 1:
        raise Invalid(_NO_KEY)
    return fitting[0]


def _fits(found: OnToken | None, certificate: bytes | None) -> bool:
    """Whether a key can sign for the certificate that was given, or for its own when none was."""
    if found is None:
        return certificate is not None
    return certificate in (None, found.certificate)


def _certificates(session: Any) -> Iterator[OnToken]:
    """Yield certificates that are nobody's issuer on this token, which is what a holder's certificate is."""
    objects = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
    parsed = [x509.load_der_x509_certificate(bytes(one[Attribute.VALUE])) for one in objects]
    for thing, certificate in zip(objects, parsed, strict=True):
        if not any(other is not certificate and other.issuer == certificate.subject for other in parsed):
            yield OnToken(
                bytes(thing[Attribute.VALUE]),
                path_above(certificate, parsed),
                bytes(thing[Attribute.ID]),
                str(thing[Attribute.LABEL]),
            )


def _mechanism(key: Any) -> tuple[Mechanism, Algorithm]:
    kind = key[Attribute.KEY_TYPE]
    if kind == KeyType.RSA:
        return Mechanism.RSA_PKCS, "rsa"
    if kind == KeyType.EC:
        return Mechanism.ECDSA, "ecdsa"
    raise Invalid(_NO_KEY)


def _asks_each_time(key: Any) -> bool:
    """Whether the device wants its PIN for every signature (CKA_ALWAYS_AUTHENTICATE), as qualified tokens may."""
    try:
        return cast("bool", key[Attribute.ALWAYS_AUTHENTICATE])
    except pkcs11.PKCS11Error:
        return False


def _digest_info(digest: bytes, hash_name: str) -> bytes:
    """Return the DigestInfo of PKCS#1 v1.5, which CKM_RSA_PKCS leaves to its caller."""
    return der.sequence(der.sequence(der.object_id(_DIGEST_OIDS[hash_name]), der.null()), der.octet_string(digest))
