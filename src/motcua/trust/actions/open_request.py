"""Đề nghị cấp, gia hạn, thu hồi chứng thư số."""

from datetime import datetime

from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from motcua.agencies.access import require_admin
from motcua.agencies.queries import unit as unit_by_id
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Conflict, Invalid, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.trust.access import lock_certificate, lock_request
from motcua.trust.actions.register_certificate import HolderIds
from motcua.trust.models import Certificate, CertificateRequest
from motcua.trust.providers.ca import authorities
from motcua.trust.terms import REVOCATION_REASONS, RequestKind, RequestState

CARRY_JOB = "trust.carry_request"


@transaction.atomic
def request_issue(*, actor: Actor, at: datetime, holder: HolderIds, authority: str, reason: str) -> CertificateRequest:
    """Đề nghị cấp mới: a first certificate for an officer or an agency. Raises NotPermitted, Invalid."""
    agency = unit_by_id(holder.agency_id)
    require_admin(actor, agency.path)
    said = _checked(authority, reason)
    row = CertificateRequest.objects.create(
        kind=RequestKind.ISSUE,
        authority=authority,
        unit_id=agency.id,
        account_id=holder.account_id,
        reason=said,
        asked_by_id=actor.account_id,
        asked_at=at,
    )
    return _opened(actor, row, at)


@transaction.atomic
def request_about(
    *,
    actor: Actor,
    at: datetime,
    kind: RequestKind,
    certificate_id: int,
    authority: str,
    reason: str,
    revocation_code: str = "",
) -> CertificateRequest:
    """Đề nghị gia hạn, thu hồi: of a certificate of the register; one open request of a kind.

    Raises NotFound, NotPermitted, Invalid, RuleBroken for one that is revoked already, Conflict.
    """
    certificate = lock_certificate(actor, certificate_id)
    said = _checked(authority, reason)
    if certificate.revoked_at is not None:
        raise RuleBroken(Problem("revoked_already", "Chứng thư này đã bị thu hồi."))
    code = revocation_code if kind == RequestKind.REVOKE else ""
    if kind == RequestKind.REVOKE and code not in REVOCATION_REASONS:
        raise Invalid(Problem("required", "Hãy chọn vì sao thu hồi.", "revocation_code"))
    try:
        with transaction.atomic():
            row = _create(certificate, kind, authority, said, code, actor, at)
    except IntegrityError as error:
        message = f"Đã có một đề nghị {kind.label.lower()} chứng thư này đang chờ."
        raise Conflict(Problem("asked_already", message)) from error
    return _opened(actor, row, at)


@transaction.atomic
def cancel_request(*, actor: Actor, at: datetime, request_id: int, reason: str) -> CertificateRequest:
    """Hủy đề nghị: nobody waits for an answer any more. Raises NotFound, NotPermitted, Invalid, RuleBroken."""
    row = lock_request(actor, request_id)
    said = clean(reason, keep_lines=True)
    if problems := reason_problems(said):
        raise Invalid(problems)
    require_open(row)
    row.state, row.settled_at, row.answer = RequestState.CANCELLED, at, said
    row.save(update_fields=["state", "settled_at", "answer"])
    record(actor, "certificate_request.cancelled", row, at=at, data={"reason": said})
    return row


def require_open(row: CertificateRequest) -> None:
    """Raise RuleBroken when the request is settled."""
    if row.settled_at is not None:
        state = RequestState(row.state).label.lower()
        raise RuleBroken(Problem("request_settled", f"Đề nghị này {state}."))


def _create(
    certificate: Certificate, kind: RequestKind, authority: str, said: str, code: str, actor: Actor, at: datetime
) -> CertificateRequest:
    return CertificateRequest.objects.create(
        kind=kind,
        authority=authority,
        unit_id=certificate.unit_id,
        account_id=certificate.account_id,
        certificate=certificate,
        reason=said,
        revocation_code=code,
        asked_by_id=actor.account_id,
        asked_at=at,
    )


def _checked(authority: str, reason: str) -> str:
    said = clean(reason, keep_lines=True)
    problems = reason_problems(said)
    if authority not in authorities():
        problems.append(Problem("no_authority", "Hãy chọn nơi nhận đề nghị.", "authority"))
    if problems:
        raise Invalid(problems)
    return said


def _opened(actor: Actor, row: CertificateRequest, at: datetime) -> CertificateRequest:
    data = {"kind": row.kind, "authority": row.authority, "reason": row.reason, "certificate": row.certificate_id}
    record(actor, "certificate_request.opened", row, at=at, data=data, is_new=True)
    app.configure_task(CARRY_JOB).defer(request_id=row.pk)
    return row
