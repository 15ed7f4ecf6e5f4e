"""Phát kết quả đến tay người dân."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.collect_cash import collect_cash
from motcua.dossiers.actions.deliver_result import Collection, deliver_result
from motcua.dossiers.rules.application import FileRef
from motcua.files.actions.hold import hold
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import Method
from motcua.postal.access import in_trust, lock_order
from motcua.postal.actions.change import move_order, refuse_change
from motcua.postal.actions.money import Payer, take_money
from motcua.postal.models import PostalOrder
from motcua.postal.queries import owed_by, to_collect
from motcua.postal.rules.orders import reason_problems
from motcua.postal.terms import OrderState, Purpose


@transaction.atomic
def set_out(*, actor: Actor, order_id: int, at: datetime) -> PostalOrder:
    """Đi phát: the post clerk carries the result to the citizen, for the first time or again."""
    order = lock_order(actor, order_id, at=at, by_post=True)
    refuse_change(order, OrderState.ON_THE_WAY)
    return move_order(actor, order, OrderState.ON_THE_WAY, at=at)


@transaction.atomic
def deliver_order(
    *,
    actor: Actor,
    order_id: int,
    collection: Collection,
    at: datetime,
    proof: FileRef | None = None,
    cod_taken: bool = False,
) -> PostalOrder:
    """Phát kết quả: into the citizen's hands, against identity and signature; the dossier ends in the same act.

    What the dossier still owes is taken at the door: a voucher of the post, the receipts of the desk. Raises Invalid
    when that was not done, or what `deliver_result` refuses.
    """
    order = lock_order(actor, order_id, at=at, by_post=True)
    refuse_change(order, OrderState.DELIVERED)
    due = to_collect(order)
    if due and not cod_taken:
        message = f"Phải thu hộ {dong(due)} trước khi giao kết quả; hãy đánh dấu đã thu."
        raise Invalid(Problem("cod_missing", message, "cod_taken"))
    clerk = in_trust(actor, order.office_id, order.desk_id)
    if due:
        payer = Payer(collection.name or order.contact_name, collection.personal_id)
        _take_at_the_door(actor, clerk, order, payer, due, at)
    deliver_result(actor=clerk, dossier_id=order.dossier_id, at=at, collection=collection)
    if proof is not None:
        hold(proof.sha256)
        order.proof_id, order.proof_name = proof.sha256, clean(proof.name)
    return move_order(actor, order, OrderState.DELIVERED, at=at, also=("proof", "proof_name", "cod_amount"))


def _take_at_the_door(actor: Actor, clerk: Actor, order: PostalOrder, payer: Payer, amount: int, at: datetime) -> None:
    """The money is in the clerk's bag for the desk, and the dossier owes nothing any more."""
    order.cod_amount = amount
    receipt = take_money(
        actor,
        order.dossier,
        office_id=order.office_id,
        for_unit_id=order.desk_id,
        purpose=Purpose.FEE,
        subject="Phí, lệ phí thu hộ khi phát kết quả",
        payer=payer,
        amount=amount,
        at=at,
    )
    if owed_by(order.dossier):
        collect_cash(
            actor=clerk,
            dossier_id=order.dossier_id,
            at=at,
            amount=amount,
            method=Method.POST,
            payer_name=payer.name,
            number=receipt.code,
        )


@transaction.atomic
def note_undelivered(*, actor: Actor, order_id: int, reason: str, at: datetime) -> PostalOrder:
    """Chưa phát được: nobody at home, wrong address …; the reason is kept, the attempts are counted."""
    order = lock_order(actor, order_id, at=at, by_post=True)
    reason = clean(reason)
    if problems := reason_problems(reason):
        raise Invalid(problems)
    refuse_change(order, OrderState.UNDELIVERED)
    order.undelivered_count += 1
    order.last_reason = reason
    also = ("undelivered_count", "last_reason")
    return move_order(actor, order, OrderState.UNDELIVERED, at=at, note=reason, also=also)
