"""What happened around trust, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class PaperAwaitsCompletion(Event):
    """The service that was away answers again: whoever keeps the paper may complete it, then says so.

    `kind` is a `WindowKind`; told again later until `complete_paper` was called, so hearers must be safe to call twice.
    """

    name: ClassVar[str] = "trust.paper_awaits_completion"
    waiting_id: int
    kind: str
    subject_type: str
    subject_id: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event):
    """A certificate of the register is known to be revoked."""

    name: ClassVar[str] = "trust.certificate_revoked"
    certificate_id: int
