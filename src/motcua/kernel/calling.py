"""Calls to other houses over HTTP: exact addresses only, no redirects, a limit on time and on the answer's size.

`call` opens a connection for each call, a `Line` keeps it for the next.
"""

import contextlib
import http.client
import ipaddress
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import SplitResult, urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener, getproxies

_PIECE = 64 * 1024


class CallError(Exception):
    """Nobody answered, or too slowly, or too much; asking again later may help."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, also when it is a refusal: HTTP status, media type without parameters, body."""

    status: int
    media_type: str
    body: bytes


class _NoRedirects(HTTPRedirectHandler):
    """An address is exact: what we send follows no redirect."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def is_safe_address(url: str) -> bool:
    """Whether the address is https, or http to this very machine."""
    parts = urlsplit(url)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def call(
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    seconds: float = 15,
    most: int = 1024 * 1024,
) -> Answer:
    """GET the address, or POST `body` to it; return the answer whatever its status.

    `seconds` bounds the whole call, `most` the bytes of the answer. Raises CallError when nobody answers in time, when
    the answer is larger, or when the address is not one of http or https (see `is_safe_address` for stricter callers).
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise CallError(f"không gọi được địa chỉ {url!r}")
    request = Request(url, data=body, headers=dict(headers or {}))  # noqa: S310 (http or https: see above)
    opener = build_opener(_NoRedirects, *([ProxyHandler({})] if _is_loopback(parts.hostname) else []))
    until = time.monotonic() + seconds
    try:
        with opener.open(request, timeout=seconds) as answer:
            return Answer(answer.status, _media_type(answer.headers), _read(answer, most, until))
    except HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, _media_type(refusal.headers), _read(refusal, most, until))
    except (OSError, http.client.HTTPException) as error:
        raise CallError(f"{parts.hostname}: {type(error).__name__}: {error}") from error


@dataclass(slots=True)
class Line:
    """Calls to one house over one connection that stays open between them, for questions that may be asked twice.

    Of one thread at a time. Behind a proxy every call has a connection of its own, as with `call`.
    """

    _open: dict[tuple[str, str], http.client.HTTPConnection] = field(default_factory=dict)

    def call(
        self,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        seconds: float = 15,
        most: int = 1024 * 1024,
    ) -> Answer:
        """POST `body` to the address as `call` does; a connection that was closed meanwhile is opened again, once."""
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname or _has_proxy(parts):
            return call(url, body=body, headers=headers, seconds=seconds, most=most)
        place = (parts.scheme, parts.netloc)
        kept = self._open.pop(place, None)
        if kept is not None:
            with contextlib.suppress(OSError, http.client.HTTPException):
                return self._asked(place, kept, parts, body, headers or {}, seconds, most)
            kept.close()
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        try:
            fresh = kind(parts.hostname, parts.port, timeout=seconds)
            return self._asked(place, fresh, parts, body, headers or {}, seconds, most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CallError(f"{parts.hostname}: {type(error).__name__}: {error}") from error

    def _asked(
        self,
        place: tuple[str, str],
        line: http.client.HTTPConnection,
        parts: SplitResult,
        body: bytes,
        headers: Mapping[str, str],
        seconds: float,
        most: int,
    ) -> Answer:
        until = time.monotonic() + seconds
        try:
            line.request("POST", parts._replace(scheme="", netloc="").geturl() or "/", body, dict(headers))
            _answer_at_once(line)
            got = line.getresponse()
            answer = Answer(got.status, _media_type(got.headers), _read(got, most, until))
        except BaseException:
            line.close()
            raise
        if got.will_close:
            line.close()
        else:
            self._open[place] = line
        return answer

    def __del__(self) -> None:
        """Leave no connection open when nobody keeps the line any more."""
        self.close()

    def close(self) -> None:
        """Close what is open; the next call opens it again."""
        while self._open:
            self._open.popitem()[1].close()


def _has_proxy(parts: SplitResult) -> bool:
    return not _is_loopback(parts.hostname or "") and parts.scheme in getproxies()


def _answer_at_once(line: http.client.HTTPConnection) -> None:
    """Acknowledge without delay: a house that sends head and body apart would wait 40 ms for it between the two."""
    if line.sock is not None and hasattr(socket, "TCP_QUICKACK"):
        with contextlib.suppress(OSError):
            line.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


def _media_type(headers: Any) -> str:
    return str(headers.get_content_type())


def _read(answer: IO[bytes], most: int, until: float) -> bytes:
    pieces, size = [], 0
    while piece := answer.read(min(_PIECE, most + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise CallError(f"trả lời dài hơn {most} byte")
        if time.monotonic() > until:
            raise CallError("trả lời quá chậm")
    return b"".join(pieces)
