"""What happened to what travels by post, for handlers to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.dossiers.events import DossierEvent


@dataclass(frozen=True, kw_only=True)
class PostalOrderRegistered(DossierEvent):
    name: ClassVar[str] = "postal.order_registered"
    order_id: int


@dataclass(frozen=True, kw_only=True)
class PostalOrderMoved(DossierEvent):
    """The order reached `state`; `note` says why where there is a reason."""

    name: ClassVar[str] = "postal.order_moved"
    order_id: int
    state: str
    note: str = ""

    @property
    def mark(self) -> str:
        """Two changes of two orders at one moment are two pieces of news."""
        return f":{self.order_id}:{self.state}"


@dataclass(frozen=True, kw_only=True)
class WaybillGiven(DossierEvent):
    name: ClassVar[str] = "postal.waybill_given"
    order_id: int
    waybill: str


@dataclass(frozen=True, kw_only=True)
class PostalMoneyTaken(DossierEvent):
    name: ClassVar[str] = "postal.money_taken"
    receipt_id: int
