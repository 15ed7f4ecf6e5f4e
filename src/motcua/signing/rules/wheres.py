"""Where a key is, as the register keeps it in one line, and what its holder types to open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

#: Instead of a place: its holder took the key away; the certificate stays in the register.
REMOVED: Final = "-"
_KEPT, _REMOTE = "kho:", "csc:"
_BETWEEN: Final = "\n"


def kept_where(number: int) -> str:
    """Return the line for a key file that the house keeps."""
    return f"{_KEPT}{number}"


def kept_number(where: str) -> int | None:
    """Return which key file a line names; None when the line names something else."""
    number = where.removeprefix(_KEPT)
    return int(number) if where.startswith(_KEPT) and number.isdecimal() and len(number) < len("9" * 18) else None


@dataclass(frozen=True, slots=True)
class RemotePlace:
    """A credential at a remote signing service: `service` is its row here, `user` the signer's name there.

    `asks` are the names of what the signer types there (PIN, OTP), `once`: those that are good for one time only.
    """

    service: int
    credential: str
    user: str = ""
    asks: tuple[str, ...] = ()
    once: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = {"service": str(self.service), "credential": self.credential, "user": self.user}
        said |= {"asks": ",".join(self.asks), "once": ",".join(self.once)}
        return _REMOTE + ";".join(f"{name}={quote(value, safe=',')}" for name, value in said.items() if value)


def remote_place(where: str) -> RemotePlace | None:
    """Return the credential that a line names; None when the line names something else."""
    if not where.startswith(_REMOTE):
        return None
    parts = (one.partition("=") for one in where.removeprefix(_REMOTE).split(";"))
    said = {name.strip(): unquote(value) for name, _, value in parts}
    number = said.get("service", "")
    if not number.isdecimal() or len(number) >= len("9" * 18) or not said.get("credential"):
        return None
    asks, once = (tuple(filter(None, said.get(name, "").split(","))) for name in ("asks", "once"))
    return RemotePlace(int(number), said["credential"], said.get("user", ""), asks, once)


def typed(pin: str, code: str = "") -> str:
    """Return PIN and one-time code as one secret, to be kept and taken apart again."""
    return f"{pin}{_BETWEEN}{code}" if code else pin


def secrets_of(secret: str, place: RemotePlace) -> Mapping[str, str]:
    """Return what the service asks for by its names, out of what the signer typed (`typed`)."""
    pin, _, code = secret.partition(_BETWEEN)
    found = {name: code if name in place.once else pin for name in place.asks}
    return {name: value for name, value in found.items() if value}
