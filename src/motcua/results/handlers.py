"""What follows for the register when a result is sealed, recalled, solved anew; who is told when one is revoked."""

from datetime import date, datetime

from motcua.agencies.terms import Right
from motcua.dossiers.events import ResultDelivered, ResultSealed
from motcua.dossiers.events_clock import DossierReopened, ResultRecalled
from motcua.dossiers.handlers.telling import MOST_TOLD, recipient_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import OPEN
from motcua.identity.queries import holders_of
from motcua.identity.terms import SYSTEM
from motcua.notifications.actions import notify, notify_accounts
from motcua.notifications.terms import NoticeKind, Recipient
from motcua.results.actions.add_file import add_archived
from motcua.results.actions.deposit import deposit
from motcua.results.actions.issue import issue_result
from motcua.results.actions.revoke import revoke_paper
from motcua.results.events import PaperRevoked
from motcua.results.models import StoredPaper
from motcua.results.queries.concerned import accounts_of_holder, dossiers_with, those_who_looked
from motcua.results.terms import PaperKind
from motcua.scanning.events import PaperDigitised
from motcua.signing.events import PaperArchived


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


def on_paper_archived(event: PaperArchived, at: datetime) -> None:
    """The archive completed or renewed a signed paper: its holders get the version with proofs."""
    add_archived(issued=event.issued, current=event.current, at=at)


def on_paper_revoked(event: PaperRevoked, at: datetime) -> None:
    """Somebody took a paper back: its holder hears by which decision and why; whoever looked at it through a share that
    is still open, and officers of open dossiers in which it stands for a copy, hear that it holds no more.
    """
    paper = StoredPaper.objects.select_related("revocation", "dossier__owner__account").get(pk=event.paper_id)
    _tell_holder(paper, at)
    name = f"{paper.name}{f' số {paper.number}' if paper.number else ''}"
    decision = f"Quyết định số {paper.revocation.decision_number} ngày {paper.revocation.decided_on:%d/%m/%Y}"
    notify_accounts(
        account_ids=those_who_looked(paper, at),
        kind=NoticeKind.INFORMATION,
        subject=f"Giấy tờ bạn đã xem bị thu hồi: {name}",
        body=f"{paper.issuer} đã thu hồi giấy này. {decision}. Đừng dùng giấy này nữa.",
        link="/kiem-tra/",
        key=f"{event.name}:{paper.pk}",
        at=at,
    )
    for dossier in dossiers_with(paper):
        if dossier.status in OPEN:
            _warn(dossier, name, f"{paper.issuer} đã thu hồi giấy này. {decision}.", f"{event.name}:{paper.pk}", at)


def _tell_holder(paper: StoredPaper, at: datetime) -> None:
    """Its accounts, else whoever the dossier names. Of a recall the dossier's own news went out: inside only."""
    found = paper.revocation
    by_house = found.revoked_by_id is None
    name = f"{paper.name}{f' số {paper.number}' if paper.number else ''}"
    told = [
        Recipient(account_id=one.pk, name=one.full_name, phone=one.phone, email=one.email)
        for one in accounts_of_holder(paper, at)
    ]
    if not told and paper.dossier is not None and not by_house:
        told = [recipient_of(paper.dossier.owner)]
    for recipient in told:
        notify(
            to=Recipient(account_id=recipient.account_id, name=recipient.name) if by_house else recipient,
            kind=NoticeKind.ACTION,
            subject=f"Giấy tờ bị thu hồi: {name}",
            body=(
                f"{paper.issuer} đã thu hồi {name} cấp cho {paper.holder_name}, theo Quyết định số "
                f"{found.decision_number} ngày {found.decided_on:%d/%m/%Y}.\n\nLý do: {found.reason}\n\n"
                "Giấy vẫn ở trong kho để xem lại, nhưng không dùng được nữa; ai kiểm tra cũng thấy đã bị thu hồi. "
                f"Không đồng ý thì khiếu nại đến {paper.issuer}."
            ),
            short=f"{name} bị thu hồi. Xem lý do:",
            link=f"/kho-giay-to/{paper.pk}/" if recipient.account_id else "/kiem-tra/",
            key=f"{PaperRevoked.name}:{paper.pk}:holder",
            at=at,
        )


def _warn(dossier: Dossier, name: str, why: str, key: str, at: datetime) -> None:
    """Whoever works on the dossier, or all who may take it up."""
    ids = [dossier.holder_id] if dossier.holder_id else []
    if not ids and dossier.unit_id:
        ids = [one.pk for one in holders_of(Right(dossier.step.right), dossier.unit_id, on=at)[:MOST_TOLD]]
    notify_accounts(
        account_ids=ids,
        kind=NoticeKind.WORK,
        subject=f"Giấy tờ trong hồ sơ {dossier.code} bị thu hồi: {name}",
        body=f"{why} Hồ sơ {dossier.code} đang dùng giấy này thay cho bản nộp; hãy xem lại trước khi giải quyết.",
        link=f"/mot-cua/ho-so/{dossier.code}/",
        key=f"{key}:{dossier.pk}",
        at=at,
    )


def _revoke(dossier_id: int, at: datetime, number: str, decided_on: date, reason: str) -> None:
    standing = StoredPaper.objects.filter(dossier_id=dossier_id, kind=PaperKind.RESULT)
    latest = standing.filter(deposited_at__lte=at).select_related("revocation").order_by("-version").first()
    if latest is None or latest.is_revoked:
        return
    decided = max(decided_on, latest.issued_on or decided_on)
    revoke_paper(actor=SYSTEM, paper_id=latest.pk, at=at, decision_number=number, decided_on=decided, reason=reason)
