"""What happened to results and to papers in stores, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class ResultIssued(Event):
    """A result stands in the register: `code` is its look-up code, `version` from 1."""

    name: ClassVar[str] = "result.issued"
    paper_id: int
    dossier_id: int
    code: str
    version: int


@dataclass(frozen=True, kw_only=True)
class PaperRevoked(Event):
    name: ClassVar[str] = "paper.revoked"
    paper_id: int
    decision_number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PaperDeposited(Event):
    name: ClassVar[str] = "paper.deposited"
    paper_id: int
    kind: str
