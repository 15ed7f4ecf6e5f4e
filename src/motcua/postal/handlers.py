"""What follows from what happened: orders for sealed results, news for the citizen and the desk."""

from datetime import datetime

from motcua.agencies.terms import Right
from motcua.dossiers import events as dossiers
from motcua.dossiers.handlers.telling import (
    News,
    dossier_of,
    procedure_words,
    tell_applicants,
    tell_officers,
    tell_unit,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import ResultChannel, Status
from motcua.identity.queries import holders_of
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import MotCuaError
from motcua.notifications.terms import NoticeKind
from motcua.postal import events
from motcua.postal.actions.cancel import cancel_needless
from motcua.postal.actions.register import Contact, register_order
from motcua.postal.models import PostalOrder
from motcua.postal.queries import owed_by
from motcua.postal.terms import Direction, OrderState


def on_result_ready(event: dossiers.DossierEvent, at: datetime) -> None:
    """The result is sealed (or approved where nobody seals) and the applicant wants it by post: an order is made."""
    dossier = dossier_of(event)
    ready = dossier.status == Status.FINISHED and not dossier.step.forward
    if not ready or dossier.result_channel != ResultChannel.POST or _ordered_since(dossier):
        return
    contact, money = Contact(address=dossier.result_place), owed_by(dossier)
    direction = Direction.DELIVERY
    try:
        register_order(
            actor=SYSTEM, dossier_id=dossier.pk, direction=direction, contact=contact, at=at, cod_amount=money
        )
    except MotCuaError:
        # No post office here, or no telephone: the desk sees it in its list and calls the citizen.
        return


def on_dossier_over(event: dossiers.DossierEvent, at: datetime) -> None:
    """The dossier ended: what had not begun to travel need not."""
    cancel_needless(dossier_id=event.dossier_id, at=at)


def on_registered(event: events.PostalOrderRegistered, at: datetime) -> None:
    """An order: the post office gets work, the citizen knows who comes."""
    order, dossier = _order(event), dossier_of(event)
    subject, lines = _registered_words(order, dossier)
    news = News(kind=NoticeKind.PROGRESS, subject=subject, lines=lines)
    tell_applicants(dossier, news, event, at)
    if order.state == OrderState.REGISTERED:
        unit_id, right = (
            (order.office_id, Right.POST_OFFICE)
            if order.direction == Direction.PICK_UP
            else (order.desk_id, Right.RECEIVE)
        )
        what = "Cần đi gom" if order.direction == Direction.PICK_UP else "Cần giao bưu điện"
        work = News(
            kind=NoticeKind.WORK,
            subject=f"{what}: hồ sơ {event.code}",
            lines=(f"{order.contact_name}, {order.contact_phone}, {order.address}.", order.note),
        )
        tell_officers([one.pk for one in holders_of(right, unit_id, on=at)], work, event, at)


def on_moved(event: events.PostalOrderMoved, at: datetime) -> None:
    """The order went on: the citizen reads where it is, the desk what comes back."""
    order, dossier = _order(event), dossier_of(event)
    said = _WORDS.get(OrderState(event.state))
    if said is not None:
        subject, line = said
        lines = (
            line.format(office=order.office.name, desk=order.desk.name, what=procedure_words(dossier)),
            f"Lý do: {event.note}" if event.note else "",
            f"Mã vận đơn: {order.waybill}." if order.waybill else "",
        )
        kind = NoticeKind.ACTION if event.state in _NEEDS_ANSWER else NoticeKind.PROGRESS
        news = News(kind=kind, subject=f"{subject} – hồ sơ {event.code}", lines=lines)
        tell_applicants(dossier, news, event, at)
    if event.state == OrderState.BACK:
        told = (f"Bưu điện đã chuyển hoàn kết quả sau {order.undelivered_count} lần phát.", order.last_reason)
        work = News(kind=NoticeKind.WORK, subject=f"Kết quả chuyển hoàn: hồ sơ {event.code}", lines=told)
        tell_unit(order.desk_id, Right.RECEIVE, work, event, at)


def on_waybill_given(event: events.WaybillGiven, at: datetime) -> None:
    """The parcel has a number: the citizen can follow it."""
    dossier = dossier_of(event)
    line = f"Bưu gửi của hồ sơ {procedure_words(dossier)} có mã vận đơn {event.waybill}; dùng mã này để hỏi bưu điện."
    news = News(kind=NoticeKind.INFORMATION, subject=f"Mã vận đơn của hồ sơ {event.code}", lines=(line,))
    tell_applicants(dossier, news, event, at)


_NEEDS_ANSWER = frozenset({OrderState.UNDELIVERED, OrderState.BACK})
_WORDS = {
    OrderState.COLLECTING: ("Bưu điện đang đến lấy hồ sơ", "Nhân viên {office} đang đến lấy giấy tờ của hồ sơ {what}."),
    OrderState.HANDED_IN: ("Giấy tờ đã đến Bộ phận Một cửa", "{desk} đã nhận giấy tờ của hồ sơ {what}."),
    OrderState.CANCELLED: ("Đã hủy đơn bưu chính", "Đơn bưu chính của hồ sơ {what} đã hủy."),
    OrderState.HANDED_TO_POST: ("Kết quả đã giao cho bưu điện", "{office} đã nhận kết quả của hồ sơ {what} để phát."),
    OrderState.ON_THE_WAY: (
        "Kết quả đang trên đường phát",
        "Nhân viên {office} đang mang kết quả hồ sơ {what} đến. Hãy chuẩn bị giấy tờ tùy thân.",
    ),
    OrderState.UNDELIVERED: ("Chưa phát được kết quả", "{office} chưa phát được kết quả của hồ sơ {what}."),
    OrderState.BACK: ("Kết quả đã về Bộ phận Một cửa", "Mời ông/bà đến {desk} nhận kết quả của hồ sơ {what}."),
}


def _registered_words(order: PostalOrder, dossier: Dossier) -> tuple[str, tuple[str, ...]]:
    about = procedure_words(dossier)
    if order.state == OrderState.COLLECTING:
        line = f"{order.office.name} đã nhận giấy tờ của hồ sơ {about} và sẽ chuyển đến {order.desk.name}."
        return f"Bưu điện đã nhận hồ sơ {dossier.code}", (line,)
    if order.direction == Direction.PICK_UP:
        line = f"{order.office.name} sẽ đến lấy giấy tờ của hồ sơ {about} tại: {order.address}."
        return f"Đã đăng ký gom hồ sơ {dossier.code}", (line,)
    cod = f"{order.cod_amount:,}".replace(",", ".")
    lines = (
        f"Kết quả hồ sơ {about} sẽ được {order.office.name} phát đến: {order.address}.",
        f"Số tiền phải trả khi nhận: {cod} đồng." if order.cod_amount else "",
    )
    return f"Kết quả hồ sơ {dossier.code} sẽ gửi qua bưu điện", lines


def _order(event: events.PostalOrderRegistered | events.PostalOrderMoved) -> PostalOrder:
    return PostalOrder.objects.select_related("office", "desk").get(pk=event.order_id)


def _ordered_since(dossier: Dossier) -> bool:
    """Whether an order was made for this result already (handlers may be called twice)."""
    orders = PostalOrder.objects.filter(dossier=dossier, direction=Direction.DELIVERY)
    sealed_at = dossier.result.sealed_at or dossier.result.approved_at
    return orders.filter(registered_at__gte=sealed_at).exists()
