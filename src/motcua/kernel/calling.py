"""Calls to other houses over HTTP: exact addresses only, no redirects, a limit on time and on the answer's size."""

import http.client
import ipaddress
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

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
