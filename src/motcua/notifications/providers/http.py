"""Messages to a gateway that speaks HTTP: an SMS brand name's or a Zalo account's operator."""

import base64
import http.client
import json
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from motcua.notifications.terms import Outgoing, RefusedError, TryLaterError, UnavailableError

_TIMEOUT = 10
#: Answers about the message itself; everything else that is not 2xx is about the gateway.
_REFUSALS = frozenset({400, 404, 409, 410, 422})


class _NoRedirects(HTTPRedirectHandler):
    """A gateway's address is exact: personal data follows no redirect."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpProvider:
    """Posts {"id", "channel", "to", "text"} as JSON to `url`; `user:password@` in it becomes Basic authentication.

    200–299 = taken; 400, 404, 409, 410, 422 = refused for good; 429 = later; anything else = the gateway is out.
    """

    url: str
    channel: str

    def send(self, message: Outgoing) -> None:
        """Post one message; see `Provider.send`."""
        content = {"id": message.id, "channel": self.channel, "to": message.address, "text": message.text}
        try:
            with build_opener(_NoRedirects).open(self._request(json.dumps(content).encode()), timeout=_TIMEOUT):
                return
        except HTTPError as error:
            code = error.code
            error.close()
        except (OSError, http.client.HTTPException) as error:
            raise UnavailableError(f"{type(error).__name__}: {error}") from error
        if code in _REFUSALS:
            raise RefusedError(f"HTTP {code}")
        raise (TryLaterError if code == http.client.TOO_MANY_REQUESTS else UnavailableError)(f"HTTP {code}")

    def close(self) -> None:
        """Nothing to give back: each message has its own connection."""

    def _request(self, content: bytes) -> Request:
        parts = urlsplit(self.url)
        bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        request = Request(bare, data=content, headers={"Content-Type": "application/json"})  # noqa: S310 - https or http, checked at start
        if parts.username:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            request.add_header("Authorization", f"Basic {base64.b64encode(pair).decode()}")
        return request
