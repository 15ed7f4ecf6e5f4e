"""Hủy đơn bưu chính."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import SYSTEM, Actor
from motcua.kernel.errors import Invalid
from motcua.kernel.rows import Rows
from motcua.kernel.text import clean
from motcua.postal.access import lock_order
from motcua.postal.actions.change import move_order, refuse_change
from motcua.postal.models import PostalOrder
from motcua.postal.rules.orders import reason_problems
from motcua.postal.terms import OrderState


@transaction.atomic
def cancel_order(*, actor: Actor, order_id: int, reason: str, at: datetime) -> PostalOrder:
    """Hủy đơn: applicant, desk or post clerk before it goes; the post clerk also when nobody was met at the door."""
    order = lock_order(actor, order_id, at=at, by_post=False)
    reason = clean(reason)
    if problems := reason_problems(reason):
        raise Invalid(problems)
    return _cancel(actor, order, reason, at)


@transaction.atomic
def cancel_needless(*, dossier_id: int, at: datetime) -> int:
    """Hủy đơn không còn cần: the desk gave the result itself, or the dossier ended; return how many orders ended."""
    orders = _NEEDLESS(dossier=dossier_id)
    for order in orders:
        _cancel(SYSTEM, order, "Hồ sơ đã kết thúc, không còn gì để chuyển.", at)
    return len(orders)


_NEEDLESS = Rows(
    lambda dossier: (
        PostalOrder.objects.filter(dossier_id=dossier, state=OrderState.REGISTERED, sheet__isnull=True)
        .select_related("dossier")
        .select_for_update(of=("self",))
    ),
    dossier=int,
)


def _cancel(actor: Actor, order: PostalOrder, reason: str, at: datetime) -> PostalOrder:
    refuse_change(order, OrderState.CANCELLED)
    order.last_reason, order.carrier_next_at = reason, None
    also = ("last_reason", "carrier_next_at")
    return move_order(actor, order, OrderState.CANCELLED, at=at, note=reason, also=also)
