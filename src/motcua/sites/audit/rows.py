"""Entries of the journal as rows: what was done to what, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.urls import reverse

from motcua.agencies.models import Post
from motcua.agencies.queries import unit as unit_by_id
from motcua.deadlines.terms import ClockKey
from motcua.identity.models import Account
from motcua.journal.models import Entry
from motcua.kernel.errors import NotFound
from motcua.sites.audit.scope import DOSSIER
from motcua.sites.audit.verbs import verb_text
from motcua.sites.audit.words import summary_of

#: An act written down later than this was keyed in afterwards.
BACKDATED_AFTER: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the journal: `label` of the thing, `url` where it can be looked at."""

    entry: Entry
    verb: str
    label: str
    url: str
    summary: str
    is_backdated: bool


def is_backdated(entry: Entry) -> bool:
    """Whether the act was written down later than it happened."""
    return entry.recorded_at - entry.at > BACKDATED_AFTER


def rows_of(entries: Sequence[Entry]) -> list[EntryRow]:
    """Return the entries as rows (two queries at most)."""
    names = _names(entries)
    found = []
    for entry in entries:
        label, url = _thing(entry, names)
        found.append(EntryRow(entry, verb_text(entry.verb), label, url, summary_of(entry), is_backdated(entry)))
    return found


Names = Mapping[tuple[str, str], str]


def _names(entries: Iterable[Entry]) -> Names:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        wanted.setdefault(entry.object_type, set()).add(entry.object_id)
    found: dict[tuple[str, str], str] = {}
    if accounts := wanted.get("identity.account"):
        for pk, name in Account.objects.filter(pk__in=accounts).values_list("pk", "full_name"):
            found["identity.account", str(pk)] = name
    if posts := wanted.get("agencies.post"):
        rows = Post.objects.filter(pk__in=posts).values_list("pk", "title", "unit__name")
        for pk, title, unit in rows:
            found["agencies.post", str(pk)] = f"{title}, {unit}"
    return found


def _thing(entry: Entry, names: Names) -> tuple[str, str]:
    data = entry.data
    if entry.object_type == DOSSIER:
        code = str(data.get("code", ""))
        return code, reverse("audit:replay", args=[code]) if code else ""
    if entry.object_type == "agencies.unit":
        return _unit_name(entry.object_id), ""
    if entry.object_type == "procedures.procedure":
        return str(data.get("code", "")), ""
    if entry.object_type == "deadlines.calendarexception":
        return str(data.get("name", "")), ""
    if entry.object_type == "deadlines.clocksetting":
        key = str(data.get("key", ""))
        return (ClockKey(key).label if key in ClockKey.values else key), ""
    return names.get((entry.object_type, entry.object_id), ""), ""


def _unit_name(unit_id: str) -> str:
    try:
        return unit_by_id(int(unit_id)).name
    except NotFound:
        return ""
