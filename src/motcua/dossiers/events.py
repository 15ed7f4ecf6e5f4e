"""What happened to a dossier, for other rooms to hear."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class DossierEvent(Event):
    dossier_id: int
    code: str

    @property
    def mark(self) -> str:
        """What tells it from another event of the same name, dossier and moment."""
        return ""


@dataclass(frozen=True, kw_only=True)
class DossierSubmitted(DossierEvent):
    name: ClassVar[str] = "dossier.submitted"
    desk_id: int


@dataclass(frozen=True, kw_only=True)
class DossierReceived(DossierEvent):
    name: ClassVar[str] = "dossier.received"
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DossierRefused(DossierEvent):
    name: ClassVar[str] = "dossier.refused"
    reason: str


@dataclass(frozen=True, kw_only=True)
class SupplementRequested(DossierEvent):
    name: ClassVar[str] = "dossier.supplement_requested"
    number: int


@dataclass(frozen=True, kw_only=True)
class DossierSupplemented(DossierEvent):
    name: ClassVar[str] = "dossier.supplemented"
    number: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DossierAssigned(DossierEvent):
    name: ClassVar[str] = "dossier.assigned"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class DossierForwarded(DossierEvent):
    name: ClassVar[str] = "dossier.forwarded"
    unit_id: int
    step_key: str


@dataclass(frozen=True, kw_only=True)
class DossierAppraised(DossierEvent):
    name: ClassVar[str] = "dossier.appraised"
    draft_number: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DossierSentBack(DossierEvent):
    name: ClassVar[str] = "dossier.sent_back"
    unit_id: int
    account_id: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierApproved(DossierEvent):
    name: ClassVar[str] = "dossier.approved"
    draft_number: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DossierRejected(DossierEvent):
    name: ClassVar[str] = "dossier.rejected"
    draft_number: int
    unit_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultSealed(DossierEvent):
    name: ClassVar[str] = "dossier.result_sealed"
    result_number: str


@dataclass(frozen=True, kw_only=True)
class ResultDelivered(DossierEvent):
    name: ClassVar[str] = "dossier.result_delivered"


@dataclass(frozen=True, kw_only=True)
class DossierWithdrawn(DossierEvent):
    name: ClassVar[str] = "dossier.withdrawn"
    unit_id: int
    account_id: int | None


@dataclass(frozen=True, kw_only=True)
class DossierCorrected(DossierEvent):
    name: ClassVar[str] = "dossier.corrected"


@dataclass(frozen=True, kw_only=True)
class WorkHandedOver(DossierEvent):
    name: ClassVar[str] = "dossier.work_handed_over"
    account_id: int


@dataclass(frozen=True, kw_only=True)
class DueRecomputed(DossierEvent):
    name: ClassVar[str] = "dossier.due_recomputed"
    due_before: datetime
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class TimerRang(DossierEvent):
    """A dossier has waited at a step as long as its process allows: `to` is who should hear of it (`ReminderTo`)."""

    name: ClassVar[str] = "dossier.timer_rang"
    step_key: str
    timer_key: str
    to: str

    @property
    def mark(self) -> str:
        """Step and timer: several may ring at once."""
        return f":{self.step_key}:{self.timer_key}"


@dataclass(frozen=True, kw_only=True)
class DossierReminded(DossierEvent):
    """A due moment is near or past: `to` is who should hear of it (`ReminderTo`)."""

    name: ClassVar[str] = "dossier.reminded"
    rule_id: int
    to: str
    about: str
    due_at: datetime

    @property
    def mark(self) -> str:
        """The rule: several may come due at once."""
        return f":{self.rule_id}"
