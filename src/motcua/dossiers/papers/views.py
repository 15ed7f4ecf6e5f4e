"""From the data of a paper to the strings its template prints."""

from typing import Any

from motcua.dossiers.papers.data import HandoverNoteData, PaperData, ReceiptData, RefusalData, SupplementSlipData
from motcua.dossiers.papers.words import count, day_or_moment, moment, place_and_date, short_date, short_moment
from motcua.files.papers import qr_svg
from motcua.files.rules.barcode import barcode_svg, bars, can_barcode

_LONGEST_IN_QR = 500  # more would print too fine for a telephone


def common_view(data: PaperData, *, title: str) -> dict[str, Any]:
    """Return what every template prints: the data as JSON, with dates in words, drawings, and the mark of a reprint."""
    trace = " · ".join(filter(None, [title, data.dossier_code and f"Mã hồ sơ {data.dossier_code}", _print_count(data)]))
    return data.to_json() | {
        "title": title,
        "issued_at": data.issued_at.isoformat(),
        "place_and_date": place_and_date(data.place, data.issued_at),
        "trace": trace,
        "reprint_mark": reprint_mark(data),
        "tracking_qr_svg": qr_svg(data.tracking_url) if 0 < len(data.tracking_url) <= _LONGEST_IN_QR else "",
        "barcode_svg": barcode_svg(data.dossier_code),
        "barcode_modules": sum(bars(data.dossier_code)) if can_barcode(data.dossier_code) else 0,
        "owner": None if data.owner in {None, data.submitter} else data.to_json()["owner"],
    }


def reprint_mark(data: PaperData) -> str:
    """In lần 2, 14:05 22/11/2026 – bản sửa theo quyết định …; "" on the first print."""
    if data.print_version <= 1:
        return ""
    when = f", {short_moment(data.printed_at)}" if data.printed_at else ""
    return f"{_print_count(data)}{when}" + (f" – {data.correction}" if data.correction else "")


def _print_count(data: PaperData) -> str:
    return f"In lần {data.print_version}" if data.print_version > 1 else ""


def receipt_view(data: ReceiptData) -> dict[str, Any]:
    return {
        "components": [[line.name, count(line.originals), count(line.copies), line.note] for line in data.components],
        "set_count": count(data.set_count),
        "received_at": moment(data.received_at),
        "due_at": moment(data.due_at),
    }


def supplement_view(data: SupplementSlipData) -> dict[str, Any]:
    return {
        "items": [[line.name, line.note] for line in data.items],
        "submitted_at": moment(data.submitted_at),
        "answer_by": day_or_moment(data.answer_by),
    }


def refusal_view(data: RefusalData) -> dict[str, Any]:
    return {
        "reason_lines": [line for line in data.reason.splitlines() if line.strip()],
        "submitted_at": moment(data.submitted_at),
    }


def handover_view(data: HandoverNoteData) -> dict[str, Any]:
    return {
        "results": [[line.name, line.symbol, short_date(line.issued_on), count(line.copies)] for line in data.results],
        "delivered_at": moment(data.delivered_at),
    }
