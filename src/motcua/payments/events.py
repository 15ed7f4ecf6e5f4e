"""What happened to money, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class PaymentBooked(Event):
    """Money came by bank, platform or post; amounts in đồng, `owed` and `excess` are what is left after it."""

    name: ClassVar[str] = "payment.booked"
    subject_kind: str
    subject_id: int
    code: str
    amount: int
    method: str
    owed: int
    excess: int


@dataclass(frozen=True, kw_only=True)
class PaymentFlagged(Event):
    """The platform reported a sum that is not the one asked for; nothing was booked."""

    name: ClassVar[str] = "payment.flagged"
    subject_kind: str
    subject_id: int
    code: str
    asked: int
    reported: int
