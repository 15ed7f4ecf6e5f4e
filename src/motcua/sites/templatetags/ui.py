"""The parts of the visual language as template tags: `{% load ui %}`. docs/visual-language.md shows each.

Tags take plain values made in views; none of them asks the database.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from motcua.dossiers.rules.masking import mask_number
from motcua.dossiers.terms import Status
from motcua.procedures.terms import Fee
from motcua.sites.kit import words
from motcua.sites.kit.clock import Clock
from motcua.sites.kit.status import MEANINGS
from motcua.sites.kit.thread import Knot, Link, Paper

register = template.Library()


@register.simple_tag
def status_tag(code: int) -> SafeString:
    """`{% status_tag dossier.status %}`: the national status as word, colour and shape."""
    return format_html('<strong class="st st-{}">{}</strong>', int(code), Status(code).label)


@register.filter
def status_meaning(code: int) -> str:
    """`{{ dossier.status|status_meaning }}`: what the status means for the one who waits."""
    return MEANINGS[Status(code)]


@register.filter
def masked(number: str) -> str:
    """`{{ party.personal_id|masked }}`: only the last digits of a number."""
    return mask_number(number)


@register.inclusion_tag("ui/clock.html")
def clock(face: Clock, question: str = "Vì sao là ngày này?") -> dict[str, object]:
    """`{% clock face %}`: what is left, one stitch a working day, and the sum behind it."""
    return {"face": face, "question": question}


@register.simple_tag
def due(face: Clock) -> SafeString:
    """`{% due face %}`: the clock in one line, for rows of a table."""
    return format_html('<span class="due {}">{}</span>', face.tone, face.short or face.text)


@register.inclusion_tag("ui/thread.html")
def thread(knots: Sequence[Knot], level: int = 3) -> dict[str, object]:
    """`{% thread knots %}`: the life of a dossier, the oldest knot first."""
    return {"knots": knots, "level": level}


@register.inclusion_tag("ui/steps.html")
def steps(names: Sequence[str], current: int) -> dict[str, object]:
    """`{% steps names 2 %}`: "Bước 2 trên 5: …" and one stitch a step; `current` counts from 1."""
    marks = [
        {"name": name, "done": number < current, "current": number == current} for number, name in enumerate(names, 1)
    ]
    return {"marks": marks, "current": current, "total": len(names), "name": names[current - 1]}


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField, ask: str = "") -> dict[str, object]:
    """`{% field form.phone %}`: label, hint, errors, input; `{% field form.x "ask" %}` makes the label the question."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    several = bound.use_fieldset and kind in {"radio", "checkbox"}
    return {
        "bound": bound,
        "ask": ask,
        "several": several,
        "single_box": kind == "checkbox" and not several,
        "optional": not bound.field.required and kind != "checkbox" and not getattr(widget, "no_optional_mark", False),
    }


@register.inclusion_tag("ui/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, object]:
    """`{% error_summary form %}` (or several forms): every error in one box, each linked to its field."""
    return {"lines": [line for form in forms for line in _error_lines(form)]}


def _error_lines(form: BaseForm) -> Iterable[dict[str, str]]:
    for name, errors in form.errors.items():
        target = "" if name not in form.fields else _first_input_id(form[name])
        for error in errors:
            yield {"target": target, "text": str(error)}


def _first_input_id(bound: BoundField) -> str:
    return f"{bound.auto_id}_0" if bound.use_fieldset else bound.auto_id


@register.inclusion_tag("ui/crumbs.html")
def crumbs(*pairs: str) -> dict[str, object]:
    """`{% crumbs "Trang chủ" "/" "Thủ tục" "/thu-tuc/" %}`: the way back, without the page itself."""
    return {"links": [Link(label, url) for label, url in zip(pairs[::2], pairs[1::2], strict=True)]}


@register.inclusion_tag("ui/papers.html")
def papers(sheets: Sequence[Paper]) -> dict[str, object]:
    """`{% papers sheets %}`: files to open, each a little sheet with its kind, size and pages."""
    return {"sheets": sheets}


@register.inclusion_tag("ui/links.html")
def filter_bar(links: Sequence[Link], label: str) -> dict[str, object]:
    """`{% filter_bar links "Lọc hồ sơ" %}`: links with counters; the current one is filled."""
    return {"links": links, "label": label, "look": "filters"}


@register.inclusion_tag("ui/links.html")
def tab_bar(links: Sequence[Link], label: str) -> dict[str, object]:
    """`{% tab_bar links "Phần của hồ sơ" %}`: tabs that are links."""
    return {"links": links, "label": label, "look": "tabs"}


@register.inclusion_tag("ui/queues.html")
def queues(links: Sequence[Link], label: str) -> dict[str, object]:
    """`{% queues links "Việc của tôi" %}`: the officer's queues with their counters (desk.css)."""
    return {"links": links, "label": label}


@register.filter
def moment(value: datetime) -> str:
    """`{{ at|moment }}`: "10 giờ 15, thứ Tư 24/02/2026"."""
    return words.moment_text(value) if value else ""


@register.filter
def day(value: date) -> str:
    """`{{ at|day }}`: "thứ Tư 24/02/2026"."""
    return words.day_text(value) if value else ""


@register.filter
def lower_first(value: str) -> str:
    """`{{ kind|lower_first }}`: a label inside a sentence; names such as "Bộ phận Một cửa" keep their capitals."""
    return f"{value[:1].lower()}{value[1:]}"


@register.filter
def dong(value: int) -> str:
    """`{{ amount|dong }}`: "8.000", "−8.000", for columns of sums."""
    return f"{int(value or 0):,}".replace(",", ".").replace("-", "−")


@register.filter
def money(value: int) -> str:
    """`{{ fee.amount|money }}`: "8.000 đồng" or "Không thu"."""
    return words.money_text(int(value))


@register.filter
def fee_words(value: Fee) -> str:
    """`{{ fee|fee_words }}`: "8.000 đồng/trang", "Không thu", "Theo quy định"."""
    return words.fee_text(value)


@register.filter
def file_size(value: int) -> str:
    """`{{ blob.size|file_size }}`: "120 KB"."""
    return words.size_text(int(value))


@register.filter
def get(mapping: dict[str, Any], key: str) -> Any:
    """`{{ counts|get:key }}`: the value of a key that is itself a variable."""
    return mapping.get(key)
