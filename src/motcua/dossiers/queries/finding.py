"""Finding dossiers by code, name without diacritics, phone or identity number, within what one may see."""

from datetime import datetime

from django.db.models import QuerySet

from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.narrowing import Due, Wanted, narrowed
from motcua.dossiers.queries.work import ordered
from motcua.identity.terms import Actor
from motcua.kernel.paging import Page, decode_cursor, encode_cursor, reading_cursor

__all__ = ["Due", "Wanted", "find", "found_by"]

PAGE_SIZE = 30


def found_by(actor: Actor, wanted: Wanted, *, at: datetime) -> QuerySet[Dossier]:
    """Return the dossiers the actor may see that fit, newest first; an applicant knows parts only by their parent."""
    visible = visible_to(actor)
    if actor.kind == "citizen":
        visible = visible.filter(parent__isnull=True)
    found = narrowed(visible, wanted, at, account_id=actor.account_id)
    return ordered(found).order_by("-id").select_related("procedure", "owner", "unit", "holder")


def find(actor: Actor, wanted: Wanted, *, at: datetime, cursor: str = "", limit: int = PAGE_SIZE) -> Page[Dossier]:
    """Return a page of the dossiers the actor may see that fit, newest first (one query); raises Invalid."""
    found = found_by(actor, wanted, at=at)
    if cursor:
        with reading_cursor():
            found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    rows = list(found[: limit + 1])
    return Page(rows[:limit], encode_cursor([rows[limit - 1].pk]) if len(rows) > limit else "")
