"""Miễn, giảm phí, lệ phí."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.charging import bill_of_dossier, line_of_bill
from motcua.dossiers.events_money import ChargeWaived
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.text import clean
from motcua.payments.actions.correct import waive
from motcua.payments.queries.standing import left_of_line
from motcua.payments.rules.ledger import dong


@transaction.atomic
def waive_charge(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    ground: str,
    basis: str,
    line: int = 0,
    amount: int = 0,
    revision: int | None = None,
) -> Dossier:
    """Miễn, giảm phí, lệ phí: one charge, on a legal basis; `line` 0 = the first left, `amount` 0 = all of it.

    Raises Invalid, NotFound.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.WAIVE_CHARGE, at=at, revision=revision)
    ground, basis = clean(ground, keep_lines=True), clean(basis)
    bill = bill_of_dossier(dossier)
    wanted = line_of_bill(bill, line)
    amount = amount or left_of_line(wanted)
    waive(actor=actor, bill_id=bill.pk, line_id=wanted.pk, amount=amount, ground=ground, basis=basis, at=at)
    note = f"{wanted.name}: {dong(amount)}. {ground} ({basis})"
    advance(dossier, actor=actor, act=Act.WAIVE_CHARGE, at=at, note=note)
    emit(ChargeWaived(dossier_id=dossier.pk, code=dossier.code, amount=amount), at=at)
    data = {"code": dossier.code, "amount": amount, "reason": ground, "basis": basis}
    record(actor, "dossier.charge_waived", dossier, at=at, data=data)
    return dossier
