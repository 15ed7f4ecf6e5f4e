"""What happened in the room, for other rooms to hear."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.journal.terms import Event


@dataclass(frozen=True, kw_only=True)
class PaperDigitised(Event):
    """A paper was digitised and stands in its dossier; `is_signed`: by the clerk, so it may go into the owner's store.

    `sha256` is the content of the PDF/A; `owner_id` the personal id (or ""), `tax_code` that of an organisation.
    """

    name: ClassVar[str] = "paper.digitised"
    paper_id: int
    dossier_id: int
    component_key: str
    number: str
    title: str
    sha256: str
    owner_id: str
    owner_name: str
    tax_code: str
    agency_id: int
    is_signed: bool
