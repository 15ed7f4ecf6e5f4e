"""Đi gom hồ sơ tại nhà dân."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Problem, RuleBroken
from motcua.postal.access import lock_order
from motcua.postal.actions.change import move_order, refuse_change
from motcua.postal.models import PostalOrder
from motcua.postal.terms import OrderState


@transaction.atomic
def start_pick_up(*, actor: Actor, order_id: int, at: datetime) -> PostalOrder:
    """Đi gom hồ sơ: the post clerk sets out to the citizen."""
    order = lock_order(actor, order_id, at=at, by_post=True)
    refuse_change(order, OrderState.COLLECTING)
    return move_order(actor, order, OrderState.COLLECTING, at=at)


@transaction.atomic
def collect_papers(*, actor: Actor, order_id: int, at: datetime) -> PostalOrder:
    """Lấy được hồ sơ: the papers are in the post clerk's hands; they go to the desk with the next sheet."""
    order = lock_order(actor, order_id, at=at, by_post=True)
    if order.state != OrderState.COLLECTING or order.collected_at is not None:
        raise RuleBroken(Problem("order_state", "Chỉ ghi đã lấy hồ sơ khi đang đi gom và chưa lấy được."))
    order.collected_at = order.last_act_at = at
    order.last_by_name = actor.name
    order.save(update_fields=["collected_at", "last_act_at", "last_by_name"])
    record(actor, "postal.papers_collected", order, at=at, data={"code": order.dossier.code})
    return order
