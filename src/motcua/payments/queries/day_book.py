"""The book of a day: every entry that moved money, and its sums by way of paying and by kind of fee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from motcua.payments.models import Entry
from motcua.payments.queries.daily import span_of
from motcua.payments.terms import EntryKind, FeeKind, Method

_MONEY = (EntryKind.PAID, EntryKind.REFUNDED)


@dataclass(frozen=True, slots=True)
class BookRow:
    """One movement of money: `amount` đồng as the unit sees it, positive = came in."""

    at: datetime
    code: str
    payer: str
    what: str
    fee_kind: str
    method: str
    receipt: str
    amount: int
    by_name: str
    is_refund: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """What came (less what was put right) and what went back under one heading, đồng."""

    label: str
    came: int
    back: int

    @property
    def left(self) -> int:
        return self.came - self.back


@dataclass(frozen=True, slots=True)
class Figures:
    """The sums of a day; `by_method` and `by_kind` are the same money twice, and each adds up to `total`."""

    by_method: Sequence[Figure]
    by_kind: Sequence[Figure]
    total: Figure


def book_of(unit_id: int, day: date) -> list[BookRow]:
    """Return every movement of the unit's money on that day, oldest first."""
    return [_row_of(entry) for entry in _entries(unit_id, day)]


def figures_of(rows: Sequence[BookRow]) -> Figures:
    """Return the sums of these movements."""
    by_method = [_figure(one.label, [row for row in rows if row.method == one.label]) for one in Method]
    by_kind = [_figure(one.label, [row for row in rows if row.fee_kind == one.label]) for one in FeeKind]
    return Figures(by_method, by_kind, _figure("Cộng", rows))


def _entries(unit_id: int, day: date) -> QuerySet[Entry]:
    start, end = span_of(day)
    found = Entry.objects.filter(bill__unit_id=unit_id, at__gte=start, at__lt=end)
    money = found.filter(kind__in=_MONEY) | found.filter(counters__kind__in=_MONEY)
    with_all = money.select_related("bill", "payment", "counters").prefetch_related("payment__receipts")
    return with_all.order_by("at", "pk")


def _row_of(entry: Entry) -> BookRow:
    kind = EntryKind(entry.counters.kind if entry.counters else entry.kind)
    is_refund = kind == EntryKind.REFUNDED
    method = entry.details.get("method", "") if is_refund else entry.payment.method if entry.payment else ""
    name = "Hoàn" if is_refund else "Thu"
    return BookRow(
        at=entry.at,
        code=entry.bill.subject_code,
        payer=str(entry.details.get("to_name", "")) or (entry.payment or entry.bill).payer_name,
        what=f"Ghi ngược khoản {name.lower()}" if entry.counters else name,
        fee_kind=FeeKind(entry.fee_kind).label,
        method=Method(method).label if method in Method.values else "",
        receipt=_receipt(entry),
        amount=-entry.amount,
        by_name=entry.by_name,
        is_refund=is_refund,
    )


def _receipt(entry: Entry) -> str:
    """The receipt that covers the entry; what was paid too much has none."""
    if entry.payment is None or entry.is_excess:
        return ""
    numbers = [f"{one.number:07d}" for one in entry.payment.receipts.all() if one.fee_kind == entry.fee_kind]
    return ", ".join(numbers)


def _figure(label: str, rows: Sequence[BookRow]) -> Figure:
    came = sum(row.amount for row in rows if not row.is_refund)
    return Figure(label, came, -sum(row.amount for row in rows if row.is_refund))
