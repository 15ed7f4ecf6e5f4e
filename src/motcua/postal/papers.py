"""Hand-over sheet, money receipt, list of money: from rows to PDF."""

import textwrap
from datetime import datetime
from typing import Any

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.papers.compose import money
from motcua.dossiers.papers.words import moment, place_and_date
from motcua.files.papers import render
from motcua.kernel.words import money_in_words
from motcua.postal.models import MoneyHandover, PostalReceipt, PostalSheet
from motcua.postal.terms import Purpose, SheetKind


def sheet_pdf(sheet: PostalSheet) -> bytes:
    """Return the hand-over sheet as PDF: both sides, every dossier, the differences once it was taken over."""
    items = list(sheet.items.select_related("order__dossier__procedure", "order__dossier__owner").order_by("position"))
    rows = [
        [
            item.order.dossier.code,
            f"{item.order.dossier.owner.name} – {short_name(item.order.dossier.procedure.name)}",
            item.order.waybill or "–",
            _found(item.is_there, item.difference),
        ]
        for item in items
    ]
    kind = SheetKind(sheet.kind).label
    head = _head(sheet.from_unit_id, sheet.made_at, f"Bảng kê {kind[:1].lower()}{kind[1:]}", sheet.code)
    data = head | {
        "from_name": sheet.from_unit.name,
        "to_name": sheet.to_unit.name,
        "made_at": moment(sheet.made_at),
        "taken_at": moment(sheet.taken_at),
        "giver": sheet.made_by_name,
        "taker": sheet.taken_by_name,
        "count": f"{len(items):02d}",
        "missing": f"{sum(item.is_there is False for item in items):02d}",
        "rows": rows,
    }
    return render("postal/templates/postal/sheet.typ", data)


def receipt_pdf(receipt: PostalReceipt) -> bytes:
    """Return the money receipt as PDF."""
    head = _head(receipt.office_id, receipt.taken_at, "Chứng từ thu tiền", receipt.code)
    data = head | {
        "dossier_code": receipt.dossier.code,
        "payer": receipt.payer_name,
        "payer_number": receipt.payer_number,
        "subject": receipt.subject,
        "for_unit": receipt.for_unit.name,
        "amount": money(receipt.amount),
        "amount_words": money_in_words(receipt.amount),
        "taken_at": moment(receipt.taken_at),
        "taker": receipt.taken_by_name,
    }
    return render("postal/templates/postal/receipt.typ", data)


def money_list_pdf(handover: MoneyHandover) -> bytes:
    """Return the list of money handed over as PDF: every receipt, what was counted on both sides, two signatures."""
    receipts = handover.receipts.select_related("dossier").order_by("number")
    rows = [[one.code, one.dossier.code, f"{one.payer_name} – {one.subject}", _digits(one.amount)] for one in receipts]
    head = _head(handover.office_id, handover.closed_at, "Bảng kê nộp tiền thu hộ", handover.code)
    data = head | {
        "purpose": Purpose(handover.purpose).label,
        "to_name": handover.to_unit.name,
        "from_name": handover.office.name,
        "count": f"{handover.count:02d}",
        "total": money(handover.total),
        "total_words": money_in_words(handover.total),
        "counted": money(handover.counted),
        "reason": handover.reason,
        "received": money(handover.received) if handover.received is not None else "",
        "received_reason": handover.received_reason,
        "closed_at": moment(handover.closed_at),
        "received_at": moment(handover.received_at),
        "giver": handover.closed_by_name,
        "taker": handover.received_by_name,
        "rows": rows,
    }
    return render("postal/templates/postal/money.typ", data)


def short_name(name: str, longest: int = 110) -> str:
    """Return the name of a procedure for a narrow column, cut between words."""
    return textwrap.shorten(name, longest, placeholder=" …")


def place_name(root_id: int) -> str:
    """Return the name of the province before the date: "Quảng Ninh" (NĐ 30/2020, Phụ lục I)."""
    name = unit_by_id(root_id).name
    for prefix in ("Ủy ban nhân dân ", "UBND ", "tỉnh ", "thành phố "):
        name = name.removeprefix(prefix)
    return name


def _head(unit_id: int, at: datetime, title: str, number: str) -> dict[str, Any]:
    found = unit_by_id(unit_id)
    agency = unit_by_id(found.agency_id)
    above = agency if agency.id != unit_id else unit_by_id(found.parent_id) if found.parent_id else None
    return {
        "title": title,
        "trace": f"{title} số {number}",
        "number": number,
        "issued_at": at.isoformat(),
        "place_and_date": place_and_date(place_name(found.path[0]), at),
        "parent_name": above.name if above is not None and above.is_desk is False and found.is_desk else "",
        "agency_name": found.name,
        "dossier_code": "",
        "barcode_svg": "",
        "barcode_modules": 0,
        "tracking_qr_svg": "",
        "reprint_mark": "",
    }


def _digits(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _found(is_there: bool | None, difference: str) -> str:  # noqa: FBT001 (a fact, not a switch)
    if is_there is None:
        return ""
    return "Đủ" if is_there else f"Thiếu: {difference}"
