"""What happened to signed papers, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class PaperArchived(Event):
    """A paper has a new version with proofs and timestamps: SHA-256 as it was issued, and of the version kept now."""

    name: ClassVar[str] = "signing.paper_archived"
    issued: str
    current: str
