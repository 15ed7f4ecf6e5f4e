"""Work outside requests: asking the platform, and the nightly check. No transaction is open while anything waits."""

import logging
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.deadlines.terms import VIET_NAM
from motcua.payments.actions.check_day import keep_day_check
from motcua.payments.actions.orders import note_payment_page, note_trouble, settle_order
from motcua.payments.models import Bill, Payment, PlatformOrder
from motcua.payments.providers import Platform, PlatformError, Request
from motcua.payments.providers.choice import platform
from motcua.payments.queries.daily import Difference, span_of
from motcua.payments.queries.receipt_data import receipt_data
from motcua.payments.terms import OrderState

_log = logging.getLogger(__name__)
_MOST_AT_ONCE = 50


def start_order(order_id: int, *, at: datetime) -> PlatformOrder:
    """INIT: ask the platform for the address of the payment page; safe to run twice."""
    order = PlatformOrder.objects.select_related("bill").get(pk=order_id)
    found = platform()
    if found is None or order.pay_url or order.state != OrderState.CREATED:
        return order
    text = f"{order.bill.reference} {order.bill.what}"[:200]
    request = Request(order.reference, order.amount, text, order.ip, receipt_data(order.bill, order.amount))
    try:
        return note_payment_page(order_id=order_id, url=found.start(request, at=at))
    except PlatformError as error:
        _log.warning("order %s: %s", order.reference, error)
        return note_trouble(order_id=order_id, error=str(error), at=at)


def ask_due(*, at: datetime, limit: int = _MOST_AT_ONCE) -> int:
    """QUERY for every pending order whose time has come, INIT again where it failed; returns how many were asked."""
    found = platform()
    if found is None:
        return 0
    pending = PlatformOrder.objects.filter(state=OrderState.CREATED, next_try_at__lte=at)
    orders = list(pending.order_by("next_try_at").values_list("pk", "reference", "pay_url")[:limit])
    for order_id, reference, pay_url in orders:
        if pay_url:
            _ask(found, order_id, reference, at)
        else:
            start_order(order_id, at=at)
    return len(orders)


def _ask(found: Platform, order_id: int, reference: str, at: datetime) -> None:
    try:
        news = found.ask(reference, at=at)
    except PlatformError as error:
        note_trouble(order_id=order_id, error=str(error), at=at)
        return
    if news.succeeded is None:
        note_trouble(order_id=order_id, error="", at=at)
        return
    settle_order(
        reference=reference,
        succeeded=news.succeeded,
        amount=news.amount,
        transaction_number=news.transaction_number,
        at=at,
    )


def check_units(day: date, *, at: datetime) -> int:
    """Đối soát every unit that had money on the day; returns how many."""
    start, end = span_of(day)
    by_payment = Payment.objects.filter(at__gte=start, at__lt=end).values_list("bill__unit_id", flat=True)
    by_order = PlatformOrder.objects.filter(created_at__gte=start, created_at__lt=end)
    by_line = Bill.objects.filter(entries__at__gte=start, entries__at__lt=end).values_list("unit_id", flat=True)
    units = {*by_payment, *by_order.values_list("bill__unit_id", flat=True), *by_line}
    for unit_id in sorted(units):
        keep_day_check(unit_id=unit_id, day=day, asked=ask_about(unit_id, day, at=at), at=at)
    return len(units)


def ask_about(unit_id: int, day: date, *, at: datetime) -> list[Difference]:
    """Ask the platform about every transaction that we took as paid that day, and for its receipt."""
    found = platform()
    if found is None:
        return []
    start, end = span_of(day)
    done = PlatformOrder.objects.filter(bill__unit_id=unit_id, settled_at__gte=start, settled_at__lt=end)
    differences = []
    for order in done.filter(state=OrderState.SUCCEEDED).select_related("bill").order_by("pk"):
        differences += _compare(found, order, at)
    return differences


def _compare(found: Platform, order: PlatformOrder, at: datetime) -> list[Difference]:
    code = order.bill.subject_code
    try:
        news = found.ask(order.reference, at=at)
        found.bill(order.reference, at=at)
    except PlatformError as error:
        what = f"Không hỏi được nền tảng về giao dịch {order.reference}: {error}."
        return [Difference("Nền tảng", code, order.amount, what, "Đối soát lại khi nền tảng hoạt động.")]
    if news.succeeded is True and news.amount in {None, order.amount}:
        return []
    what = f"Sổ thu ghi giao dịch {order.reference} thành công, nền tảng trả lời khác."
    return [Difference("Nền tảng", code, order.amount, what, "Liên hệ nền tảng thanh toán để đối chiếu.")]


@app.periodic(cron="* * * * *")
@app.task(name="payments.ask_platform", queueing_lock="payments.ask_platform")
def ask_platform(timestamp: int) -> None:
    """Every minute: ask about pending transactions."""
    ask_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.periodic(cron="30 19 * * *")
@app.task(name="payments.check_day", queueing_lock="payments.check_day")
def check_last_day(timestamp: int) -> None:
    """At 02:30 in Vietnam: check the day before."""
    yesterday = datetime.fromtimestamp(timestamp, VIET_NAM).date() - timedelta(days=1)
    check_units(yesterday, at=timezone.now())
