"""From a document to its PDF/A-3a: laid out for people, its data attached for machines."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from motcua.files.documents.kinds import DocumentKind
from motcua.files.documents.terms import Document, Urgency
from motcua.files.papers import qr_svg, render
from motcua.kernel.errors import Invalid, Problem

_TEMPLATE: Final = "files/layout/document.typ"
DATA_FILE: Final = "data.json"
_DOTS = "……"
#: Width of the frame in millimetres; the frames are 8 mm high (Phụ lục I, mục III.3; from memory).
_FRAMES: Final = {Urgency.URGENT: 20, Urgency.VERY_URGENT: 40, Urgency.EXPRESS: 30}
_TWO_DIGITS_TO_MONTH: Final = 2


def render_document(kind: DocumentKind, document: Document) -> bytes:
    """Return the document as PDF/A-3a and PDF/UA-1, its data attached as `data.json`; the same bytes each time.

    Raises Invalid (with every problem) when a component is missing that the decree demands.
    """
    if problems := document_problems(kind, document):
        raise Invalid(problems)
    name = kind.label
    data = {
        **asdict(document),
        "kind": kind.value,
        "layout": kind.layout,
        "name": name,
        "title": f"{name} {document.number}: {document.about}".replace("  ", " ").replace(" :", ":"),
        "issued_at": document.issued_at.isoformat(),
        "day": "",
        "place_and_date": f"{document.place}, {written_day(document.day)}",
        "enclosing": enclosing_words(kind, document),
        "urgency": {"label": document.urgency.label.upper(), "width": _FRAMES.get(document.urgency, 0)},
        "circulation": document.circulation.label.upper() if document.circulation else "",
        "verify_qr_svg": qr_svg(document.url) if document.url else "",
    }
    attached = json.dumps(document_json(kind, document), ensure_ascii=False, indent=1, sort_keys=True)
    return render(_TEMPLATE, data, attach={DATA_FILE: attached.encode()})


def document_json(kind: DocumentKind, document: Document) -> dict[str, Any]:
    """Return the document for machines: every component, the kind by code, name and abbreviation."""
    said = asdict(document)
    said["issued_at"] = document.issued_at.isoformat()
    said["day"] = document.day.isoformat() if document.day else None
    return {"kind": kind.value, "kind_name": kind.label, "kind_abbreviation": kind.abbreviation, **said}


def document_problems(kind: DocumentKind, document: Document) -> list[Problem]:
    """Return which components are missing (Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục III)."""
    basis = "Nghị định 30/2020/NĐ-CP, Điều 8"
    demanded = [
        ("agency_name", document.agency_name, "Văn bản phải có tên cơ quan ban hành."),
        ("place", document.place, "Văn bản phải có địa danh."),
        ("about", document.about or kind is DocumentKind.OPEN_LETTER, "Văn bản phải có trích yếu nội dung."),
        ("body", document.body, "Văn bản phải có nội dung."),
        ("signers", document.signers, "Văn bản phải có người ký."),
        ("addressees", document.addressees or kind is not DocumentKind.LETTER, "Công văn phải ghi nơi nhận chính."),
        ("grounds", document.grounds or kind.layout != "decision", f"{kind.label} phải có căn cứ ban hành."),
        ("authority", document.authority or kind.layout != "decision", f"{kind.label} phải ghi thẩm quyền ban hành."),
        (
            "signers",
            len(document.signers) > 1 or kind.layout not in {"record", "agreement"},
            "Cần ít nhất hai người ký.",
        ),
    ]
    return [Problem(f"no_{field}", message, field, basis) for field, there, message in demanded if not there]


def written_day(day: date | datetime | None) -> str:
    """Return a day as documents write it: day below 10 and month 1, 2 with a leading zero; dots for none."""
    if day is None:
        return f"ngày {_DOTS} tháng {_DOTS} năm {_DOTS}"
    month = f"{day.month:02d}" if day.month <= _TWO_DIGITS_TO_MONTH else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def enclosing_words(kind: DocumentKind, document: Document) -> str:
    """Return what stands under the title of an annex: "(Kèm theo Quyết định số 15/QĐ-UBND ngày … của …)"."""
    number = f" số {document.number}" if document.number else ""
    return f"(Kèm theo {kind.label}{number} {written_day(document.day)} của {document.agency_name})"
