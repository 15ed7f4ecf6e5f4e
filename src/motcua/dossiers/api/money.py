"""The acts on a dossier's money, and its bill."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field

from motcua.dossiers.access import get_visible, sees_whole
from motcua.dossiers.actions.add_charge import add_charge
from motcua.dossiers.actions.charging import KIND
from motcua.dossiers.actions.collect_cash import collect_cash
from motcua.dossiers.actions.correct_payment import correct_payment
from motcua.dossiers.actions.read_people import read_people
from motcua.dossiers.actions.refund_charge import refund_charge
from motcua.dossiers.actions.request_payment import request_payment
from motcua.dossiers.actions.waive_charge import waive_charge
from motcua.dossiers.api import kinds, shapes
from motcua.dossiers.api.answers import Json, brief, iso, moment_of, write_once
from motcua.dossiers.api.outputs import BillOut, DossierBrief
from motcua.dossiers.api.routes import router
from motcua.identity.requests import actor_in
from motcua.payments.actions.correct import Refund
from motcua.payments.queries.standing import BillView, bill_of, bill_view
from motcua.payments.terms import Charge, DueWhen, FeeKind, Method

Dong = Annotated[int, Field(strict=True, ge=0, le=100_000_000_000)]


class ChargeIn(shapes.ActIn):
    """One charge: `amount` = `unit_price` × `quantity`, đồng."""

    kind: FeeKind
    name: kinds.Line
    unit_price: Dong
    quantity: kinds.Count = 1
    per: kinds.Line = ""
    when: DueWhen = DueWhen.BEFORE
    reason: kinds.Line = ""


class CollectIn(shapes.ActIn):
    """`amount` 0 = all that is owed; `number`: that of the post's order."""

    amount: Dong = 0
    method: Literal["cash", "post"] = "cash"
    payer_name: kinds.Line = ""
    number: kinds.Line = ""


class WaiveIn(shapes.ActIn):
    """`line`: number of the charge, 0 = the first left; `amount` 0 = all of it."""

    line: kinds.Count = 0
    amount: Dong = 0
    ground: kinds.Long = ""
    basis: kinds.Line = ""


class RefundIn(shapes.ActIn):
    """`amount` 0 = all that is too much; `cancel`: end the charges first."""

    amount: Dong = 0
    cancel: kinds.StrictBool = False
    method: Literal["cash", "transfer"] = "cash"
    to_name: kinds.Line = ""
    account: kinds.Line = ""
    bank: kinds.Line = ""
    reason: kinds.Long = ""


class CorrectPaymentIn(shapes.ActIn):
    """`line`: the charge to cancel, or `entry_id`: the entry to answer with its opposite."""

    line: kinds.Count = 0
    entry_id: kinds.Number = 0
    reason: kinds.Long = ""


@router.post(
    "/dossiers/{int:dossier_id}/charges", response=DossierBrief, operation_id="add_charge", summary="Thêm khoản thu"
)
def charge(
    request: HttpRequest, dossier_id: int, body: Annotated[ChargeIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Thêm một khoản phí hoặc lệ phí phải nộp."""
    actor, at = actor_in(request), moment_of(body.at)
    one = Charge(body.kind, body.name, body.unit_price, body.quantity, body.per, body.when, body.reason)

    def act() -> Json:
        return brief(add_charge(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, charges=[one]))

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/collect",
    response=DossierBrief,
    operation_id="collect_cash",
    summary="Thu phí, lệ phí tại quầy",
)
def collect(
    request: HttpRequest, dossier_id: int, body: Annotated[CollectIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Thu tiền mặt vào ca thu của người thu, hoặc ghi bưu chính thu hộ; biên lai được lập ngay."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = collect_cash(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            amount=body.amount,
            method=Method(body.method),
            payer_name=body.payer_name,
            number=body.number,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/request-payment",
    response=DossierBrief,
    operation_id="request_payment",
    summary="Yêu cầu nộp phí, lệ phí",
)
def ask_payment(
    request: HttpRequest, dossier_id: int, body: Annotated[shapes.ActIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Báo người nộp số tiền và cách nộp; thời hạn vẫn tính."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        return brief(request_payment(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision))

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/waive", response=DossierBrief, operation_id="waive_charge", summary="Miễn, giảm"
)
def waive(
    request: HttpRequest, dossier_id: int, body: Annotated[WaiveIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Miễn, giảm một khoản thu, có lý do và căn cứ."""
    actor, at = actor_in(request), moment_of(body.at)
    said = body.model_dump(exclude={"at", "revision"})

    def act() -> Json:
        return brief(waive_charge(actor=actor, dossier_id=dossier_id, at=at, revision=body.revision, **said))

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/refund", response=DossierBrief, operation_id="refund_charge", summary="Hoàn phí, lệ phí"
)
def refund(
    request: HttpRequest, dossier_id: int, body: Annotated[RefundIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Hoàn tiền nộp thừa; với `cancel` thì hủy khoản thu và hoàn toàn bộ."""
    actor, at = actor_in(request), moment_of(body.at)
    refunded = Refund(body.to_name, body.reason, Method(body.method), body.account, body.bank)

    def act() -> Json:
        dossier = refund_charge(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            refunded=refunded,
            amount=body.amount,
            cancel=body.cancel,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.post(
    "/dossiers/{int:dossier_id}/correct-payment",
    response=DossierBrief,
    operation_id="correct_payment",
    summary="Sửa khoản thu ghi sai",
)
def put_right(
    request: HttpRequest, dossier_id: int, body: Annotated[CorrectPaymentIn, kinds.body()], key: kinds.Key
) -> HttpResponse:
    """Hủy khoản thu nhầm, hoặc ghi bút toán ngược cho bút toán sai; biên lai liên quan được đánh dấu hủy."""
    actor, at = actor_in(request), moment_of(body.at)

    def act() -> Json:
        dossier = correct_payment(
            actor=actor,
            dossier_id=dossier_id,
            at=at,
            revision=body.revision,
            reason=body.reason,
            line=body.line,
            entry_id=body.entry_id,
        )
        return brief(dossier)

    return write_once(request, key, act)


@router.get("/dossiers/{int:dossier_id}/bill", response=BillOut, operation_id="show_bill", summary="Sổ thu của hồ sơ")
def bill(request: HttpRequest, dossier_id: int, purpose: kinds.Purpose) -> Json:
    """Các khoản phải nộp, bút toán và biên lai của hồ sơ; chưa có khoản nào thì các danh sách trống."""
    actor = actor_in(request)
    dossier = get_visible(actor, dossier_id)
    if sees_whole(actor, dossier):
        read_people(actor, dossier, purpose=purpose, at=timezone.now(), field=kinds.PURPOSE_FIELD)
    found = bill_of(KIND, dossier.pk)
    return _whole(bill_view(found)) if found else {"state": "none"}


def _whole(view: BillView) -> Json:
    lines = [
        {
            "number": row.line.number,
            "kind": row.line.kind,
            "name": row.line.name,
            "unit_price": row.line.unit_price,
            "quantity": row.line.quantity,
            "left": row.left,
        }
        for row in view.lines
    ]
    entries = [
        {"id": one.pk, "kind": one.kind, "amount": one.amount, "at": iso(one.at), "reason": one.reason}
        for one in view.entries
    ]
    receipts = [
        {"kind": one.fee_kind, "symbol": one.series.symbol, "number": one.number, "amount": one.amount,
         "cancelled": one.cancelled_at is not None}
        for one in view.receipts
    ]  # fmt: skip
    return {
        "state": view.state.value,
        "reference": view.bill.reference,
        "owed": view.standing.owed,
        "excess": view.standing.excess,
        "lines": lines,
        "entries": entries,
        "receipts": receipts,
    }
