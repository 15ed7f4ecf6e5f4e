"""Lập khoản phải nộp."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid
from motcua.kernel.inserting import insert
from motcua.payments.access import lock_bill
from motcua.payments.actions.entries import Scribe
from motcua.payments.models import Bill, BillLine
from motcua.payments.rules.ledger import charge_problems
from motcua.payments.rules.references import reference_of
from motcua.payments.terms import Charge, EntryKind, Payer, Subject


@transaction.atomic
def charge(
    *,
    actor: Actor,
    subject: Subject,
    unit_id: int,
    desk_id: int,
    payer: Payer,
    what: str,
    charges: Sequence[Charge],
    at: datetime,
) -> Bill:
    """Lập khoản phải nộp: the subject owes these charges to the unit; the bill is opened with the first of them.

    The caller holds the subject's lock. Raises Invalid with every problem of the charges.
    """
    if problems := charge_problems(charges):
        raise Invalid(problems)
    bill = Bill.objects.select_for_update().filter(subject_kind=subject.kind, subject_id=subject.id).first()
    is_new = bill is None
    if bill is None:
        bill = insert(_new_bill(subject, unit_id, desk_id, payer, what, at))
    last = bill.lines.aggregate(last=Max("number"))["last"] or 0
    scribe = Scribe(bill, actor, at)
    for number, one in enumerate(charges, start=last + 1):
        line = insert(_line(bill, number, one))
        scribe.write(EntryKind.DUE, one.amount, fee_kind=one.kind, when=one.when, line=line, reason=one.reason)
    said = [{"name": one.name, "amount": one.amount, "kind": one.kind.value} for one in charges]
    data = {"code": subject.code, "charges": said}
    record(actor, "payment.charged", bill, at=at, data=data, is_new=is_new)
    return bill


@transaction.atomic
def request_payment(*, actor: Actor, bill_id: int, at: datetime) -> Bill:
    """Yêu cầu nộp: note that the payer was asked; the bill waits for payment from now."""
    bill = lock_bill(bill_id)
    bill.requested_at = at
    bill.save(update_fields=["requested_at"])
    record(actor, "payment.requested", bill, at=at, data={"code": bill.subject_code})
    return bill


def _new_bill(subject: Subject, unit_id: int, desk_id: int, payer: Payer, what: str, at: datetime) -> Bill:
    return Bill(
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_code=subject.code,
        what=what,
        unit_id=unit_id,
        desk_id=desk_id,
        payer_name=payer.name,
        payer_address=payer.address,
        payer_number=payer.number,
        reference=reference_of(subject.code),
        opened_at=at,
    )


def _line(bill: Bill, number: int, one: Charge) -> BillLine:
    return BillLine(
        bill=bill,
        number=number,
        kind=one.kind,
        name=one.name,
        unit_price=one.unit_price,
        quantity=one.quantity,
        per=one.per,
        when=one.when,
        reason=one.reason,
    )
