"""Thanh toán qua nền tảng quốc gia: open an order, note what the platform answers, settle it once."""

from datetime import datetime

from django.db import transaction

from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import NotFound, Problem, RuleBroken
from motcua.kernel.inserting import insert
from motcua.payments.access import lock_bill
from motcua.payments.actions.settle import book_payment
from motcua.payments.events import PaymentFlagged
from motcua.payments.models import PlatformOrder
from motcua.payments.queries.standing import standing_of_bill
from motcua.payments.rules.platform import GIVE_UP_AFTER, next_question, stamp
from motcua.payments.rules.references import order_reference
from motcua.payments.terms import Method, OrderState


@transaction.atomic
def open_order(*, actor: Actor, bill_id: int, ip: str, at: datetime) -> PlatformOrder:
    """Tạo giao dịch thanh toán: for all that is owed now; an open one for the same sum is taken again.

    The caller has asked whether the actor may see the subject. Raises RuleBroken when nothing is owed.
    """
    bill = lock_bill(bill_id)
    owed = standing_of_bill(bill).owed
    if not owed:
        raise RuleBroken(Problem("nothing_owed", "Hồ sơ không còn khoản phải nộp."))
    open_ones = PlatformOrder.objects.filter(bill=bill, amount=owed, state=OrderState.CREATED)
    found = open_ones.filter(reported_amount__isnull=True).order_by("-pk").first()
    if found is not None:
        return found
    order = PlatformOrder(
        bill=bill,
        reference=order_reference(bill.subject_code, stamp(at)),
        amount=owed,
        ip=ip,
        created_at=at,
        next_try_at=next_question(at, 0),
    )
    if PlatformOrder.objects.filter(reference=order.reference).exists():
        raise RuleBroken(Problem("too_quick", "Giao dịch trước vừa được tạo; hãy đợi vài giây rồi thử lại."))
    order = insert(order)
    data = {"code": bill.subject_code, "reference": order.reference, "amount": owed}
    record(actor, "payment.order_opened", bill, at=at, data=data)
    return order


@transaction.atomic
def note_payment_page(*, order_id: int, url: str) -> PlatformOrder:
    """Ghi trang thanh toán: what INIT answered; a page that is there already stays."""
    order = _lock(pk=order_id)
    if not order.pay_url:
        order.pay_url, order.last_error = url, ""
        order.save(update_fields=["pay_url", "last_error"])
    return order


@transaction.atomic
def note_trouble(*, order_id: int, error: str, at: datetime) -> PlatformOrder:
    """Ghi lần hỏi không được: the error and when to ask again; after two days an unpaid order is given up."""
    order = _lock(pk=order_id)
    if order.state != OrderState.CREATED:
        return order
    order.attempts += 1
    order.last_error = error
    order.next_try_at = next_question(at, order.attempts)
    if at - order.created_at > GIVE_UP_AFTER:
        order.state, order.next_try_at, order.settled_at = OrderState.FAILED, None, at
    order.save(update_fields=["attempts", "last_error", "next_try_at", "state", "settled_at"])
    return order


@transaction.atomic
def settle_order(
    *, reference: str, succeeded: bool, amount: int | None, transaction_number: str, at: datetime
) -> PlatformOrder:
    """Ghi kết quả của nền tảng: genuine news of an order, by callback or QUERY, in whatever order and how often.

    Success with the sum asked for books the payment once. Another sum is written down and flagged, never booked.
    A failure after a success changes nothing; a success after a failure counts. Raises NotFound.
    """
    order = _lock(reference=reference)
    if order.state == OrderState.SUCCEEDED or (order.state == OrderState.FAILED and not succeeded):
        return order
    if succeeded and amount != order.amount:
        return _flag(order, amount or 0, transaction_number, at)
    order.state = OrderState.SUCCEEDED if succeeded else OrderState.FAILED
    order.transaction_number, order.reported_amount = transaction_number, amount
    order.settled_at, order.next_try_at, order.last_error = at, None, ""
    order.save(
        update_fields=["state", "transaction_number", "reported_amount", "settled_at", "next_try_at", "last_error"]
    )
    if succeeded:
        book_payment(
            actor=SYSTEM,
            bill_id=order.bill_id,
            amount=order.amount,
            method=Method.PLATFORM,
            source_key=f"platform:{order.reference}",
            number=transaction_number,
            at=at,
        )
    return order


def _flag(order: PlatformOrder, reported: int, transaction_number: str, at: datetime) -> PlatformOrder:
    if order.reported_amount == reported and order.is_flagged:
        return order
    order.reported_amount, order.transaction_number, order.next_try_at = reported, transaction_number, None
    order.last_error = "Số tiền nền tảng báo khác số tiền phải nộp."
    order.save(update_fields=["reported_amount", "transaction_number", "next_try_at", "last_error"])
    bill = order.bill
    event = PaymentFlagged(
        subject_kind=bill.subject_kind,
        subject_id=bill.subject_id,
        code=bill.subject_code,
        asked=order.amount,
        reported=reported,
    )
    emit(event, at=at)
    data = {"code": bill.subject_code, "reference": order.reference, "asked": order.amount, "reported": reported}
    record(SYSTEM, "payment.flagged", bill, at=at, data=data)
    return order


def _lock(**which: object) -> PlatformOrder:
    """Lock the bill first, as every act on money does, then the order."""
    found = PlatformOrder.objects.filter(**which).values_list("pk", "bill_id").first()
    if found is None:
        raise NotFound(Problem("no_order", "Không có giao dịch này."))
    lock_bill(found[1])
    return PlatformOrder.objects.select_for_update(of=("self",)).select_related("bill").get(pk=found[0])
