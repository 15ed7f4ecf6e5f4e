"""What others may hear from this room."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class ProcedurePublished(Event):
    """A version of a procedure was published and holds from `valid_from`."""

    name: ClassVar[str] = "procedure.published"
    procedure_id: int
    code: str
    number: int
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class ProcedureRetired(Event):
    """A procedure is abolished from `retired_on`."""

    name: ClassVar[str] = "procedure.retired"
    procedure_id: int
    code: str
    retired_on: date


@dataclass(frozen=True, kw_only=True)
class ProcedureOffered(Event):
    """An agency takes in dossiers of a procedure; `handling_unit_id` works on them."""

    name: ClassVar[str] = "procedure.offered"
    procedure_id: int
    code: str
    agency_id: int
    handling_unit_id: int
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class PublicationProposed(Event):
    """Somebody asks a second person to publish the draft of a procedure from `valid_from`."""

    name: ClassVar[str] = "procedure.publication_proposed"
    procedure_id: int
    code: str
    number: int
    valid_from: date
    proposed_by_id: int


@dataclass(frozen=True, kw_only=True)
class DraftReturned(Event):
    """A draft that waited for its approver goes back to those who wrote it; `reason` says why."""

    name: ClassVar[str] = "procedure.draft_returned"
    procedure_id: int
    code: str
    number: int
    returned_by_id: int
    reason: str
