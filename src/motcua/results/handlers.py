"""What follows for the register when a result is sealed, recalled, solved anew."""

from datetime import date, datetime

from motcua.dossiers.events import ResultDelivered, ResultSealed
from motcua.dossiers.events_clock import DossierReopened, ResultRecalled
from motcua.identity.terms import SYSTEM
from motcua.results.actions.deposit import deposit
from motcua.results.actions.issue import issue_result
from motcua.results.actions.revoke import revoke_paper
from motcua.results.models import StoredPaper
from motcua.results.terms import PaperKind
from motcua.scanning.events import PaperDigitised


def on_result_sealed(event: ResultSealed, at: datetime) -> None:
    """It was numbered and sealed: it stands in the register."""
    issue_result(dossier_id=event.dossier_id, at=at)


def on_result_delivered(event: ResultDelivered, at: datetime) -> None:
    """It was handed over: one that had been recalled holds again, as a new version."""
    issue_result(dossier_id=event.dossier_id, at=at)


def on_result_recalled(event: ResultRecalled, at: datetime) -> None:
    """A decision took it back: it is revoked in the register."""
    _revoke(event.dossier_id, at, event.decision_number, event.decided_on, event.reason)


def on_reopened(event: DossierReopened, at: datetime) -> None:
    """The dossier is solved anew: what was issued before holds no more."""
    _revoke(event.dossier_id, at, event.decision_number, event.decided_on, event.reason)


def on_paper_digitised(event: PaperDigitised, at: datetime) -> None:
    """A clerk digitised and signed a paper of somebody known: it lies in their store, to be used again."""
    if not event.is_signed or not (event.owner_id or event.tax_code):
        return
    deposit(
        actor=SYSTEM,
        at=at,
        owner_personal_id=event.owner_id,
        owner_tax_code=event.tax_code,
        owner_name=event.owner_name,
        kind=PaperKind.DIGITISED,
        name=event.title,
        blob=event.sha256,
        file_name=f"{event.number}.pdf",
        number=event.number,
        agency_id=event.agency_id,
        dossier_id=event.dossier_id,
    )


def _revoke(dossier_id: int, at: datetime, number: str, decided_on: date, reason: str) -> None:
    standing = StoredPaper.objects.filter(dossier_id=dossier_id, kind=PaperKind.RESULT)
    latest = standing.filter(deposited_at__lte=at).select_related("revocation").order_by("-version").first()
    if latest is None or latest.is_revoked:
        return
    decided = max(decided_on, latest.issued_on or decided_on)
    revoke_paper(actor=SYSTEM, paper_id=latest.pk, at=at, decision_number=number, decided_on=decided, reason=reason)
