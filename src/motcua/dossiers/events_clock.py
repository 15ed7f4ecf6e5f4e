"""What happened to the time of a dossier, and how it ended or began anew, for other rooms to hear."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.dossiers.events import DossierEvent


@dataclass(frozen=True, kw_only=True)
class DossierSuspended(DossierEvent):
    name: ClassVar[str] = "dossier.suspended"
    kind: str
    reason: str
    basis: str


@dataclass(frozen=True, kw_only=True)
class DossierResumed(DossierEvent):
    name: ClassVar[str] = "dossier.resumed"
    kind: str
    due_at: datetime | None
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class ObligationRequested(DossierEvent):
    name: ClassVar[str] = "dossier.obligation_requested"
    number: int


@dataclass(frozen=True, kw_only=True)
class ObligationFulfilled(DossierEvent):
    name: ClassVar[str] = "dossier.obligation_fulfilled"
    number: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class ApologyDrafted(DossierEvent):
    name: ClassVar[str] = "dossier.apology_drafted"
    number: int


@dataclass(frozen=True, kw_only=True)
class DossierExtended(DossierEvent):
    name: ClassVar[str] = "dossier.extended"
    due_before: datetime
    due_at: datetime
    cause: str


@dataclass(frozen=True, kw_only=True)
class DossierApologised(DossierEvent):
    name: ClassVar[str] = "dossier.apologised"
    due_at: datetime | None
    promised_at: datetime
    cause: str


@dataclass(frozen=True, kw_only=True)
class DossierStopped(DossierEvent):
    name: ClassVar[str] = "dossier.stopped"
    ground: str
    fees: str
    papers: str
    unit_id: int
    account_id: int | None


@dataclass(frozen=True, kw_only=True)
class ResultRecalled(DossierEvent):
    name: ClassVar[str] = "dossier.result_recalled"
    decision_number: str
    decided_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class DossierReopened(DossierEvent):
    name: ClassVar[str] = "dossier.reopened"
    decision_number: str
    decided_on: date
    reason: str
    due_at: datetime
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class DossierRenewed(DossierEvent):
    name: ClassVar[str] = "dossier.renewed"
    successor_code: str
