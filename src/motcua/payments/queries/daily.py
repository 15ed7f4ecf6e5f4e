"""Đối soát ngày: ledger, drawers, bank and platform against each other; every difference with what to do."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum

from motcua.deadlines.terms import VIET_NAM
from motcua.payments.models import BankLine, Bill, Entry, Payment, PlatformOrder, Receipt, ReceiptSeries, Shift
from motcua.payments.queries.standing import standings_of
from motcua.payments.rules.ledger import dong
from motcua.payments.terms import WAITING_LINES, EntryKind, FeeKind, LineState, Method, OrderState

#: A transaction of the platform is pending so long before somebody should look.
_LONG_PENDING = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that does not agree: where, which dossier ("" for none), đồng, what is wrong, what to do."""

    place: str
    code: str
    amount: int
    what: str
    advice: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def span_of(day: date) -> tuple[datetime, datetime]:
    """Return the first moment of the day in Vietnam and that of the next."""
    start = datetime.combine(day, time(), VIET_NAM)
    return start, start + timedelta(days=1)


def differences_on(unit_id: int, day: date, *, at: datetime) -> list[Difference]:
    """Return every difference of the unit's money on that day, as seen at `at`."""
    start, end = span_of(day)
    return [
        *_drawers(unit_id, start, end),
        *_bank(unit_id, start, end),
        *_platform(unit_id, start, end, at),
        *_ledger(unit_id, start, end),
    ]


def totals_on(unit_id: int, day: date) -> dict[str, int]:
    """Return what came that day by method (what was countered taken off), what went back, and by kind of fee; đồng."""
    start, end = span_of(day)
    entries = Entry.objects.filter(bill__unit_id=unit_id, at__gte=start, at__lt=end)
    came = entries.filter(Q(kind=EntryKind.PAID) | Q(counters__kind=EntryKind.PAID))
    back = entries.filter(Q(kind=EntryKind.REFUNDED) | Q(counters__kind=EntryKind.REFUNDED))
    totals = {method.value: 0 for method in Method} | {kind.value: 0 for kind in FeeKind}
    for row in came.values("payment__method", "fee_kind").annotate(total=Sum("amount")).order_by():
        totals[row["payment__method"]] -= row["total"]
        totals[row["fee_kind"]] -= row["total"]
    return {**totals, "refunded": back.aggregate(total=Sum("amount"))["total"] or 0}


def _drawers(unit_id: int, start: datetime, end: datetime) -> Iterator[Difference]:
    shifts = Shift.objects.filter(desk__agency_id=unit_id, opened_at__lt=end).order_by("opened_at")
    for shift in shifts.filter(closed_at__isnull=True):
        what = f"Ca thu của {shift.cashier_name} mở từ {_hour(shift.opened_at)} chưa chốt."
        yield Difference("Quầy thu", "", 0, what, "Người thu đếm tiền và chốt ca.")
    for shift in shifts.filter(closed_at__gte=start, closed_at__lt=end):
        if shift.difference:
            word = "thừa" if shift.difference > 0 else "thiếu"
            what = f"Ca của {shift.cashier_name} {word} {dong(abs(shift.difference))}; giải trình: {shift.reason}"
            yield Difference("Quầy thu", "", shift.difference, what, "Lãnh đạo xem giải trình và quyết định xử lý.")
        if shift.taken_at is None and shift.hand_over:
            what = f"Ca của {shift.cashier_name} đã chốt {dong(shift.counted_total or 0)}, chưa ai nhận bàn giao."
            advice = f"{shift.get_hand_over_display()} vào trang ca thu và xác nhận đã nhận tiền."
            yield Difference("Quầy thu", "", shift.counted_total or 0, what, advice)


def _bank(unit_id: int, start: datetime, end: datetime) -> Iterator[Difference]:
    day = start.astimezone(VIET_NAM).date()
    lines = list(BankLine.objects.filter(unit_id=unit_id, on=day).order_by("pk"))
    keys = {f"bank:{unit_id}:{line.fingerprint}": line for line in lines}
    booked = set(Payment.objects.filter(source_key__in=keys).values_list("source_key", flat=True))
    for key, line in keys.items():
        if line.state in WAITING_LINES:
            yield Difference("Sao kê", "", line.amount, f"Dòng {line.row} «{line.text}»: {line.why}", _RESOLVE)
        elif line.state != LineState.IGNORED and key not in booked:
            what = f"Dòng {line.row} đã khớp nhưng sổ thu không có khoản này."
            yield Difference("Sao kê", "", line.amount, what, "Báo quản trị hệ thống; không thu lại của người nộp.")
    came = _payments(unit_id, start, end).filter(method=Method.TRANSFER)
    for payment in came.exclude(source_key__startswith="bank:"):
        what = "Sổ thu có khoản chuyển khoản không có dòng sao kê."
        advice = "Nhập sao kê ngày này; nếu ngân hàng không có khoản đó, sửa bằng bút toán ngược."
        yield Difference("Sao kê", payment.bill.subject_code, payment.amount, what, advice)


_RESOLVE = "Mở trang sao kê, chọn hồ sơ hoặc ghi rõ không phải tiền hồ sơ."


def _platform(unit_id: int, start: datetime, end: datetime, at: datetime) -> Iterator[Difference]:
    orders = PlatformOrder.objects.filter(bill__unit_id=unit_id).select_related("bill").order_by("pk")
    of_day = orders.filter(Q(created_at__gte=start, created_at__lt=end) | Q(settled_at__gte=start, settled_at__lt=end))
    keys = Payment.objects.filter(bill__unit_id=unit_id, method=Method.PLATFORM)
    booked = dict(keys.values_list("source_key", "amount"))
    for order in of_day:
        yield from _of_order(order, booked.get(f"platform:{order.reference}"), at)
    known = set(orders.values_list("reference", flat=True))
    for payment in _payments(unit_id, start, end).filter(method=Method.PLATFORM):
        if (payment.source_key or "").removeprefix("platform:") not in known:
            what = "Sổ thu có khoản của nền tảng không có giao dịch tương ứng."
            yield Difference("Nền tảng", payment.bill.subject_code, payment.amount, what, "Báo quản trị hệ thống.")


def _of_order(order: PlatformOrder, booked: int | None, at: datetime) -> Iterator[Difference]:
    code = order.bill.subject_code
    if order.is_flagged:
        what = f"Nền tảng báo {dong(order.reported_amount or 0)}, số phải nộp là {dong(order.amount)}; chưa ghi nhận."
        advice = "Liên hệ nền tảng thanh toán, đối chiếu mã giao dịch rồi ghi nhận hoặc hoàn tiền."
        yield Difference("Nền tảng", code, order.reported_amount or 0, what, advice)
    elif order.state == OrderState.CREATED and at - order.created_at > _LONG_PENDING:
        what = f"Giao dịch {order.reference} chưa rõ kết quả. {order.last_error}".strip()
        yield Difference("Nền tảng", code, order.amount, what, "Hệ thống còn hỏi lại; chưa thu tiền mặt khoản này.")
    elif order.state == OrderState.SUCCEEDED and booked != order.amount:
        what = f"Giao dịch {order.reference} thành công nhưng sổ thu không có khoản này."
        yield Difference("Nền tảng", code, order.amount, what, "Báo quản trị hệ thống; không thu lại của người nộp.")


def _ledger(unit_id: int, start: datetime, end: datetime) -> Iterator[Difference]:
    yield from _receipts(unit_id, start, end)
    touched = Bill.objects.filter(unit_id=unit_id, entries__at__gte=start, entries__at__lt=end).distinct()
    bills = list(touched.order_by("pk"))
    standings = standings_of(bills)
    for bill in bills:
        if excess := standings[bill.pk].excess:
            what = f"{bill.payer_name} nộp thừa {dong(excess)}."
            yield Difference("Sổ thu", bill.subject_code, excess, what, "Mở hồ sơ, dùng «Hoàn tiền».")


def _receipts(unit_id: int, start: datetime, end: datetime) -> Iterator[Difference]:
    printed = Receipt.objects.filter(payment__in=_payments(unit_id, start, end), cancelled_at__isnull=True)
    by_payment = dict(printed.values_list("payment_id").annotate(total=Sum("amount")).order_by())
    wanted = Entry.objects.filter(payment__in=_payments(unit_id, start, end), is_excess=False)
    for row in wanted.values("payment_id", code=F("bill__subject_code")).annotate(total=Sum("amount")).order_by():
        if by_payment.get(row["payment_id"], 0) != -row["total"]:
            what = f"Biên lai {dong(by_payment.get(row['payment_id'], 0))} khác số ghi sổ {dong(-row['total'])}."
            yield Difference("Biên lai", row["code"], -row["total"], what, "Báo quản trị hệ thống.")
    for series in ReceiptSeries.objects.filter(unit_id=unit_id).annotate(printed=Count("receipts")):
        if series.printed != series.last:
            name = f"Quyển {series.template_number} {series.symbol}"
            what = f"{name}: đã cấp {series.last} số, có {series.printed} biên lai."
            yield Difference("Biên lai", "", 0, what, "Báo quản trị hệ thống.")


def _payments(unit_id: int, start: datetime, end: datetime) -> QuerySet[Payment]:
    return Payment.objects.filter(bill__unit_id=unit_id, at__gte=start, at__lt=end).select_related("bill")


def _hour(at: datetime) -> str:
    return f"{at.astimezone(VIET_NAM):%H:%M %d/%m/%Y}"
