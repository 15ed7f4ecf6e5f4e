"""Yêu cầu nộp phí, lệ phí."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.charging import bill_of_dossier
from motcua.dossiers.events_money import PaymentRequested
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.payments.actions.charge import request_payment as note_request
from motcua.payments.queries.standing import standing_of_bill
from motcua.payments.rules.ledger import dong


@transaction.atomic
def request_payment(*, actor: Actor, dossier_id: int, at: datetime, revision: int | None = None) -> Dossier:
    """Yêu cầu nộp phí, lệ phí: tell the applicant what to pay and how; the clock runs on."""
    dossier = lock_dossier(actor, dossier_id, to=Act.REQUEST_PAYMENT, at=at, revision=revision)
    bill = note_request(actor=actor, bill_id=bill_of_dossier(dossier).pk, at=at)
    owed = standing_of_bill(bill).owed
    advance(dossier, actor=actor, act=Act.REQUEST_PAYMENT, at=at, note=f"Còn phải nộp {dong(owed)}")
    emit(PaymentRequested(dossier_id=dossier.pk, code=dossier.code, owed=owed), at=at)
    record(actor, "dossier.payment_requested", dossier, at=at, data={"code": dossier.code, "owed": owed})
    return dossier
