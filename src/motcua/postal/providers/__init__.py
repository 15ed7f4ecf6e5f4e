"""The post company's order system, behind one Protocol."""

from dataclasses import asdict, dataclass
from typing import Protocol


class PostRefusedError(Exception):
    """The company will not take this order; sending it again does not help."""


class PostUnavailableError(Exception):
    """The company did not answer, or cannot now; the order is sent again later."""


@dataclass(frozen=True, slots=True)
class OutgoingOrder:
    """One order in the fields of the companies' systems (domain facts 7.7); `flag_config` is always 2 there."""

    customer_code: str
    order_number: str
    item_code: str
    cod_amount: int
    sender_province: str
    sender_district: str
    sender_address: str
    sender_name: str
    sender_email: str
    sender_tel: str
    sender_desc: str
    description: str
    receiver_name: str
    receiver_address: str
    receiver_tel: str
    receiver_province: str
    receiver_district: str
    receiver_email: str
    flag_config: int = 2

    def as_fields(self) -> dict[str, object]:
        """Return the fields under the names of the foreign schema: CustomerCode, OrderNumber, CODAmount …"""
        names = {"cod_amount": "CODAmount"}
        return {names.get(key) or _camel(key): value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Placed:
    """The company took the order; `waybill` is "" when the clerk gives it by hand."""

    waybill: str = ""


class PostProvider(Protocol):
    """Takes orders for a post company."""

    def place(self, order: OutgoingOrder) -> Placed:
        """Hand one order over; raises PostRefusedError or PostUnavailableError.

        An order sent again has the same `order_number` and `description`; a company tells a double by them.
        """


def _camel(key: str) -> str:
    return "".join(part.capitalize() for part in key.split("_"))
