"""One order: where it is, what may be done now, what happened to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.terms import Right
from motcua.dossiers.actions.deliver_result import Collection
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Collector
from motcua.files.actions.store import store_upload
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.journal.queries import entries_about
from motcua.kernel.errors import NotFound, Problem
from motcua.postal.access import get_order
from motcua.postal.actions.cancel import cancel_order
from motcua.postal.actions.deliver import deliver_order, note_undelivered, set_out
from motcua.postal.actions.pick_up import collect_papers, start_pick_up
from motcua.postal.actions.register import Contact, register_order
from motcua.postal.actions.waybill import give_waybill, withdraw_waybill
from motcua.postal.models import PostalOrder
from motcua.postal.queries import to_collect
from motcua.postal.terms import ACT_WORDS, Direction, OrderState
from motcua.sites.kit.thread import Link
from motcua.sites.office.acting import Done, Frame, form_page
from motcua.sites.office.forms import OfficeForm, bound_to
from motcua.sites.office.shell import office_page
from motcua.sites.post.forms import DeliverOrderForm, PlainForm, ReasonForm, WaybillForm

Fits = Callable[[PostalOrder], bool]
Perform = Callable[[Actor, PostalOrder, OfficeForm, datetime], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on an order: its words, when its button shows, its form, what it does. `by`: whose right."""

    label: str
    fits: Fits
    perform: Perform
    form: type[OfficeForm] = PlainForm
    by: tuple[Right, ...] = (Right.POST_OFFICE,)
    danger: bool = False
    lead: str = ""


def _in(*states: OrderState) -> Fits:
    return lambda order: order.state in states and order.sheet_id is None


def _said(form: OfficeForm, name: str) -> str:
    return str(form.cleaned_data[name])


def _deliver(actor: Actor, order: PostalOrder, form: OfficeForm, at: datetime) -> object:
    said = form.cleaned_data
    proof = None
    if said["proof"]:
        kept = store_upload(actor, said["proof"], name=said["proof"].name, at=at)
        proof = FileRef(kept.sha256, kept.name)
    collection = Collection(
        Collector(said["collector"]),
        name=said["name"],
        personal_id=said["personal_id"],
        proxy_paper=said["proxy_paper"],
        signed_by_hand=said["signed_by_hand"],
        note=said["note"],
    )
    taken = bool(said.get("cod_taken"))
    return deliver_order(actor=actor, order_id=order.pk, collection=collection, at=at, proof=proof, cod_taken=taken)


def _again(actor: Actor, order: PostalOrder, _form: OfficeForm, at: datetime) -> object:
    contact = Contact(
        address=order.contact_address,
        name=order.contact_name,
        phone=order.contact_phone,
        email=order.contact_email,
        commune=order.contact_commune,
        province=order.contact_province,
    )
    return register_order(
        actor=actor,
        dossier_id=order.dossier_id,
        direction=Direction.DELIVERY,
        contact=contact,
        at=at,
        cod_amount=order.cod_amount,
    )


DEEDS: dict[str, Deed] = {
    "di-gom": Deed(
        "Đi gom hồ sơ",
        lambda order: order.direction == Direction.PICK_UP and order.state == OrderState.REGISTERED,
        lambda actor, order, _form, at: start_pick_up(actor=actor, order_id=order.pk, at=at),
    ),
    "da-lay": Deed(
        "Đã lấy hồ sơ",
        lambda order: order.state == OrderState.COLLECTING and order.collected_at is None,
        lambda actor, order, _form, at: collect_papers(actor=actor, order_id=order.pk, at=at),
        lead="Đối chiếu giấy tờ với phiếu của người dân trước khi nhận.",
    ),
    "di-phat": Deed(
        "Đi phát",
        _in(OrderState.HANDED_TO_POST, OrderState.UNDELIVERED),
        lambda actor, order, _form, at: set_out(actor=actor, order_id=order.pk, at=at),
    ),
    "phat": Deed(
        "Giao kết quả cho người dân",
        _in(OrderState.HANDED_TO_POST, OrderState.ON_THE_WAY, OrderState.UNDELIVERED),
        _deliver,
        form=DeliverOrderForm,
        lead="Kiểm tra giấy tờ tùy thân của người nhận. Hồ sơ kết thúc khi đã giao kết quả.",
    ),
    "chua-phat-duoc": Deed(
        "Chưa phát được",
        _in(OrderState.ON_THE_WAY),
        lambda actor, order, form, at: note_undelivered(
            actor=actor, order_id=order.pk, reason=_said(form, "reason"), at=at
        ),
        form=ReasonForm,
    ),
    "gan-van-don": Deed(
        "Gán mã vận đơn",
        lambda order: order.is_live and not order.waybill,
        lambda actor, order, form, at: give_waybill(
            actor=actor, order_id=order.pk, waybill=_said(form, "waybill"), at=at
        ),
        form=WaybillForm,
    ),
    "thu-hoi-van-don": Deed(
        "Thu hồi mã vận đơn",
        lambda order: order.is_live and bool(order.waybill),
        lambda actor, order, form, at: withdraw_waybill(
            actor=actor, order_id=order.pk, reason=_said(form, "reason"), at=at
        ),
        form=ReasonForm,
        danger=True,
    ),
    "gui-lai": Deed(
        "Gửi lại qua bưu điện",
        lambda order: order.state == OrderState.BACK and not hasattr(order.dossier, "delivery"),
        _again,
        by=(Right.RECEIVE,),
        lead="Lập đơn phát mới với cùng địa chỉ; kết quả sang bưu điện theo bảng kê tiếp theo.",
    ),
    "huy": Deed(
        "Hủy đơn",
        _in(OrderState.REGISTERED, OrderState.COLLECTING),
        lambda actor, order, form, at: cancel_order(
            actor=actor, order_id=order.pk, reason=_said(form, "reason"), at=at
        ),
        form=ReasonForm,
        by=(Right.POST_OFFICE, Right.RECEIVE),
        danger=True,
    ),
}


@require_safe
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """`GET /buu-chinh/don/<id>/`: the order, its acts, its history."""
    actor = actor_in(request)
    found = get_order(actor, order_id)
    buttons = [
        {"label": deed.label, "danger": deed.danger, "url": reverse("post:order_act", args=[found.pk, slug])}
        for slug, deed in DEEDS.items()
        if deed.fits(found) and _has(actor, found, deed)
    ]
    context = {
        "order": found,
        "buttons": buttons,
        "entries": list(entries_about(found)),
        "words": ACT_WORDS,
        "due": to_collect(found) if found.is_live else found.cod_amount,
    }
    return office_page(request, "post/order.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, order_id: int, slug: str) -> HttpResponse:
    """`GET` and `POST /buu-chinh/don/<id>/<act>/`: the form of one act, and the act."""
    actor, at = actor_in(request), timezone.now()
    found, deed = get_order(actor, order_id), DEEDS.get(slug)
    if deed is None:
        raise NotFound(Problem("no_page", "Không có việc này với đơn bưu chính."))
    bound = bound_to(request)
    form = DeliverOrderForm(found, **bound) if deed.form is DeliverOrderForm else deed.form(**bound)
    url = reverse("post:order", args=[found.pk])

    def perform() -> Done:
        deed.perform(actor, found, form, at)
        return Done(f"{deed.label}: hồ sơ {found.dossier.code} đã ghi.", url)

    frame = Frame(
        title=f"{deed.label} – {found.dossier.code}",
        button=deed.label,
        back=[Link("Đơn bưu chính", url)],
        lead=deed.lead or f"{found.contact_name}, {found.contact_phone}, {found.address}.",
        danger=deed.danger,
    )
    return form_page(request, form, perform, frame)


def _has(actor: Actor, found: PostalOrder, deed: Deed) -> bool:
    places: dict[Right, int] = {Right.POST_OFFICE: found.office_id, Right.RECEIVE: found.desk_id}
    return any(actor.has(right, unit_id=places[right]) for right in deed.by)
