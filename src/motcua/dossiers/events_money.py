"""What happened to the money of a dossier, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.dossiers.events import DossierEvent


@dataclass(frozen=True, kw_only=True)
class ChargeAdded(DossierEvent):
    """`amount`: what the new charges come to, đồng."""

    name: ClassVar[str] = "dossier.charge_added"
    amount: int


@dataclass(frozen=True, kw_only=True)
class PaymentRequested(DossierEvent):
    name: ClassVar[str] = "dossier.payment_requested"
    owed: int


@dataclass(frozen=True, kw_only=True)
class PaymentCollected(DossierEvent):
    name: ClassVar[str] = "dossier.payment_collected"
    amount: int
    owed: int


@dataclass(frozen=True, kw_only=True)
class ChargeWaived(DossierEvent):
    name: ClassVar[str] = "dossier.charge_waived"
    amount: int


@dataclass(frozen=True, kw_only=True)
class ChargeRefunded(DossierEvent):
    name: ClassVar[str] = "dossier.charge_refunded"
    amount: int
    to_name: str


@dataclass(frozen=True, kw_only=True)
class PaymentCorrected(DossierEvent):
    name: ClassVar[str] = "dossier.payment_corrected"
    reason: str
