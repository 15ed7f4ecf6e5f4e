"""Đổi trạng thái đơn: what every act on an order does at its end."""

from datetime import datetime

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import RuleBroken
from motcua.postal.events import PostalOrderMoved
from motcua.postal.models import PostalOrder
from motcua.postal.rules.orders import change_problems
from motcua.postal.terms import Direction, OrderState

#: State reached → verb of the journal.
_VERBS = {
    OrderState.COLLECTING: "postal.pick_up_started",
    OrderState.HANDED_IN: "postal.papers_handed_in",
    OrderState.CANCELLED: "postal.order_cancelled",
    OrderState.HANDED_TO_POST: "postal.result_handed_over",
    OrderState.ON_THE_WAY: "postal.set_out",
    OrderState.DELIVERED: "postal.delivered",
    OrderState.UNDELIVERED: "postal.undelivered",
    OrderState.BACK: "postal.back_at_desk",
}


def refuse_change(order: PostalOrder, to: OrderState, *, by_sheet: bool = False) -> None:
    """Raise RuleBroken when the order, locked, may not reach that state now."""
    on_sheet = order.sheet_id is not None and not by_sheet
    if problems := change_problems(Direction(order.direction), OrderState(order.state), to, on_sheet=on_sheet):
        raise RuleBroken(problems)


def move_order(
    actor: Actor, order: PostalOrder, to: OrderState, *, at: datetime, note: str = "", also: tuple[str, ...] = ()
) -> PostalOrder:
    """Đổi trạng thái: save the new state of a locked order whose change was not refused, tell and record it."""
    order.state, order.last_act_at, order.last_by_name = to, at, actor.name
    order.save(update_fields=["state", "last_act_at", "last_by_name", *also])
    code = order.dossier.code
    emit(PostalOrderMoved(dossier_id=order.dossier_id, code=code, order_id=order.pk, state=to, note=note), at=at)
    record(actor, _VERBS[to], order, at=at, data={"code": code, "state": to, "note": note})
    return order
