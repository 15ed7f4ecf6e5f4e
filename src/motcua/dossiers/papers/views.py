"""From the data of a paper to the strings its template prints."""

from typing import Any

from motcua.dossiers.papers.data import (
    ApologyData,
    ComponentLine,
    HandoverNoteData,
    PaperData,
    ReceiptData,
    RefusalData,
    Signatory,
    StopData,
    SupplementSlipData,
)
from motcua.dossiers.papers.words import count, day_or_moment, moment, place_and_date, short_date, short_moment
from motcua.files.papers import qr_svg
from motcua.files.rules.barcode import barcode_svg, bars, can_barcode

_LONGEST_IN_QR = 500  # more would print too fine for a telephone
_ADDED_LATER = frozenset({"verify_url", "variant"})


def common_view(data: PaperData, *, title: str) -> dict[str, Any]:
    """Return what every template prints: the data as JSON, with dates in words, drawings, and the mark of a reprint."""
    trace = " · ".join(filter(None, [title, data.dossier_code and f"Mã hồ sơ {data.dossier_code}", _print_count(data)]))
    return (
        _fields(data)
        | {
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
        | _verifying(data)
    )


def _fields(data: PaperData) -> dict[str, Any]:
    """The data as JSON; what later releases added is left out where it is empty, so that old papers stay the same."""
    return {name: value for name, value in data.to_json().items() if value or name not in _ADDED_LATER}


def _verifying(data: PaperData) -> dict[str, str]:
    return {"verify_qr_svg": qr_svg(data.verify_url)} if 0 < len(data.verify_url) <= _LONGEST_IN_QR else {}


def reprint_mark(data: PaperData) -> str:
    """In lần 2, 14:05 22/11/2026 – bản sửa theo quyết định …; "" on the first print."""
    if data.print_version <= 1:
        return ""
    when = f", {short_moment(data.printed_at)}" if data.printed_at else ""
    return f"{_print_count(data)}{when}" + (f" – {data.correction}" if data.correction else "")


def _print_count(data: PaperData) -> str:
    return f"In lần {data.print_version}" if data.print_version > 1 else ""


def receipt_view(data: ReceiptData) -> dict[str, Any]:
    def middle(line: ComponentLine) -> list[str]:
        numbers = (line.pages, line.copies) if data.variant == "certification" else (line.originals, line.copies)
        return [count(number) for number in numbers]

    return {
        "components": [[line.name, *middle(line), line.note] for line in data.components],
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


def apology_view(data: ApologyData) -> dict[str, Any]:
    is_moved = data.original_due_at is not None and data.original_due_at != data.due_before
    return {
        "received_at": moment(data.received_at),
        "due_before": moment(data.due_before),
        "original_due_at": moment(data.original_due_at) if is_moved else "",
        "promised_at": moment(data.promised_at),
        "signing_lines": signing_lines(data.signer),
    }


def stop_view(data: StopData) -> dict[str, Any]:
    return {
        "reason_lines": [line for line in data.reason.splitlines() if line.strip()],
        "received_at": moment(data.received_at),
        "submitted_at": "" if data.received_at else moment(data.submitted_at),
        "asked_on": day_or_moment(data.asked_on),
        "signing_lines": signing_lines(data.signer),
    }


def signing_lines(signer: Signatory) -> list[str]:
    """Return the lines above the signature of a leader, one for each title: KT. CHỦ TỊCH, PHÓ CHỦ TỊCH."""
    return [line.strip() for line in signer.title.split(" / ") if line.strip()] or ["Thủ trưởng cơ quan"]
