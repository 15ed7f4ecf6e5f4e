"""What happened in the room, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class CopyCertified(Event):
    """An electronic certified copy is signed and sealed: `sha256` its file, `number` like "12/01/2026-SCT/BS"."""

    name: ClassVar[str] = "certification.copy_certified"
    copy_id: int
    dossier_id: int
    number: str
    title: str
    sha256: str
    owner_id: str
    owner_name: str
    tax_code: str
    agency_id: int
