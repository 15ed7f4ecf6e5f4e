"""Searching the journal: what is asked for, page by page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import F, QuerySet

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.journal.models import Entry
from motcua.kernel.paging import Page, decode_cursor, encode_cursor
from motcua.kernel.text import fold
from motcua.sites.audit.scope import DOSSIER, overseen_agencies, overseen_entries
from motcua.sites.audit.verbs import verb_choices
from motcua.sites.kit.forms import CleanCharField, DayField
from motcua.sites.office.folding import Folded

PAGE_SIZE = 50


class SearchForm(forms.Form):
    """What of the journal is looked for; every part may be empty."""

    tu = DayField(label="Từ ngày", required=False, help_text="")
    den = DayField(label="Đến hết ngày", required=False, help_text="")
    nguoi = CleanCharField(label="Người thực hiện", required=False, max_length=200)
    viec = forms.ChoiceField(label="Việc", required=False)
    ho_so = CleanCharField(label="Mã hồ sơ", required=False, max_length=60)
    don_vi = forms.ChoiceField(label="Cơ quan", required=False)

    def __init__(self, actor: Actor, today: date, data: Any = None) -> None:
        super().__init__(data, label_suffix="", auto_id="%s")
        verbs, places = self.fields["viec"], self.fields["don_vi"]
        if isinstance(verbs, forms.ChoiceField) and isinstance(places, forms.ChoiceField):
            verbs.choices = [("", "Mọi việc"), *verb_choices()]
            known = [(str(unit.id), unit.name) for unit in overseen_agencies(actor, today)]
            places.choices = [("", "Mọi cơ quan"), *known]
        for field in self.fields.values():
            setattr(field.widget, "no_optional_mark", True)  # noqa: B010 (read by the template tag `field`)


@dataclass(frozen=True, slots=True)
class Search:
    """A search of one overseer."""

    actor: Actor
    said: dict[str, Any]

    def found(self) -> QuerySet[Entry]:
        """Return the entries that fit, newest first."""
        said = self.said
        under = int(said["don_vi"]) if said.get("don_vi") else None
        found = overseen_entries(self.actor, under=under).order_by("-id")
        if said.get("tu"):
            found = found.filter(at__gte=datetime.combine(said["tu"], time.min, VIET_NAM))
        if said.get("den"):
            found = found.filter(at__lt=datetime.combine(said["den"] + timedelta(days=1), time.min, VIET_NAM))
        if said.get("viec"):
            found = found.filter(verb=said["viec"])
        if said.get("ho_so"):
            code = said["ho_so"].upper()
            ids = [str(pk) for pk in Dossier.objects.filter(code=code).values_list("pk", flat=True)]
            found = found.filter(object_type=DOSSIER, object_id__in=ids)
        return _by_name(found, said.get("nguoi", ""))

    def page(self, cursor: str) -> Page[Entry]:
        """Return a page (one query, two with a code); raises Invalid for a cursor not ours."""
        return page_of(self.found(), cursor)


def _by_name(found: QuerySet[Entry], name: str) -> QuerySet[Entry]:
    if not name:
        return found
    found = found.annotate(folded=Folded(F("actor_name")))
    for word in fold(name).split():
        found = found.filter(folded__contains=word)
    return found


def page_of(found: QuerySet[Entry], cursor: str) -> Page[Entry]:
    """Return a page of entries in the order of writing, newest first."""
    if cursor:
        found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    rows = list(found[: PAGE_SIZE + 1])
    return Page(rows[:PAGE_SIZE], encode_cursor([rows[PAGE_SIZE - 1].pk]) if len(rows) > PAGE_SIZE else "")
