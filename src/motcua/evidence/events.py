"""What happened, in the past tense."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class EvidenceAlarmed(Event):
    """The log found something that must not be."""

    name: ClassVar[str] = "evidence.alarmed"
    alarm_id: int
    message: str
