"""Hoàn phí, lệ phí."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.charging import bill_of_dossier, cash_desk_of
from motcua.dossiers.events_money import ChargeRefunded
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.payments.actions.correct import Refund, cancel_line, refund
from motcua.payments.queries.standing import left_of_line, standing_of_bill
from motcua.payments.rules.ledger import dong


@transaction.atomic
def refund_charge(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    refunded: Refund,
    amount: int = 0,
    cancel: bool = False,
    revision: int | None = None,
) -> Dossier:
    """Hoàn phí, lệ phí: give back what was paid too much; with `cancel` the charges end and all of it goes back.

    `amount` 0 = everything that is too much then. Raises Invalid with every problem.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REFUND_CHARGE, at=at, revision=revision)
    said = replace(
        refunded,
        to_name=clean(refunded.to_name) or dossier.submitter.name,
        reason=clean(refunded.reason, keep_lines=True),
        account=clean(refunded.account),
        bank=clean(refunded.bank),
    )
    if not said.reason:
        raise Invalid(Problem("required", "Hãy ghi lý do hoàn tiền.", "reason"))
    bill = bill_of_dossier(dossier)
    if cancel:
        for line in [one for one in bill.lines.order_by("number") if left_of_line(one)]:
            cancel_line(actor=actor, bill_id=bill.pk, line_id=line.pk, reason=said.reason, at=at)
    amount = amount or standing_of_bill(bill).excess
    desk_id = cash_desk_of(actor, dossier)
    refund(actor=actor, bill_id=bill.pk, desk_id=desk_id, amount=amount, refunded=said, at=at)
    note = f"{dong(amount)} cho {said.to_name}. {said.reason}"
    advance(dossier, actor=actor, act=Act.REFUND_CHARGE, at=at, note=note)
    emit(ChargeRefunded(dossier_id=dossier.pk, code=dossier.code, amount=amount, to_name=said.to_name), at=at)
    data = {"code": dossier.code, "amount": amount, "to_name": said.to_name, "reason": said.reason}
    record(actor, "dossier.charge_refunded", dossier, at=at, data=data)
    return dossier
