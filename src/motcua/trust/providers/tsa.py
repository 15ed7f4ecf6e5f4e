"""A client of time-stamping authorities (RFC 3161): several, asked in order, each answer verified."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asn1crypto import tsp
from cryptography import x509

from motcua.kernel.calling import CallError, Line
from motcua.trust.rules.stamps import Asked, BadStampError, token_of
from motcua.trust.rules.windows import Window
from motcua.trust.terms import Standing, TrustStoppedError, UnstampedError

_QUERY = "application/timestamp-query"
_REPLY = "application/timestamp-reply"
_OK = 200
_LARGEST = 64 * 1024
#: An authority that did not answer is passed by for so long: a batch of 200 papers does not wait 400 times.
_REST_SECONDS = 30.0
#: An authority that takes longer is asked for several timestamps at once, over so many lines.
_FAR_SECONDS, _LINES = 0.01, 8

Heard = Callable[["StampingService", str], None]


@dataclass(frozen=True, slots=True)
class StampingService:
    """An authority of time: where it is, and its own or its authority's certificate where no anchor leads to it."""

    url: str
    name: str = ""
    pinned: bytes = b""
    seconds: float = 5.0


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class StampingClient:
    """The port `signing.terms.Stamper`: asks the first authority that answers; never one that is not in `services`.

    A value that may go to another process, where it goes by that process's clock. `window` is how long nobody has
    answered so far, and how long signing may go on; `heard(service, error)` is told of each asking ("" for a good
    answer) where it happens. `failures` and `last_good` tell afterwards how it went.
    """

    services: Sequence[StampingService]
    anchors: Sequence[bytes]
    window: Window
    clock: Callable[[], datetime] = _clock
    heard: Heard | None = None
    last_good: datetime | None = None
    failures: int = 0
    _resting: dict[str, float] = field(default_factory=dict)
    _loaded: list[x509.Certificate] | None = None
    _lines: list[Line] = field(default_factory=lambda: [Line() for _ in range(_LINES)])

    def __getstate__(self) -> tuple[object, ...]:
        return (tuple(self.services), tuple(self.anchors), self.window)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        self.__init__(*state)  # type: ignore[misc]

    def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
        """Return the token (DER) over a digest.

        Raises UnstampedError when nobody answers and the window lets signing go on, TrustStoppedError when it does not.
        """
        for service in self.services:
            token = self._ask(service, digest, hash_name)
            if token is not None:
                self.last_good = self.clock()
                self.window = Window(None, self.window.length)
                return token
        now = self.clock()
        self.failures += 1
        self.window = self.window.after_failure(now)
        if self.window.standing(now) is Standing.STOPPED:
            raise TrustStoppedError("Không lấy được dấu thời gian quá thời gian được ký tiếp.")
        raise UnstampedError("Không dịch vụ nào cấp dấu thời gian.")

    def stamp_many(self, digests: Sequence[bytes], *, hash_name: str = "sha256") -> list[bytes | None]:
        """Return a token for each digest, None for those that `stamp` is to be asked for.

        The first authority that answers is asked; when its first answer took long, for all the others at once: waiting
        for a far one costs no processor. Where it did not answer, `stamp` goes on to the next and minds the window.
        """
        tokens: list[bytes | None] = [None] * len(digests)
        service = next((one for one in self.services if not self._rests(one)), None)
        if service is None or not digests:
            return tokens
        begun = time.perf_counter()
        tokens[0] = self._ask(service, digests[0], hash_name)
        if tokens[0] is None:
            return tokens
        if time.perf_counter() - begun > _FAR_SECONDS:
            tokens[1:] = self._asked_at_once(service, digests[1:], hash_name)
        else:
            for place, digest in enumerate(digests[1:], 1):
                tokens[place] = self._ask(service, digest, hash_name)
        if any(tokens):
            self.last_good, self.window = self.clock(), Window(None, self.window.length)
        return tokens

    def _asked_at_once(self, service: StampingService, digests: Sequence[bytes], hash_name: str) -> list[bytes | None]:
        anchors, at = self._anchors(service), self.clock()

        def asked(place: int) -> list[bytes | Exception]:
            """Ask for every nth over a line of its own; what is wrong is told where the others are."""
            found: list[bytes | Exception] = []
            for digest in digests[place::_LINES]:
                try:
                    found.append(ask(service, digest, hash_name, anchors=anchors, at=at, line=self._lines[place]))
                except (CallError, BadStampError) as error:
                    return [*found, error]
            return found

        tokens: list[bytes | None] = [None] * len(digests)
        with ThreadPoolExecutor(min(_LINES, len(digests) or 1)) as threads:
            for place, some in enumerate(threads.map(asked, range(min(_LINES, len(digests))))):
                for number, one in enumerate(some):
                    tokens[place + number * _LINES] = self._heard(service, one)
        return tokens

    def _heard(self, service: StampingService, one: bytes | Exception) -> bytes | None:
        if isinstance(one, Exception):
            self._resting[service.url] = time.monotonic() + _REST_SECONDS
            self._tell(service, str(one))
            return None
        self._tell(service, "")
        return one

    def _rests(self, service: StampingService) -> bool:
        return self._resting.get(service.url, 0.0) > time.monotonic()

    def probe(self, service: StampingService, digest: bytes) -> str:
        """Ask one authority, whoever else answers; return what was wrong, "" for a good answer."""
        try:
            ask(service, digest, "sha256", anchors=self._anchors(service), at=self.clock())
        except (CallError, BadStampError) as error:
            self._tell(service, str(error))
            return str(error)
        self._tell(service, "")
        return ""

    def _ask(self, service: StampingService, digest: bytes, hash_name: str) -> bytes | None:
        if self._rests(service):
            return None
        line = self._lines[0]
        try:
            token = ask(service, digest, hash_name, anchors=self._anchors(service), at=self.clock(), line=line)
        except (CallError, BadStampError) as error:
            self._resting[service.url] = time.monotonic() + _REST_SECONDS
            self._tell(service, str(error))
            return None
        self._tell(service, "")
        return token

    def _tell(self, service: StampingService, error: str) -> None:
        if self.heard is not None:
            self.heard(service, error)

    def _anchors(self, service: StampingService) -> list[x509.Certificate]:
        if self._loaded is None:
            self._loaded = [x509.load_der_x509_certificate(one) for one in self.anchors]
        pinned = [x509.load_der_x509_certificate(service.pinned)] if service.pinned else []
        return [*self._loaded, *pinned]


def ask(
    service: StampingService,
    digest: bytes,
    hash_name: str,
    *,
    anchors: Sequence[x509.Certificate],
    at: datetime,
    line: Line | None = None,
) -> bytes:
    """Ask one authority for a token over a digest and verify it. Raises CallError, BadStampError."""
    asked = Asked(digest, hash_name, secrets.randbits(63), at)
    question = tsp.TimeStampReq(
        {
            "version": "v1",
            "message_imprint": {"hash_algorithm": {"algorithm": hash_name}, "hashed_message": digest},
            "nonce": asked.nonce,
            "cert_req": True,
        }
    )
    headers = {"Content-Type": _QUERY, "Accept": _REPLY}
    own = line or Line()
    try:
        answer = own.call(service.url, body=question.dump(), headers=headers, seconds=service.seconds, most=_LARGEST)
    finally:
        if line is None:
            own.close()
    if answer.status != _OK:
        raise CallError(f"máy chủ trả mã {answer.status}")
    return token_of(answer.body, asked, anchors)
