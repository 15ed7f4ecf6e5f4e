"""Thu phí, lệ phí tại quầy."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.charging import bill_of_dossier, cash_desk_of
from motcua.dossiers.events_money import PaymentCollected
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.payments.actions.settle import take_payment
from motcua.payments.queries.standing import standing_of_bill
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import Method

#: What an officer may write down by hand; bank and platform speak for themselves.
BY_HAND = frozenset({Method.CASH, Method.POST})


@transaction.atomic
def collect_cash(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    amount: int = 0,
    method: Method = Method.CASH,
    payer_name: str = "",
    number: str = "",
    revision: int | None = None,
) -> Dossier:
    """Thu phí, lệ phí: cash goes into the cashier's drawer, receipts are issued; `amount` 0 = all that is owed.

    `method` post: the postman collected it, `number` is that of the order. Raises Invalid.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.COLLECT_CASH, at=at, revision=revision)
    if method not in BY_HAND:
        raise Invalid(Problem("method", "Tại quầy chỉ ghi tiền mặt hoặc bưu chính thu hộ.", "method"))
    bill = bill_of_dossier(dossier)
    payment = take_payment(
        actor=actor,
        bill_id=bill.pk,
        desk_id=cash_desk_of(actor, dossier),
        amount=amount or standing_of_bill(bill).owed,
        at=at,
        method=method,
        payer_name=clean(payer_name),
        number=clean(number),
    )
    owed = standing_of_bill(bill).owed
    advance(dossier, actor=actor, act=Act.COLLECT_CASH, at=at, note=f"{method.label}: {dong(payment.amount)}")
    event = PaymentCollected(dossier_id=dossier.pk, code=dossier.code, amount=payment.amount, owed=owed)
    emit(event, at=at)
    data = {"code": dossier.code, "amount": payment.amount, "method": method.value}
    record(actor, "dossier.payment_collected", dossier, at=at, data=data)
    return dossier
