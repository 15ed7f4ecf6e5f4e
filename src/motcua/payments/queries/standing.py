"""Where bills stand: the sums of their entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from motcua.kernel.rows import Rows
from motcua.payments.models import Bill, BillLine, Collecting, Entry, Payment, PlatformOrder, Receipt
from motcua.payments.rules.ledger import standing_of, state_of
from motcua.payments.terms import BillState, DueWhen, EntryKind, FeeKind, OrderState, Standing

_MONEY = (EntryKind.PAID, EntryKind.REFUNDED)


@dataclass(frozen=True, slots=True)
class LineView:
    """One thing to pay as pages show it: what of it is left after waiving and cancelling, đồng."""

    line: BillLine
    left: int
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class BillView:
    """A bill with everything that belongs to it."""

    bill: Bill
    standing: Standing
    state: BillState
    lines: Sequence[LineView]
    entries: Sequence[Entry]
    payments: Sequence[Payment]
    receipts: Sequence[Receipt]
    collecting: Collecting | None
    order: PlatformOrder | None


def bill_of(kind: str, subject_id: int) -> Bill | None:
    """Return the bill of the subject, None when it never had anything to pay."""
    return _BY_SUBJECT.first(kind=kind, subject_id=subject_id)


_BY_SUBJECT = Rows(
    lambda kind, subject_id: Bill.objects.filter(subject_kind=kind, subject_id=subject_id), kind=str, subject_id=int
)


def standing_of_bill(bill: Bill) -> Standing:
    """Return where the bill stands now."""
    return standing_of(_sums(bill.pk).get(bill.pk, {}), was_requested=bill.requested_at is not None)


def standings_of(bills: Sequence[Bill]) -> dict[int, Standing]:
    """Return where each of the bills stands, in one query."""
    sums = _sums(*(bill.pk for bill in bills))
    return {bill.pk: standing_of(sums.get(bill.pk, {}), was_requested=bill.requested_at is not None) for bill in bills}


def owed_by_kind(bill: Bill, *, excess: bool = False) -> dict[FeeKind, int]:
    """Return what is owed of phí and of lệ phí, đồng; what was paid too much counts for none.

    `excess`: of what was paid too much instead, negative until it went back.
    """
    found = Entry.objects.filter(bill=bill, is_excess=excess).values("fee_kind")
    owed = {row["fee_kind"]: row["owed"] for row in found.annotate(owed=Sum("amount")).order_by()}
    return {kind: owed[kind] for kind in FeeKind if kind in owed}


def left_of_line(line: BillLine) -> int:
    """Return what of one line is still charged after waiving and cancelling, đồng."""
    left: int | None = Entry.objects.filter(line=line).aggregate(left=Sum("amount"))["left"]
    return left or 0


def money_around(kind: str, subject_id: OuterRef) -> Subquery:
    """Return, as part of another query, what the subject was charged, what came, what is due only at the end; JSON."""
    entries = Entry.objects.filter(bill__subject_kind=kind, bill__subject_id=subject_id).order_by()
    money = Q(kind__in=_MONEY) | Q(counters__kind__in=_MONEY)
    sums = JSONObject(
        charged=Coalesce(Sum("amount", filter=~money), 0),
        paid=-Coalesce(Sum("amount", filter=money), 0),
        at_end=Coalesce(Sum("amount", filter=~money & Q(when=DueWhen.AFTER)), 0),
    )
    return Subquery(entries.values(one=F("bill__subject_id")).annotate(sums=sums).values("sums"))


def bill_view(bill: Bill) -> BillView:
    """Return the bill whole, for its page."""
    entries = list(Entry.objects.filter(bill=bill).select_related("line", "counters", "payment").order_by("pk"))
    left: dict[int, int] = {}
    for entry in entries:
        if entry.line_id is not None:
            left[entry.line_id] = left.get(entry.line_id, 0) + entry.amount
    cancelled = {entry.line_id for entry in entries if entry.kind == EntryKind.CANCELLED}
    standing = standing_of_bill(bill)
    receipts = Receipt.objects.filter(payment__bill=bill).select_related("series", "payment").order_by("pk")
    waiting = PlatformOrder.objects.filter(bill=bill, state=OrderState.CREATED).order_by("-pk").first()
    return BillView(
        bill=bill,
        standing=standing,
        state=state_of(standing),
        lines=[LineView(line, left.get(line.pk, 0), line.pk in cancelled) for line in bill.lines.order_by("number")],
        entries=entries,
        payments=list(bill.payments.order_by("pk")),
        receipts=list(receipts),
        collecting=Collecting.objects.filter(unit_id=bill.unit_id).first(),
        order=waiting,
    )


def _sums(*bill_ids: int) -> dict[int, dict[str, int]]:
    """Signed sums by kind, a counter-entry under the kind it undoes."""
    found: dict[int, dict[str, int]] = {}
    rows: Any = (
        Entry.objects.filter(bill_id__in=bill_ids)
        .order_by()
        .annotate(of=Coalesce("counters__kind", "kind"))
        .values("bill_id", "of")
        .annotate(total=Sum("amount"))
    )
    for row in rows:
        found.setdefault(row["bill_id"], {})[row["of"]] = row["total"]
    return found


def wrong_entries(bill: Bill) -> list[Entry]:
    """Return the entries that a counter-entry can answer: of each payment one, waivers, refunds; oldest first."""
    kinds = [EntryKind.PAID, EntryKind.WAIVED, EntryKind.REFUNDED]
    found = Entry.objects.filter(bill=bill, kind__in=kinds, countered_by__isnull=True).order_by("pk")
    seen: set[int] = set()
    entries = []
    for entry in found:
        if entry.payment_id is None or entry.payment_id not in seen:
            entries.append(entry)
        if entry.payment_id is not None:
            seen.add(entry.payment_id)
    return entries
