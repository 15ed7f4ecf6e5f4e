"""Yêu cầu thực hiện nghĩa vụ tài chính."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.events_clock import ObligationRequested
from motcua.dossiers.models import Dossier, Obligation, Suspension
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.causes import Notice, notice_problems
from motcua.dossiers.terms import Act, AttachmentPurpose, Status, SuspensionKind
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def request_obligation(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    notice: Notice,
    file: FileRef | None = None,
    revision: int | None = None,
) -> Dossier:
    """Yêu cầu nghĩa vụ tài chính: the applicant is told what to pay by which notice; the clock stands still.

    For rooms above (payments, land) as for officers. Raises Invalid with everything that is wrong with the notice.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REQUEST_OBLIGATION, at=at, revision=revision)
    notice = _tidy(notice)
    problems = notice_problems(notice, today=at.astimezone(VIET_NAM).date())
    if problems or notice.on is None:
        raise Invalid(problems)
    obligation = Obligation.objects.create(
        dossier=dossier,
        number=dossier.obligations.count() + 1,
        title=notice.title,
        amount=notice.amount,
        notice_number=notice.number,
        notice_on=notice.on,
        pay_until=notice.pay_until,
        pay_at=notice.pay_at,
        attachment=attach(actor, dossier, file, purpose=AttachmentPurpose.NOTICE, at=at) if file else None,
        requested_at=at,
        requested_by_id=actor.account_id,
        requested_by_name=actor.name,
        due_before=dossier.due_at,
    )
    Suspension.objects.create(dossier=dossier, kind=SuspensionKind.OBLIGATION, since=at)
    money = f"{notice.amount:,}".replace(",", ".")
    note = f"{notice.title}: {money} đồng, thông báo số {notice.number} ngày {notice.on:%d/%m/%Y}"
    status = Status.OBLIGATION_REQUESTED
    advance(dossier, actor=actor, act=Act.REQUEST_OBLIGATION, at=at, status=status, note=note)
    emit(ObligationRequested(dossier_id=dossier.pk, code=dossier.code, number=obligation.number), at=at)
    data = {"code": dossier.code, "title": notice.title, "amount": notice.amount, "notice": notice.number}
    record(actor, "dossier.obligation_requested", dossier, at=at, data=data)
    return dossier


def _tidy(notice: Notice) -> Notice:
    return Notice(
        title=clean(notice.title),
        amount=notice.amount,
        number=clean(notice.number),
        on=notice.on,
        pay_until=notice.pay_until,
        pay_at=clean(notice.pay_at),
    )
