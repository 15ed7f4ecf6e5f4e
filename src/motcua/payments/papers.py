"""Biên lai thu phí, lệ phí and the closing sheet of a shift as PDF: the same bytes each time."""

from collections.abc import Mapping, Sequence
from typing import Any

from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import VIET_NAM
from motcua.files.papers import render
from motcua.kernel.words import money_in_words
from motcua.payments.models import Receipt, Shift
from motcua.payments.terms import EntryKind, FeeKind, HandOver

_FOLDER = "payments/templates/papers"


def receipt_pdf(receipt: Receipt) -> bytes:
    """Return the receipt in its three parts (liên); a cancelled one carries its mark."""
    return receipts_pdf([receipt])


def receipts_pdf(receipts: Sequence[Receipt]) -> bytes:
    """Return these receipts (at least one) in one file, a page each, to be printed in one go."""
    first, several = receipts[0], len(receipts) > 1
    title = f"{len(receipts)} biên lai" if several else _title(first)
    last = max(receipts, key=lambda one: one.issued_at)
    data = {
        "issued_at": last.data["issued_at"],
        "title": title,
        "unit": first.data["unit"],
        "receipts": [_printed(one) for one in receipts],
    }
    return render(f"{_FOLDER}/receipt.typ", data)


def _printed(receipt: Receipt) -> dict[str, Any]:
    more = {"amount_text": _dots(receipt.amount), "title": _title(receipt), "cancelled": _cancelled(receipt)}
    return {**receipt.data, **more}


def _title(receipt: Receipt) -> str:
    return f"Biên lai thu {FeeKind(receipt.fee_kind).label.lower()}"


def closing_sheet_pdf(shift: Shift) -> bytes:
    """Return the closing sheet of a closed shift: what moved, the notes counted, the difference, who took it over."""
    closed = shift.closed_at or shift.opened_at
    desk = unit_by_id(shift.desk_id)
    data = {
        "issued_at": closed.astimezone(VIET_NAM).isoformat(),
        "title": "Biên bản chốt ca thu tiền mặt",
        "unit": unit_by_id(desk.agency_id).name,
        "desk": desk.name,
        "cashier": shift.cashier_name,
        "opened": _moment(shift.opened_at),
        "closed": _moment(closed),
        "moves": _moves(shift),
        "notes": [[_dots(int(note)), str(number), _dots(int(note) * number)] for note, number in _notes(shift.counted)],
        "opening": _dots(shift.opening),
        "expected": _dots(shift.expected_total or 0),
        "counted": _dots(shift.counted_total or 0),
        "counted_in_words": money_in_words(shift.counted_total or 0),
        "difference": _difference(shift.difference),
        "reason": shift.reason,
        "hand_over": HandOver(shift.hand_over).label if shift.hand_over else "",
        "taker": shift.taken_by_name,
        "taken": _moment(shift.taken_at) if shift.taken_at else "",
    }
    return render(f"{_FOLDER}/closing.typ", data)


def _moves(shift: Shift) -> list[list[str]]:
    rows = []
    found = shift.entries.select_related("bill", "payment").order_by("at", "pk")
    for entry in found:
        words = {EntryKind.PAID: "Thu", EntryKind.REFUNDED: "Hoàn"}.get(EntryKind(entry.kind), "Sửa")
        name = f"{words} {FeeKind(entry.fee_kind).label.lower()}"
        rows.append([f"{entry.at.astimezone(VIET_NAM):%H:%M}", entry.bill.subject_code, name, _dots(-entry.amount)])
    return rows


def _notes(counted: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: -int(pair[0]))


def _difference(amount: int) -> str:
    if not amount:
        return "Không chênh lệch"
    return f"{'Thừa' if amount > 0 else 'Thiếu'} {_dots(abs(amount))} đồng"


def _cancelled(receipt: Receipt) -> str:
    if receipt.cancelled_at is None:
        return ""
    return f"Hủy lúc {_moment(receipt.cancelled_at)}, {receipt.cancelled_by_name}: {receipt.cancel_reason}"


def _moment(at: Any) -> str:
    return f"{at.astimezone(VIET_NAM):%H:%M ngày %d/%m/%Y}"


def _dots(amount: int) -> str:
    return f"{amount:,}".replace(",", ".").replace("-", "−")
