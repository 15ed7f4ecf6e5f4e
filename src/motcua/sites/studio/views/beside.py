"""What stands beside a part while it is edited: the page of the form as citizens see it, the process drawn."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from motcua.forms.queries import places
from motcua.forms.rules.answers import read
from motcua.forms.terms import Field, Form, FormPage
from motcua.forms.web.screens import Screen, screen_of
from motcua.processes.rules.diagram import diagram
from motcua.sites.studio.drafts import Work
from motcua.sites.studio.places import Place


def beside(work: Work, page: str, place: Place | None = None) -> Mapping[str, Any]:
    """Return what to show beside the part: `screens` of a form, the `drawing` of a process; nothing for others."""
    if page == "bieu-mau":
        return {"screens": _screens(work, place)}
    if page == "quy-trinh" and work.definition.steps:
        return {"drawing": drawing_of(work, place)}
    return {}


def drawing_of(work: Work, place: Place | None = None) -> SafeString:
    """Return the process drawn; the step that is edited stands out."""
    steps, current = work.definition.steps, ""
    if place is not None and place.top == "buoc":
        number = place.holders[0][1] if place.holders else place.index
        current = steps[number].key if number is not None and number < len(steps) else ""
    return mark_safe(diagram(steps, current=current))  # noqa: S308 (drawn by the room, every text escaped there)


def _screens(work: Work, place: Place | None) -> list[Screen]:
    form = work.definition.form
    if form is None or not form.pages:
        return []
    pages = form.pages
    if place is not None and place.top == "trang":
        number = place.holders[0][1] if place.holders else place.index
        pages = form.pages[number : number + 1] if number is not None else ()
    elif place is not None:
        return []
    return [preview_of(form, page) for page in pages if page.fields]


def preview_of(form: Form, page: FormPage) -> Screen:
    """Return a page as it looks with every question asked, whatever its condition, and nothing answered."""
    shown = form.model_copy(update={"pages": tuple(_always(one) for one in form.pages)})
    today = timezone.localdate()
    known = places()
    answers = read(shown, {}, facts={"today": today}, today=today, places=known)
    return screen_of(shown, page.key, answers, today=today, places=known)


def _always(page: FormPage) -> FormPage:
    fields = tuple(_asked(field) for field in page.fields)
    return page.model_copy(update={"when": "", "fields": fields})


def _asked(field: Field) -> Field:
    columns = tuple(column.model_copy(update={"when": ""}) for column in field.columns)
    return field.model_copy(update={"when": "", "columns": columns})
