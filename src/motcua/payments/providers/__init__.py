"""Ways to pay that live in another house, behind one Protocol."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


class PlatformError(Exception):
    """The platform did not answer, or not as it should; asking again later may help."""


@dataclass(frozen=True, slots=True)
class Request:
    """What INIT needs to know; `receipt` is ThongTinBienLai."""

    reference: str
    amount: int
    text: str
    ip: str
    receipt: dict[str, Any]


@dataclass(frozen=True, slots=True)
class News:
    """What the platform says of a transaction: `state` None = not known yet; `amount` đồng."""

    reference: str
    succeeded: bool | None
    amount: int | None
    transaction_number: str


class Platform(Protocol):
    """A payment platform. Every method may take seconds and must never be called inside a transaction."""

    def start(self, request: Request, *, at: datetime) -> str:
        """INIT: return the address of the payment page; raises PlatformError."""

    def ask(self, reference: str, *, at: datetime) -> News:
        """QUERY: return what became of the transaction; raises PlatformError."""

    def bill(self, reference: str, *, at: datetime) -> bytes:
        """GET_BILL: return the platform's receipt as PDF; raises PlatformError."""

    def read_callback(self, message: dict[str, Any]) -> News | None:
        """Return what a callback says, None when its signature is not the platform's."""
