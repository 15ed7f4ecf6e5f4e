"""Lập, hủy biên lai; mở quyển biên lai."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.inserting import insert
from motcua.kernel.words import money_in_words
from motcua.payments.access import need_lead
from motcua.payments.models import Bill, Collecting, Payment, Receipt, ReceiptSeries
from motcua.payments.terms import FeeKind, Method

#: Until a unit says its own: the numbers of the form for phí and for lệ phí, and the symbol with the year.
DEFAULT_TEMPLATES = {FeeKind.FEE: "01BLP0-001", FeeKind.CHARGE: "02BLP0-001"}
DEFAULT_SYMBOL = "AA-{year:%y}E"


def issue_receipts(
    actor: Actor, bill: Bill, payment: Payment, parts: Sequence[tuple[FeeKind, int]], *, at: datetime
) -> list[Receipt]:
    """Lập biên lai: one for phí and one for lệ phí, as far as the payment covers them."""
    return [_issue(actor, bill, payment, kind, amount, at) for kind, amount in parts]


def _issue(actor: Actor, bill: Bill, payment: Payment, kind: FeeKind, amount: int, at: datetime) -> Receipt:
    series = _locked_series(bill.unit_id, kind, at)
    series.last += 1
    series.save(update_fields=["last"])
    receipt = Receipt(
        series=series,
        number=series.last,
        payment=payment,
        fee_kind=kind,
        amount=amount,
        data=_printed(bill, payment, series, kind, amount, at) | {"issuer": actor.name},
        issued_at=at,
        issued_by=actor.name,
    )
    return insert(receipt)


def cancel_receipts(actor: Actor, payment: Payment, *, reason: str, at: datetime) -> int:
    """Hủy biên lai: mark the receipts of a payment that was wrong; their numbers stay used. Returns how many."""
    return Receipt.objects.filter(payment=payment, cancelled_at__isnull=True).update(
        cancelled_at=at, cancelled_by_id=actor.account_id, cancelled_by_name=actor.name, cancel_reason=reason
    )


@transaction.atomic
def open_series(
    *, actor: Actor, unit_id: int, kind: FeeKind, template_number: str, symbol: str, at: datetime
) -> ReceiptSeries:
    """Mở quyển biên lai: close the one in use and number from 1 under another form number or symbol.

    Raises NotPermitted (leaders of the unit only), Invalid.
    """
    need_lead(actor, unit_id)
    current = _locked_series(unit_id, kind, at)
    said = {"template_number": template_number, "symbol": symbol}
    problems = [Problem("required", "Hãy ghi mẫu số và ký hiệu.", name) for name, value in said.items() if not value]
    if ReceiptSeries.objects.filter(unit_id=unit_id, **said).exists():
        problems.append(Problem("series_used", "Mẫu số và ký hiệu này đã dùng cho một quyển.", "symbol"))
    if problems:
        raise Invalid(problems)
    current.closed_at = at
    current.save(update_fields=["closed_at"])
    series = insert(ReceiptSeries(unit_id=unit_id, fee_kind=kind, opened_at=at, last=0, **said))
    record(actor, "payment.series_opened", series, at=at, data={**said, "kind": kind.value}, is_new=True)
    return series


def _locked_series(unit_id: int, kind: FeeKind, at: datetime) -> ReceiptSeries:
    """Return the open series, its row locked until the act ends, so that numbers have neither gap nor double."""
    symbol = DEFAULT_SYMBOL.format(year=at.astimezone(VIET_NAM))
    first = ReceiptSeries(
        unit_id=unit_id, fee_kind=kind, template_number=DEFAULT_TEMPLATES[kind], symbol=symbol, opened_at=at
    )
    open_ones = ReceiptSeries.objects.select_for_update().filter(unit_id=unit_id, fee_kind=kind, closed_at__isnull=True)
    found = open_ones.first()
    if found is None:
        ReceiptSeries.objects.bulk_create([first], ignore_conflicts=True)
        found = open_ones.get()
    return found


def _printed(
    bill: Bill, payment: Payment, series: ReceiptSeries, kind: FeeKind, amount: int, at: datetime
) -> dict[str, object]:
    """Everything the paper prints, fixed at the moment of issue."""
    unit = unit_by_id(bill.unit_id)
    collecting = Collecting.objects.filter(unit_id=bill.unit_id).first()
    names = [line.name for line in bill.lines.filter(kind=kind).order_by("number")]
    return {
        "issued_at": at.astimezone(VIET_NAM).isoformat(),
        "unit": unit.name,
        "unit_address": unit.address,
        "tax_code": collecting.tax_code if collecting else "",
        "template_number": series.template_number,
        "symbol": series.symbol,
        "number": f"{series.last:07d}",
        "kind": kind.value,
        "names": names,
        "payer": payment.payer_name,
        "payer_address": bill.payer_address,
        "payer_number": bill.payer_number,
        "code": bill.subject_code,
        "what": bill.what,
        "amount": amount,
        "amount_in_words": money_in_words(amount),
        "method": Method(payment.method).label,
        "day": f"{at.astimezone(VIET_NAM):%d}",
        "month": f"{at.astimezone(VIET_NAM):%m}",
        "year": f"{at.astimezone(VIET_NAM):%Y}",
    }
