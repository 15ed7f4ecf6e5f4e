"""Fields and their widgets: where a signature stands in the form, on the page and among the tags of a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from motcua.kernel.errors import Invalid
from motcua.signing.appearance.views import turns_of
from motcua.signing.pades.appearance import drawing_of, empty_form, turned_form
from motcua.signing.pades.base import Base
from motcua.signing.pades.certified import refuse_new_field
from motcua.signing.pades.tags import add_forms
from motcua.signing.pades.words import problem
from motcua.signing.pades.writing import Increment, reference, text, without
from motcua.signing.terms import Blank, Placement, SignaturePlan

#: Shown, printed, not to be moved (ISO 32000-1, table 165: Print, Locked).
_FLAGS = 4 | 128
_BOTH_SIG_FLAGS = 3
#: Text of one or several lines that readers of the paper may not type into; its look is drawn with its value.
_TEXT_KIND = b"/FT /Tx /Ff 4097 /DA (0 g)"


@dataclass(frozen=True, slots=True)
class Field:
    """A field to be made: its name, what it is called aloud, where it shows (None: nowhere), what is drawn in it."""

    name: str
    label: str
    placement: Placement | None = None
    appearance: bytes | None = None
    value: int = 0
    is_blank: bool = False


@dataclass(frozen=True, slots=True)
class _Widget:
    number: int
    page: Any
    label: str


def lay_out(
    change: Increment,
    field: Field,
    reserved: Sequence[Field] = (),
    *,
    blanks: Sequence[Blank] = (),
    tagged: bool = True,
) -> None:
    """Put a field that holds a signature (`field.value`: its object's number) into the file, and empty ones beside it.

    `blanks` that have a value are filled in, the others made. An empty field of that name that is there already gets
    the signature. Raises Invalid. A structure is only changed with the first signature: later a change of tags would
    count as tampering, so fields that are to have tags are reserved then.
    """
    base = change.base
    existing = _fields_by_name(base)
    is_first = not any("/V" in one for one in existing.values())
    rooms = [Field(one.name, one.label, one.placement, is_blank=True) for one in blanks if not one.value]
    fresh = [one for one in (*reserved, *rooms) if one.name not in existing and one.name != field.name]
    for room in blanks:
        if room.value:
            _write(change, existing.get(room.name), room)
    if field.name in existing:
        _fill(change, existing[field.name], field)
    else:
        refuse_new_field(base, visible=field.placement is not None)
        fresh.insert(0, field)
    widgets = [_add(change, one) for one in fresh]
    forms = [(one.number, one.page, one.label) for one in widgets] if is_first and tagged else []
    keys = add_forms(change, forms)
    for one, widget in zip(fresh, widgets, strict=True):
        change.put(widget.number, _widget(change, one, widget, keys.get(widget.number)))
    _annotate(change, widgets)
    _register(change, widgets)


def _fields_by_name(base: Base) -> dict[str, Any]:
    form = base.root.get("/AcroForm")
    fields: Any = form.get("/Fields", []) if isinstance(form, pikepdf.Dictionary) else []
    return {str(one.T): one for one in fields if isinstance(one, pikepdf.Dictionary) and "/T" in one}


def _fill(change: Increment, existing: Any, field: Field) -> None:
    if "/V" in existing:
        raise Invalid(problem("field_taken"))
    usable = existing.get("/FT") == "/Sig" and existing.get("/Subtype") == "/Widget" and existing.is_indirect
    if not usable:
        raise Invalid(problem("field_unusable"))
    number, generation = existing.objgen
    turns = turns_of(existing.get("/P"))
    drawn = b" /AP << /N %s >>" % reference(_draw(change, field, turns)) if field.appearance else b""
    entries = without(existing, *(["/AP"] if drawn else []))
    change.put(number, b"<< %s%s /V %s >>" % (entries, drawn, reference(field.value)), generation)


def _write(change: Increment, existing: Any, blank: Blank) -> None:
    """Fill a room in that is still empty."""
    if existing is None or existing.get("/FT") != "/Tx" or "/V" in existing or not existing.is_indirect:
        raise Invalid(problem("blank_unusable"))
    number, generation = existing.objgen
    field = Field(blank.name, blank.label, appearance=blank.appearance)
    drawn = reference(_draw(change, field, turns_of(existing.get("/P"))))
    entries = without(existing, "/AP")
    change.put(number, b"<< %s /AP << /N %s >> /V %s >>" % (entries, drawn, text(blank.value)), generation)


def _add(change: Increment, field: Field) -> _Widget:
    pages = change.base.pdf.pages
    index = field.placement.page if field.placement else 0
    if not -len(pages) <= index < len(pages):
        raise Invalid(problem("no_such_page"))
    return _Widget(change.reserve(), pages[index].obj, field.label)


def _widget(change: Increment, field: Field, widget: _Widget, key: int | None) -> bytes:
    left, bottom, right, top = field.placement.box if field.placement else (0, 0, 0, 0)
    entries = [
        b"<< /Type /Annot /Subtype /Widget %s /F %d" % (_TEXT_KIND if field.is_blank else b"/FT /Sig", _FLAGS),
        b"/T %s /TU %s" % (text(field.name), text(field.label)),
        b"/Rect [ %.2f %.2f %.2f %.2f ] /P %s" % (left, bottom, right, top, reference(*widget.page.objgen)),
    ]
    if field.placement:
        turns = turns_of(widget.page)
        drawn = _draw(change, field, turns) if field.appearance else change.add(empty_form(right - left, top - bottom))
        entries.append(b"/AP << /N %s >>" % reference(drawn))
    if field.value:
        entries.append(b"/V %s" % reference(field.value))
    if key is not None:
        entries.append(b"/StructParent %d" % key)
    return b" ".join((*entries, b">>"))


def _draw(change: Increment, field: Field, turns: int) -> int:
    """Draw what shows, upright on a page that is shown turned by so many quarters."""
    drawing = drawing_of(field.appearance or b"")
    first = change.reserve(len(drawing.objects))
    for number, body in drawing.numbered_from(first):
        change.put(number, turned_form(body, turns) if number == first else body)
    return first


def _annotate(change: Increment, widgets: Sequence[_Widget]) -> None:
    pages: dict[tuple[int, int], list[_Widget]] = {}
    for widget in widgets:
        pages.setdefault(widget.page.objgen, []).append(widget)
    for (number, generation), here in pages.items():
        page = here[0].page
        kept = [bytes(one.unparse()) for one in page.get("/Annots", [])]
        all_of_them = b" ".join((*kept, *(reference(one.number) for one in here)))
        change.put(number, b"<< %s /Annots [ %s ] >>" % (without(page, "/Annots"), all_of_them), generation)


def _register(change: Increment, widgets: Sequence[_Widget]) -> None:
    if not widgets:
        return
    root = change.base.root
    form = root.get("/AcroForm", pikepdf.Dictionary())
    fields = b" ".join(
        (*(bytes(one.unparse()) for one in form.get("/Fields", [])), *(reference(one.number) for one in widgets))
    )
    where = form.objgen if form.is_indirect else None
    kept = without(form, "/Fields", "/SigFlags")
    body = b"<< %s /Fields [ %s ] /SigFlags %d >>" % (kept, fields, _BOTH_SIG_FLAGS)
    if where:
        change.put(where[0], body, where[1])
        return
    change.catalogue["/AcroForm"] = reference(change.add(body))


def field_of(plan: SignaturePlan, value: int) -> Field:
    """Return the field a plan asks for."""
    return Field(plan.name, plan.role.label, plan.placement, plan.appearance, value)
