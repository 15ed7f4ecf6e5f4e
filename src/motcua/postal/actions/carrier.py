"""Gửi đơn cho hệ thống của bưu điện: claimed and answered in transactions of their own."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record
from motcua.kernel.errors import MotCuaError
from motcua.postal.actions.waybill import keep_waybill
from motcua.postal.models import PostalOrder
from motcua.postal.providers import OutgoingOrder, Placed
from motcua.postal.terms import LIVE, CarrierState, Direction

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
_MOST_DOUBLINGS = 10


@transaction.atomic
def claim_order(*, at: datetime) -> PostalOrder | None:
    """Nhận một đơn để gửi: the attempt is counted before it is made, so a crash does not repeat it at once."""
    waiting = PostalOrder.objects.filter(carrier_next_at__lte=at, state__in=sorted(LIVE))
    related = waiting.select_related("dossier__owner")
    order = related.order_by("carrier_next_at").select_for_update(of=("self",), skip_locked=True).first()
    if order is None:
        return None
    order.carrier_attempts += 1
    order.carrier_next_at = at + min(_FIRST_WAIT * 2 ** min(order.carrier_attempts, _MOST_DOUBLINGS), _LONGEST_WAIT)
    order.save(update_fields=["carrier_attempts", "carrier_next_at"])
    return order


@transaction.atomic
def keep_acceptance(*, order_id: int, placed: Placed, at: datetime) -> PostalOrder:
    """Bưu điện nhận đơn: keep the waybill it gave, when the order has none and the number is good."""
    order = PostalOrder.objects.select_related("dossier").select_for_update(of=("self",)).get(pk=order_id)
    order.carrier_state, order.carrier_error, order.carrier_next_at = CarrierState.ACCEPTED, "", None
    order.save(update_fields=["carrier_state", "carrier_error", "carrier_next_at"])
    record(SYSTEM, "postal.carrier_accepted", order, at=at, data={"code": order.dossier.code})
    if placed.waybill and order.is_live and not order.waybill:
        try:
            keep_waybill(SYSTEM, order, placed.waybill, at=max(at, order.last_act_at))
        except MotCuaError as error:
            order.carrier_error = str(error)
            order.save(update_fields=["carrier_error"])
    return order


@transaction.atomic
def keep_failure(*, order_id: int, error: str, for_good: bool, at: datetime) -> PostalOrder:
    """Bưu điện chưa nhận đơn: keep why; `for_good`: it is not sent again, the clerk goes by the sheet."""
    order = PostalOrder.objects.select_related("dossier").select_for_update(of=("self",)).get(pk=order_id)
    order.carrier_error = error[:1000]
    if for_good:
        order.carrier_state, order.carrier_next_at = CarrierState.REFUSED, None
        record(SYSTEM, "postal.carrier_refused", order, at=at, data={"code": order.dossier.code, "error": error[:1000]})
    order.save(update_fields=["carrier_error", "carrier_state", "carrier_next_at"])
    return order


def outgoing(order: PostalOrder) -> OutgoingOrder:
    """Return the order in the fields of the foreign schema; sender and receiver by its direction."""
    desk = unit_by_id(order.desk_id)
    desk_side: dict[str, Any] = {
        "province": unit_by_id(desk.path[0]).name,
        "district": unit_by_id(desk.agency_id).name,
        "address": desk.address or desk.name,
        "name": desk.name,
        "tel": desk.phone,
        "email": "",
    }
    home: dict[str, Any] = {
        "province": order.contact_province,
        "district": order.contact_commune,
        "address": order.contact_address,
        "name": order.contact_name,
        "tel": order.contact_phone,
        "email": order.contact_email,
    }
    sender, receiver = (home, desk_side) if order.direction == Direction.PICK_UP else (desk_side, home)
    code = order.dossier.code
    return OutgoingOrder(
        customer_code=settings.POST_CUSTOMER,
        order_number=code,
        item_code=order.waybill,
        cod_amount=order.cod_amount,
        sender_desc=order.note,
        description=f"{Direction(order.direction).label} {code} ({order.pk})",
        **{f"sender_{key}": value for key, value in sender.items()},
        **{f"receiver_{key}": value for key, value in receiver.items()},
    )
