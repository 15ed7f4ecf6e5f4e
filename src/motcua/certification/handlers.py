"""What follows for the books when a dossier goes on."""

from datetime import datetime

from motcua.certification.actions.note_certifier import note_certifier
from motcua.dossiers.events import DossierApproved


def on_approved(event: DossierApproved, at: datetime) -> None:
    """The certifier signed the paper copies: their lines in the book say who."""
    note_certifier(dossier_id=event.dossier_id, at=at)
