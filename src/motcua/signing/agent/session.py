"""What the officer agreed to: a batch is shown once, the PIN typed once, and both are forgotten when it ends."""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Protocol

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from motcua.signing.terms import KeyGoneError, SigningKey

_BATCH_SECONDS = 15 * 60
_MOST_PINS = 3


class RefusedError(Exception):
    """What is not done, as the page hears it; `done` holds the signatures made before."""

    def __init__(self, status: int, code: str, message: str, done: Sequence[bytes] = ()) -> None:
        super().__init__(message)
        self.status, self.code, self.done = status, code, tuple(done)


class WrongPinError(Exception):
    """The token or the file does not open with that PIN."""


class Asker(Protocol):
    """The person at the computer."""

    def show(self, text: str) -> None: ...
    def agrees(self, text: str) -> bool: ...
    def pin(self, text: str) -> str: ...


class Opener(Protocol):
    """A token or a key file: its certificates can be read without a PIN where it lets them."""

    def certificates(self) -> Sequence[tuple[bytes, tuple[bytes, ...]]]: ...
    def open(self, certificate: bytes, pin: str) -> SigningKey: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page asks: a part of a batch; `labels` name the papers, `total` how many the whole batch has."""

    certificate: str
    batch: str
    part: str
    title: str
    total: int
    hash_name: str
    digests: tuple[bytes, ...]
    labels: tuple[str, ...]


@dataclass
class _Agreed:
    batch: str
    certificate: str
    key: SigningKey
    left: int
    until: float
    parts: set[str] = field(default_factory=set)


@dataclass
class Session:
    """One person, one token. `clock` is only for how long a batch may last."""

    opener: Opener
    asker: Asker
    clock: Callable[[], float] = monotonic
    _agreed: _Agreed | None = None

    def certificates(self) -> list[dict[str, Any]]:
        """Return the certificates that can sign, as JSON."""
        return [_described(one, chain) for one, chain in self.opener.certificates()]

    def sign(self, wish: Wish) -> list[bytes]:
        """Return the raw signatures of a part of a batch, asking the person when the batch is new.

        Raises RefusedError: the person said no, the PIN was wrong three times, the part came twice, more was asked than
        was shown, the key went away (what was signed is in `done`).
        """
        agreed = self._agreed
        if (
            agreed is None
            or (agreed.batch, agreed.certificate) != (wish.batch, wish.certificate)
            or self._is_over(agreed)
        ):
            agreed = self._ask(wish)
        if wish.part in agreed.parts:
            raise RefusedError(409, "replayed", "Phần này của lô đã được ký; trang web không được gửi lại.")
        if len(wish.digests) > agreed.left:
            self.end()
            raise RefusedError(403, "too_many", "Trang web đòi ký nhiều hơn số đã cho bạn xem; lô đã dừng.")
        try:
            signatures = agreed.key.sign(wish.digests, hash_name=wish.hash_name)
        except KeyGoneError as error:
            self.end()
            message = f"Không còn dùng được khóa: {error}. Hãy cắm lại thiết bị rồi tiếp tục."
            raise RefusedError(503, "key_gone", message, error.done) from error
        agreed.parts.add(wish.part)
        agreed.left -= len(signatures)
        if agreed.left == 0:
            self.end()
        return signatures

    def end(self) -> None:
        """Forget the batch and close its key."""
        if self._agreed is not None:
            self._agreed.key.close()
        self._agreed = None

    def _is_over(self, agreed: _Agreed) -> bool:
        return self.clock() > agreed.until

    def _ask(self, wish: Wish) -> _Agreed:
        self.end()
        certificate = next((one for one, _ in self.opener.certificates() if fingerprint(one) == wish.certificate), None)
        if certificate is None:
            raise RefusedError(404, "no_such_certificate", "Thiết bị không có chứng thư này.")
        shown = [f"{wish.title or 'Ký số'}: {wish.total} nội dung, gồm:", *(f"  • {one}" for one in wish.labels[:20])]
        if not self.asker.agrees("\n".join(shown)):
            raise RefusedError(403, "declined", "Bạn đã từ chối ký tại máy.")
        key = self._open(certificate)
        until = self.clock() + _BATCH_SECONDS
        self._agreed = _Agreed(wish.batch, wish.certificate, key, wish.total, until)
        return self._agreed

    def _open(self, certificate: bytes) -> SigningKey:
        for left in range(_MOST_PINS, 0, -1):
            try:
                return self.opener.open(certificate, self.asker.pin(f"Mã PIN (còn {left} lần nhập)"))
            except WrongPinError:
                continue
            except KeyGoneError as error:
                raise RefusedError(503, "key_gone", f"Không mở được thiết bị: {error}.") from error
        raise RefusedError(403, "wrong_pin", f"Mã PIN sai {_MOST_PINS} lần; chưa ký nội dung nào.")


def fingerprint(certificate: bytes) -> str:
    """Return the SHA-256 of a certificate (hex): its name in the protocol."""
    return x509.load_der_x509_certificate(certificate).fingerprint(SHA256()).hex()


def _described(certificate: bytes, chain: Sequence[bytes]) -> dict[str, Any]:
    known = x509.load_der_x509_certificate(certificate)
    return {
        "id": fingerprint(certificate),
        "subject": known.subject.rfc4514_string(),
        "issuer": known.issuer.rfc4514_string(),
        "valid_from": known.not_valid_before_utc.isoformat(),
        "valid_to": known.not_valid_after_utc.isoformat(),
        "certificate": base64.b64encode(certificate).decode(),
        "chain": [base64.b64encode(one).decode() for one in chain],
    }
