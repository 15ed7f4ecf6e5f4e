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
