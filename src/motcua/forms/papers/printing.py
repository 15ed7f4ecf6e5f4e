"""Forms and papers as PDF: the declaration of a form, filled in or blank, and the papers that templates describe.

Layout by Nghị định 30/2020/NĐ-CP (national title, margins, type) and by the custom of official declarations (quốc hiệu,
name, kính gửi, dotted lines, place and date, signature). The same data gives the same bytes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from motcua.expressions.terms import LOCAL
from motcua.files.papers import Sheet, qr_svg, render
from motcua.forms.rules.paper import PaperLine, declaration_lines, filled, paper_lines
from motcua.forms.rules.paper_text import with_text
from motcua.forms.rules.plan import plan_of
from motcua.forms.terms import Form, PaperTemplate

PREVIEW = "Bản xem trước, không có giá trị"
DRAFT = "DỰ THẢO"
_FOLDER = "forms/papers/templates"
_TWO_DIGITS_TO_MONTH = 2
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_SHORT_VALUE, _SHORT_LABEL = 24, 32
_HAND_LINES = 3
_NARROWEST, _WIDEST = 8, 32


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the body of a paper. `url` becomes the QR; `number` is the whole "12/GXN-UBND".

    `draft`: nobody decided it yet; `undated`: the day is written when it is issued. `day`: what is written for the day
    ("" = `issued_at`); `initialled`: the paper keeps room for initials.
    """

    issued_at: datetime
    agency_name: str = ""
    parent_name: str = ""
    place: str = ""
    number: str = ""
    code: str = ""
    url: str = ""
    signer: str = ""
    signed_note: str = ""
    preview: bool = False
    draft: bool = False
    undated: bool = False
    day: str = ""
    initialled: bool = False


def declaration_pdf(
    form: Form,
    values: Mapping[str, object],
    *,
    head: Head,
    blanks: bool = True,
    facts: Mapping[str, object] | None = None,
) -> bytes:
    """Return the printed form with these answers; with `blanks` also its questions left blank, as dots.

    `facts` decide with the values which questions were asked; the others are left out. No values at all give a sheet to
    fill in by hand, with every question. `head.issued_at` is the moment it was signed or printed.
    """
    by_hand = not values
    lines = _numbered(declaration_lines(form, values, blanks=blanks, facts=facts or {}))
    if by_hand:
        lines = _with_blank_rows(lines)
    data = {
        **_shared(head, form.title),
        "dotted": True,
        "form_label": "; ".join(filter(None, (form.number, form.basis))),
        "addressee": form.addressee,
        "place_and_date": _place_and_date(head, by_hand=by_hand),
        "signer": head.signer,
        "signed_note": head.signed_note,
        "lines": list(_drawn(lines, by_hand=by_hand)),
    }
    return render(f"{_FOLDER}/declaration.typ", data)


def paper_pdf(
    paper: PaperTemplate,
    form: Form,
    values: Mapping[str, object],
    facts: Mapping[str, object],
    *,
    head: Head,
    text: str = "",
) -> bytes:
    """Return a paper of the procedure for these answers and facts; see `paper_sheet`."""
    return paper_sheet(paper, form, values, facts, head=head, text=text).made()


def paper_sheet(
    paper: PaperTemplate,
    form: Form,
    values: Mapping[str, object],
    facts: Mapping[str, object],
    *,
    head: Head,
    text: str = "",
) -> Sheet:
    """Return a paper of the procedure for these answers and facts, to be set; a declaration has no agency above it.

    `text`: what somebody made of its words (`rules.paper_text`); what they left as it was keeps its layout.
    """
    title = filled(paper.title, plan_of(form).questions, {**facts, **values})
    lines = paper_lines(paper, form, values, facts)
    lines = with_text(lines, text) if text else lines
    data = {
        **_shared(head, title, with_code=False),
        "dotted": paper.kind == "declaration",
        "form_label": form.number,
        "addressee": form.addressee,
        "place_and_date": _place_and_date(head, by_hand=False),
        "number": head.number or (f"……/{paper.symbol}" if paper.symbol else ""),
        "initialled": head.initialled,
        "signer": head.signer,
        "signed_note": head.signed_note,
        "lines": list(_drawn(lines, by_hand=False)),
    }
    template = f"{_FOLDER}/{'declaration' if paper.kind == 'declaration' else 'paper'}.typ"
    return Sheet(template, data, {"verify_qr_svg": head.url} if head.url else {})


def _shared(head: Head, title: str, *, with_code: bool = True) -> dict[str, object]:
    return {
        "title": title,
        "issued_at": head.issued_at.isoformat(),
        "agency_name": head.agency_name,
        "parent_name": head.parent_name,
        "code": head.code,
        "trace": " – ".join(filter(None, (title, head.code))),
        "verify_qr_svg": qr_svg(head.url) if head.url and with_code else "",
        "preview": PREVIEW if head.preview else DRAFT if head.draft else "",
    }


def _place_and_date(head: Head, *, by_hand: bool) -> str:
    """Place and date, with 0 before days to 9 and months 1 and 2 (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    if by_hand:
        return "……………, ngày …… tháng …… năm ……"
    place = head.place or "………………"
    if head.undated:
        return f"{place}, ngày …… tháng …… năm ……"
    if head.day:
        return f"{place}, {head.day}"
    day = head.issued_at.astimezone(LOCAL).date()
    month = f"{day.month:02d}" if day.month <= _TWO_DIGITS_TO_MONTH else str(day.month)
    return f"{place}, ngày {day.day:02d} tháng {month} năm {day.year}"


def _numbered(lines: Iterable[PaperLine]) -> list[PaperLine]:
    """Headings with Roman numbers where there are several."""
    found = list(lines)
    if sum(line.kind == "heading" for line in found) < len(("I", "II")):
        return [line for line in found if line.kind != "heading"]
    numbers = iter(_ROMAN)
    return [_with_number(line, next(numbers, "")) if line.kind == "heading" else line for line in found]


def _with_number(line: PaperLine, number: str) -> PaperLine:
    return replace(line, text=f"{number}. {line.text}" if number else line.text)


def _with_blank_rows(lines: list[PaperLine]) -> list[PaperLine]:
    return [
        replace(line, rows=(("",) * len(line.heads),) * _HAND_LINES) if line.kind == "table" else line for line in lines
    ]


def _drawn(lines: Iterable[PaperLine], *, by_hand: bool) -> Iterator[dict[str, object]]:
    """Lines as the template draws them: short answers of one group side by side, two a line."""
    waiting: PaperLine | None = None
    is_deep = False
    for line in lines:
        pairs = line.kind == "field" and _is_short(line)
        if waiting is not None:
            yield _row([waiting, line] if pairs else [waiting], deep=is_deep)
            waiting = None
            if pairs:
                continue
        if line.kind in {"group", "heading", "subheading", "table"} or (line.kind == "field" and not line.is_part):
            is_deep = line.kind == "group"
        if pairs:
            waiting = line
        elif line.kind == "field" and line.is_long and not line.text:
            yield {"kind": "lines", "label": line.label, "count": _HAND_LINES if by_hand else 1}
        else:
            yield _row([line], deep=is_deep) if line.kind == "field" else _other(line)
    if waiting is not None:
        yield _row([waiting], deep=is_deep)


def _is_short(line: PaperLine) -> bool:
    return line.is_short and line.is_part and len(line.text) <= _SHORT_VALUE and len(line.label) <= _SHORT_LABEL


def _row(lines: list[PaperLine], *, deep: bool) -> dict[str, object]:
    cells = [{"label": line.label, "value": line.text, "boxes": [_box(*one) for one in line.boxes]} for line in lines]
    return {"kind": "fields", "deep": deep, "cells": cells}


def _box(label: str, is_on: bool) -> dict[str, object]:  # noqa: FBT001 (one of a pair)
    return {"label": label, "on": is_on}


def _other(line: PaperLine) -> dict[str, object]:
    return {
        "kind": line.kind,
        "text": line.text,
        "label": line.label,
        "heads": list(line.heads),
        "rows": [list(row) for row in line.rows],
        "widths": _widths(line),
        "signers": [asdict(one) for one in line.signers],
        "on": bool(line.label),
    }


def _widths(line: PaperLine) -> list[int]:
    """Shares of the width of a page for the columns of a table, by the longest content of each, within reason."""
    columns = zip(line.heads, *line.rows, strict=True)
    return [min(max(_NARROWEST, *(len(cell) for cell in column)), _WIDEST) for column in columns]
