"""Thêm khoản thu."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.charging import add_charges
from motcua.dossiers.events_money import ChargeAdded
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import Charge


@transaction.atomic
def add_charge(
    *, actor: Actor, dossier_id: int, at: datetime, charges: Sequence[Charge], revision: int | None = None
) -> Dossier:
    """Thêm khoản thu: what the case's fees did not say, or only with the number of pages and copies.

    Raises Invalid with every problem.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.ADD_CHARGE, at=at, revision=revision)
    if not charges:
        raise Invalid(Problem("required", "Hãy ghi ít nhất một khoản thu.", "name"))
    charges = [replace(one, name=clean(one.name), per=clean(one.per), reason=clean(one.reason)) for one in charges]
    add_charges(actor, dossier, charges, at=at)
    amount = sum(one.amount for one in charges)
    advance(dossier, actor=actor, act=Act.ADD_CHARGE, at=at, note=f"{charges[0].name}: {dong(amount)}")
    emit(ChargeAdded(dossier_id=dossier.pk, code=dossier.code, amount=amount), at=at)
    record(actor, "dossier.charge_added", dossier, at=at, data={"code": dossier.code, "amount": amount})
    return dossier
