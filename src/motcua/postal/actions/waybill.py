"""Gán, thu hồi mã vận đơn."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, Problem, RuleBroken
from motcua.kernel.text import clean
from motcua.postal.access import lock_order
from motcua.postal.events import WaybillGiven
from motcua.postal.models import PostalOrder
from motcua.postal.rules.orders import reason_problems, waybill_problems


@transaction.atomic
def give_waybill(*, actor: Actor, order_id: int, waybill: str, at: datetime) -> PostalOrder:
    """Gán mã vận đơn: the number the parcel carries; raises Invalid, Conflict when another order has it."""
    order = lock_order(actor, order_id, at=at, by_post=True)
    if not order.is_live or order.waybill:
        message = "Đơn đã có mã vận đơn hoặc đã kết thúc; hãy thu hồi mã cũ trước."
        raise RuleBroken(Problem("has_waybill", message, "waybill"))
    return keep_waybill(actor, order, waybill, at=at)


def keep_waybill(actor: Actor, order: PostalOrder, waybill: str, *, at: datetime) -> PostalOrder:
    """Write the waybill of a locked order; raises Invalid, Conflict."""
    waybill = clean(waybill).replace(" ", "").upper()
    if problems := waybill_problems(waybill):
        raise Invalid(problems)
    if PostalOrder.objects.filter(waybill=waybill).exists():
        raise Conflict(Problem("waybill_taken", f"Mã vận đơn {waybill} đã gán cho đơn khác.", "waybill"))
    order.waybill, order.last_act_at, order.last_by_name = waybill, at, actor.name
    order.save(update_fields=["waybill", "last_act_at", "last_by_name"])
    code = order.dossier.code
    emit(WaybillGiven(dossier_id=order.dossier_id, code=code, order_id=order.pk, waybill=waybill), at=at)
    record(actor, "postal.waybill_given", order, at=at, data={"code": code, "waybill": waybill})
    return order


@transaction.atomic
def withdraw_waybill(*, actor: Actor, order_id: int, reason: str, at: datetime) -> PostalOrder:
    """Thu hồi mã vận đơn given by mistake; the journal keeps the old one."""
    order = lock_order(actor, order_id, at=at, by_post=True)
    reason = clean(reason)
    if problems := reason_problems(reason):
        raise Invalid(problems)
    if not order.is_live or not order.waybill:
        raise RuleBroken(Problem("no_waybill", "Đơn không có mã vận đơn nào thu hồi được."))
    before, order.waybill = order.waybill, ""
    order.last_act_at, order.last_by_name = at, actor.name
    order.save(update_fields=["waybill", "last_act_at", "last_by_name"])
    data = {"code": order.dossier.code, "waybill": before, "reason": reason}
    record(actor, "postal.waybill_withdrawn", order, at=at, data=data)
    return order
