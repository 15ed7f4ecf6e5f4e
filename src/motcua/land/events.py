"""What happened between the land office and the tax office."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.dossiers.events import DossierEvent


@dataclass(frozen=True, kw_only=True)
class TransferSheetSent(DossierEvent):
    name: ClassVar[str] = "land.sheet_sent"
    sheet_id: int


@dataclass(frozen=True, kw_only=True)
class TransferSheetAnswered(DossierEvent):
    """Answered with notices, with nothing due, or returned."""

    name: ClassVar[str] = "land.sheet_answered"
    sheet_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class TaxPaid(DossierEvent):
    name: ClassVar[str] = "land.tax_paid"
    payment_id: int

    @property
    def mark(self) -> str:
        """Two notices may be paid at one moment."""
        return f":{self.payment_id}"
