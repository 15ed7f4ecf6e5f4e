"""Lists for the pages of the cash desk."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from motcua.kernel.errors import NotFound, Problem
from motcua.payments.models import (
    BankLine,
    Bill,
    Collecting,
    DayCheck,
    Entry,
    Payment,
    PlatformOrder,
    Receipt,
    ReceiptSeries,
    Shift,
    Statement,
)
from motcua.payments.terms import WAITING_LINES, EntryKind


def shifts_at(desk_ids: Sequence[int], *, limit: int) -> list[Shift]:
    """Return the last shifts at these desks, open ones first."""
    found = Shift.objects.filter(desk_id__in=desk_ids).select_related("desk")
    return sorted(found.order_by("-opened_at")[:limit], key=lambda one: one.closed_at is not None)


def open_shift_of(account_id: int, desk_id: int) -> Shift | None:
    """Return the account's open shift at the desk."""
    return Shift.objects.filter(desk_id=desk_id, cashier_id=account_id, closed_at__isnull=True).first()


def payments_in(shift: Shift) -> list[Payment]:
    """Return the cash of a shift, newest first."""
    return list(shift.payments.select_related("bill").prefetch_related("receipts__series").order_by("-pk"))


def given_back_in(shift: Shift) -> list[Entry]:
    """Return what left the drawer, or came back into it, by refunds and corrections, newest first."""
    found = shift.entries.exclude(kind=EntryKind.PAID).select_related("bill", "counters")
    return list(found.order_by("-pk"))


def statements_of(unit_ids: Sequence[int], *, limit: int) -> list[Statement]:
    """Return the last statements of these units, newest first, without their rows."""
    return list(Statement.objects.filter(unit_id__in=unit_ids).defer("rows").order_by("-pk")[:limit])


def lines_of(unit_ids: Sequence[int], *, waiting: bool, limit: int) -> list[BankLine]:
    """Return the bank lines that wait for a clerk (oldest first), or the last ones that do not."""
    found = BankLine.objects.filter(unit_id__in=unit_ids)
    if waiting:
        return list(found.filter(state__in=WAITING_LINES).order_by("on", "pk")[:limit])
    return list(found.exclude(state__in=WAITING_LINES).order_by("-on", "-pk")[:limit])


def bills_by_id(ids: Sequence[int]) -> dict[int, Bill]:
    """Return these bills by their ids."""
    return Bill.objects.in_bulk(ids)


def bill_by_code(unit_ids: Sequence[int], code: str) -> Bill | None:
    """Return the bill of the thing with that code in these units."""
    return Bill.objects.filter(unit_id__in=unit_ids, subject_code=code.strip().upper()).first()


def receipt_of(kind: str, subject_id: int, receipt_id: int) -> Receipt:
    """Return a receipt of the subject; raises NotFound."""
    found = Receipt.objects.filter(
        pk=receipt_id, payment__bill__subject_kind=kind, payment__bill__subject_id=subject_id
    ).first()
    if found is None:
        raise NotFound(Problem("no_receipt", "Không tìm thấy biên lai này."))
    return found


def valid_receipts_of(kind: str, subject_id: int) -> list[Receipt]:
    """Return the receipts of the subject that are not cancelled, oldest first; raises NotFound when there are none."""
    return _some(Receipt.objects.filter(payment__bill__subject_kind=kind, payment__bill__subject_id=subject_id))


def valid_receipts_in(shift: Shift) -> list[Receipt]:
    """Return the receipts of a shift's cash that are not cancelled, oldest first; raises NotFound when none are."""
    return _some(Receipt.objects.filter(payment__shift=shift))


def _some(receipts: QuerySet[Receipt]) -> list[Receipt]:
    found = list(receipts.filter(cancelled_at__isnull=True).select_related("series", "payment").order_by("pk"))
    if not found:
        raise NotFound(Problem("no_receipt", "Không có biên lai nào còn hiệu lực để in."))
    return found


def open_series_of(unit_id: int) -> list[ReceiptSeries]:
    """Return the series in use of the unit."""
    return list(ReceiptSeries.objects.filter(unit_id=unit_id, closed_at__isnull=True).order_by("fee_kind"))


def orders_of(bill: Bill) -> list[PlatformOrder]:
    """Return every try to pay through the platform, newest first."""
    return list(bill.orders.order_by("-pk"))


def shift_by_id(shift_id: int) -> Shift | None:
    """Return the shift with its desk."""
    return Shift.objects.filter(pk=shift_id).select_related("desk").first()


def statement_of(unit_ids: Sequence[int], statement_id: int) -> Statement:
    """Return a statement of these units; raises NotFound."""
    found = Statement.objects.filter(pk=statement_id, unit_id__in=unit_ids).first()
    if found is None:
        raise NotFound(Problem("no_statement", "Không tìm thấy tệp sao kê này."))
    return found


def day_check_of(unit_id: int, day: date) -> DayCheck | None:
    """Return what the nightly job found that day."""
    return DayCheck.objects.filter(unit_id=unit_id, day=day).first()


def collecting_of(unit_id: int) -> Collecting | None:
    """Return the account of the unit."""
    return Collecting.objects.filter(unit_id=unit_id).first()
