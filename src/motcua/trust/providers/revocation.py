"""Answers about revocation (OCSP, CRL): from addresses that were allowed only, kept as long as they say they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cryptography import x509
from cryptography.x509 import ocsp

from motcua.kernel.calling import CallError, call
from motcua.trust.terms import ServiceKind

_OK = 200
_LARGEST = {ServiceKind.OCSP: 256 * 1024, ServiceKind.CRL: 32 * 1024 * 1024}
_SECONDS = {ServiceKind.OCSP: 5.0, ServiceKind.CRL: 20.0}
#: However long an answer says it holds, it is asked for again after this.
_LONGEST_KEPT = {ServiceKind.OCSP: timedelta(hours=1), ServiceKind.CRL: timedelta(hours=12)}

Heard = Callable[[ServiceKind, str, str], None]


class Cache(Protocol):
    """Where answers are kept; Django's caches are such."""

    def get(self, key: str, /) -> bytes | None: ...
    def set(self, key: str, value: bytes, /, timeout: float | None = None) -> None: ...


class NoCache:
    """Keeps nothing."""

    def get(self, _key: str, /) -> bytes | None:
        return None

    def set(self, _key: str, _value: bytes, /, timeout: float | None = None) -> None:
        pass


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class HouseFetcher:
    """The port `trust.terms.Fetcher`. `allowed`: address as certificates name it → address that is asked.

    An address that is not there is not asked. `heard(kind, address, error)` is told of each asking ("" for an answer);
    what comes out of the cache is no asking.
    """

    allowed: Mapping[str, str]
    cache: Cache = field(default_factory=NoCache)
    heard: Heard | None = None
    clock: Callable[[], datetime] = _clock

    def ocsp(self, url: str, request: bytes) -> bytes | None:
        """Return the answer to an OCSP request (DER), or None."""
        return self._fetch(ServiceKind.OCSP, url, request)

    def crl(self, url: str) -> bytes | None:
        """Return the list (DER) at an address, or None."""
        return self._fetch(ServiceKind.CRL, url, None)

    def _fetch(self, kind: ServiceKind, url: str, body: bytes | None) -> bytes | None:
        if url not in self.allowed:
            return None
        key = f"trust:{kind}:{hashlib.sha256(b' '.join((url.encode(), body or b''))).hexdigest()}"
        kept = self.cache.get(key)
        if kept is not None and holds_until(kind, kept, self.clock()) > self.clock():
            return bytes(kept)
        content, error = self._ask(kind, self.allowed[url], body)
        if self.heard is not None:
            self.heard(kind, url, error)
        if content is None:
            return None
        left = (holds_until(kind, content, self.clock()) - self.clock()).total_seconds()
        if left > 0:
            self.cache.set(key, content, timeout=left)
        return content

    def _ask(self, kind: ServiceKind, address: str, body: bytes | None) -> tuple[bytes | None, str]:
        headers = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"} if body else {}
        try:
            answer = call(address, body=body, headers=headers, seconds=_SECONDS[kind], most=_LARGEST[kind])
        except CallError as error:
            return None, str(error)
        if answer.status != _OK:
            return None, f"máy chủ trả mã {answer.status}"
        if not answer.body:
            return None, "máy chủ trả lời rỗng"
        return answer.body, ""


def holds_until(kind: ServiceKind, content: bytes, at: datetime) -> datetime:
    """Return until when an answer may be used again; `at` itself for one that cannot be read or is no good answer."""
    try:
        end = _end_of(kind, content)
    except ValueError:
        return at
    return at if end is None else min(end, at + _LONGEST_KEPT[kind])


def _end_of(kind: ServiceKind, content: bytes) -> datetime | None:
    if kind == ServiceKind.CRL:
        return x509.load_der_x509_crl(content).next_update_utc
    answer = ocsp.load_der_ocsp_response(content)
    if answer.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
        return None
    return answer.next_update_utc
