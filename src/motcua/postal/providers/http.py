"""A post company that takes orders as JSON over HTTP: fields of domain facts 7.7, answer {Status, Message}."""

import base64
import json
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from motcua.postal.providers import OutgoingOrder, Placed, PostRefusedError, PostUnavailableError

_TIMEOUT = 15
_LARGEST_ANSWER = 64 * 1024
#: Answers about the order itself; everything else that is not 2xx is about the company's system.
_REFUSALS = frozenset({400, 404, 409, 410, 422})
_ACCEPTED = frozenset({"1", "100", "200", "OK", "TRUE"})


class _NoRedirects(HTTPRedirectHandler):
    """The company's address is exact: personal data follows no redirect."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpPostProvider:
    """Posts one JSON object an order to `url`; `user:password@` in it becomes Basic authentication."""

    url: str

    def place(self, order: OutgoingOrder) -> Placed:
        """See `PostProvider.place`."""
        try:
            with build_opener(_NoRedirects).open(self._request(order), timeout=_TIMEOUT) as answer:
                return _read(answer.read(_LARGEST_ANSWER))
        except HTTPError as error:
            words = f"HTTP {error.code}"
            error.close()
            raise (PostRefusedError if error.code in _REFUSALS else PostUnavailableError)(words) from error
        except OSError as error:
            raise PostUnavailableError(f"{type(error).__name__}: {error}") from error

    def _request(self, order: OutgoingOrder) -> Request:
        parts = urlsplit(self.url)
        host = parts.netloc.rpartition("@")[2]
        body = json.dumps(order.as_fields(), ensure_ascii=False).encode()
        url = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
        request = Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 (http or https: see env.py)
        if parts.username:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
        return request


def _read(raw: bytes) -> Placed:
    try:
        said = json.loads(raw)
        status, words = str(said["Status"]).upper(), str(said.get("Message", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PostUnavailableError(f"không hiểu câu trả lời: {raw[:80]!r}") from error
    if status not in _ACCEPTED:
        raise PostRefusedError(f"{status}: {words}")
    return Placed(waybill=str(said.get("ItemCode") or ""))
