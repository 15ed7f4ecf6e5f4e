"""Kiểm tra chứng thư số có bị thu hồi không."""

from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from django.db import transaction

from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Problem, RuleBroken
from motcua.trust.actions.note_services import begin_outage, end_outage
from motcua.trust.events import CertificateRevoked
from motcua.trust.models import Certificate
from motcua.trust.providers.house import house_store
from motcua.trust.queries import window
from motcua.trust.rules.certificates import CertificateFacts, facts_of
from motcua.trust.rules.revocation import Said, ocsp_question, of_crl, of_ocsp
from motcua.trust.terms import Fetcher, Standing, TrustStoppedError, WindowKind


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of asking: what was said (None: nobody answered), and how signing with it stands."""

    said: Said | None
    standing: Standing


def check_revocation(*, certificate_id: int, at: datetime, fetcher: Fetcher) -> Checked:
    """Kiểm tra thu hồi: ask OCSP, then the list, and keep what was said in the register.

    Asks outside of any transaction. When nobody answers, the window of this issuer opens, or stays as it is; a
    certificate that names no address is not held back by it: nobody could ever answer.
    """
    row = Certificate.objects.get(pk=certificate_id)
    facts = facts_of(x509.load_der_x509_certificate(bytes(row.content)))
    if not facts.ocsp and not facts.crl:
        return Checked(None, Standing.WELL)
    said = _ask(row, facts, fetcher, at)
    if said is None:
        begin_outage(WindowKind.REVOCATION, about=row.issuer_name, error="Không nơi nào trả lời.", at=at)
        return Checked(None, window(WindowKind.REVOCATION, row.issuer_name).standing(at))
    end_outage(WindowKind.REVOCATION, about=row.issuer_name, at=at)
    _keep(row.pk, said, at)
    return Checked(said, Standing.WELL)


def require_signable(*, certificate_id: int, at: datetime, fetcher: Fetcher) -> Standing:
    """Kiểm tra trước khi ký: returns WELL, or GOING_ON when nobody could say whether it is revoked.

    Raises RuleBroken for a certificate that is revoked, ended or not yet good, TrustStoppedError when nobody has
    answered for longer than the window allows.
    """
    checked = check_revocation(certificate_id=certificate_id, at=at, fetcher=fetcher)
    row = Certificate.objects.get(pk=certificate_id)
    if row.is_revoked(at):
        raise RuleBroken(Problem("certificate_revoked", f"Chứng thư đã bị thu hồi lúc {row.revoked_at:%d/%m/%Y}."))
    if not row.is_good(at):
        raise RuleBroken(Problem("certificate_ended", "Chứng thư đã hết hạn hoặc chưa có hiệu lực."))
    if checked.standing is Standing.STOPPED:
        raise TrustStoppedError("Không kiểm tra được thu hồi quá thời gian được ký tiếp.")
    return checked.standing


@transaction.atomic
def note_revoked(*, actor: Actor, certificate_id: int, revoked_at: datetime, reason: str, at: datetime) -> Certificate:
    """Ghi nhận chứng thư bị thu hồi: from that moment nobody signs with it. The earliest moment stays."""
    row = Certificate.objects.select_for_update().get(pk=certificate_id)
    if row.revoked_at is not None and row.revoked_at <= revoked_at:
        return row
    row.revoked_at, row.revoked_reason = revoked_at, reason
    row.save(update_fields=["revoked_at", "revoked_reason"])
    data = {"serial": row.serial, "revoked_at": revoked_at.isoformat(), "reason": reason}
    record(actor, "certificate.revoked", row, at=at, data=data)
    emit(CertificateRevoked(certificate_id=row.pk), at=at)
    return row


def _keep(certificate_id: int, said: Said, at: datetime) -> None:
    Certificate.objects.filter(pk=certificate_id).update(checked_at=at)
    if said.revoked_at is not None:
        note_revoked(actor=SYSTEM, certificate_id=certificate_id, revoked_at=said.revoked_at, reason=said.reason, at=at)


def _ask(row: Certificate, facts: CertificateFacts, fetcher: Fetcher, at: datetime) -> Said | None:
    own, issuer = x509.load_der_x509_certificate(bytes(row.content)), _issuer_of(row)
    if issuer is None:
        return None
    question = ocsp_question(own, issuer)
    for url in facts.ocsp:
        answer = fetcher.ocsp(url, question)
        if answer is not None and (said := of_ocsp(answer, own, issuer, at=at)) is not None:
            return said
    for url in facts.crl:
        listed = fetcher.crl(url)
        if listed is not None and (said := of_crl(listed, own, issuer, at=at)) is not None:
            return said
    return None


def _issuer_of(row: Certificate) -> x509.Certificate | None:
    """The certificate above: as registered, or one the trust store knows."""
    own = x509.load_der_x509_certificate(bytes(row.content))
    store = house_store()
    above = [*map(bytes, row.chain), *store.intermediates, *(one.certificate for one in store.anchors)]
    for der in above:
        found = x509.load_der_x509_certificate(der)
        if found.subject == own.issuer:
            return found
    return None
