"""Ghi nhận tiền nộp: at the desk, by the post, from the bank, from the platform."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.inserting import insert
from motcua.payments.access import lock_bill
from motcua.payments.actions.entries import Scribe
from motcua.payments.actions.receipts import issue_receipts
from motcua.payments.actions.shifts import shift_for
from motcua.payments.events import PaymentBooked
from motcua.payments.models import Bill, Payment, Shift
from motcua.payments.queries.standing import owed_by_kind, standing_of_bill
from motcua.payments.rules.ledger import payment_problems, shared
from motcua.payments.terms import EntryKind, FeeKind, Method


@transaction.atomic
def take_payment(
    *,
    actor: Actor,
    bill_id: int,
    desk_id: int,
    amount: int,
    at: datetime,
    method: Method = Method.CASH,
    payer_name: str = "",
    number: str = "",
) -> Payment:
    """Thu tiền tại quầy: an officer takes what is owed or a part of it; the receipts are issued at once.

    The caller holds the subject's lock. Cash goes into the officer's open shift at the desk (opened with it).
    Raises Invalid for a sum that is not owed.
    """
    bill = lock_bill(bill_id)
    if problems := payment_problems(amount, standing_of_bill(bill)):
        raise Invalid(problems)
    shift = shift_for(actor, desk_id, at) if method == Method.CASH else None
    payment = _payment(actor, bill, amount, method, at, payer_name=payer_name, number=number, shift=shift)
    _enter(actor, bill, payment, at)
    data = {"code": bill.subject_code, "amount": amount, "method": method.value}
    record(actor, "payment.taken", bill, at=at, data=data)
    return payment


@transaction.atomic
def book_payment(
    *, actor: Actor, bill_id: int, amount: int, method: Method, source_key: str, number: str, at: datetime
) -> Payment:
    """Ghi nhận tiền đã vào tài khoản: whatever came is written down, too little or too much; a source counts once.

    Returns the payment, also when it was booked before.
    """
    bill = lock_bill(bill_id)
    before = Payment.objects.filter(source_key=source_key).first()
    if before is not None:
        return before
    payment = _payment(actor, bill, amount, method, at, source_key=source_key, number=number)
    _enter(actor, bill, payment, at)
    standing = standing_of_bill(bill)
    event = PaymentBooked(
        subject_kind=bill.subject_kind,
        subject_id=bill.subject_id,
        code=bill.subject_code,
        amount=amount,
        method=method.value,
        owed=standing.owed,
        excess=standing.excess,
    )
    emit(event, at=at)
    data = {"code": bill.subject_code, "amount": amount, "method": method.value, "number": number}
    record(actor, "payment.booked", bill, at=at, data=data)
    return payment


def _payment(
    actor: Actor,
    bill: Bill,
    amount: int,
    method: Method,
    at: datetime,
    *,
    payer_name: str = "",
    number: str = "",
    shift: Shift | None = None,
    source_key: str | None = None,
) -> Payment:
    payment = Payment(
        bill=bill,
        method=method,
        amount=amount,
        payer_name=payer_name or bill.payer_name,
        source_key=source_key,
        external_number=number,
        shift=shift,
        taken_by_id=actor.account_id,
        taken_by_name=actor.name,
        at=at,
    )
    return insert(payment)


def _enter(actor: Actor, bill: Bill, payment: Payment, at: datetime) -> None:
    """Share the payment between the kinds owed and issue a receipt for each; what is too much waits to go back."""
    parts, excess = shared(payment.amount, owed_by_kind(bill))
    scribe, shift = Scribe(bill, actor, at), payment.shift
    for kind, part in parts:
        scribe.write(EntryKind.PAID, -part, fee_kind=kind, payment=payment, shift=shift)
    if excess:
        last = parts[-1][0] if parts else FeeKind.FEE
        scribe.write(EntryKind.PAID, -excess, fee_kind=last, payment=payment, shift=shift, is_excess=True)
    issue_receipts(actor, bill, payment, parts, at=at)
