"""Finding dossiers by code, name without diacritics, phone or identity number, within what one may see."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import visible_to
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.work import ordered
from motcua.dossiers.rules.search import wanted_keys
from motcua.dossiers.terms import ENDED, Status
from motcua.identity.terms import Actor
from motcua.kernel.paging import Page, decode_cursor, encode_cursor, reading_cursor

PAGE_SIZE = 30


class Due(TextChoices):
    """How near the appointment is."""

    LATE = "qua-han", "Quá hạn"
    TODAY = "hom-nay", "Hẹn trả hôm nay"
    LATER = "con-han", "Còn hạn"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; every part may be empty, then it does not narrow."""

    text: str = ""
    status: int | None = None
    unit_id: int | None = None
    due: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        return not (self.text.strip() or self.status or self.unit_id or self.due)


def find(actor: Actor, wanted: Wanted, *, at: datetime, cursor: str = "", limit: int = PAGE_SIZE) -> Page[Dossier]:
    """Return a page of the dossiers the actor may see that fit, newest first (one query); raises Invalid."""
    found = ordered(_narrowed(visible_to(actor), wanted, at)).order_by("-id")
    if cursor:
        with reading_cursor():
            found = found.filter(pk__lt=int(decode_cursor(cursor, length=1)[0]))
    rows = list(found.select_related("procedure", "owner", "unit", "holder")[: limit + 1])
    return Page(rows[:limit], encode_cursor([rows[limit - 1].pk]) if len(rows) > limit else "")


def _narrowed(found: QuerySet[Dossier], wanted: Wanted, at: datetime) -> QuerySet[Dossier]:
    if keys := wanted_keys(wanted.text):
        found = found.filter(search_keys__contains=keys)
    if wanted.status is not None:
        found = found.filter(status=wanted.status)
    if wanted.unit_id is not None:
        found = found.filter(unit_id=wanted.unit_id)
    return found.filter(_due(wanted.due, at)) if wanted.due else found


def _due(due: str, at: datetime) -> Q:
    today = timezone.localdate(at, VIET_NAM)
    begins, ends = (datetime.combine(today, hour, VIET_NAM) for hour in (time.min, time.max))
    running = Q(due_at__isnull=False) & ~Q(status__in=sorted({*ENDED, Status.FINISHED, Status.SUPPLEMENT_REQUESTED}))
    spans = {
        Due.LATE: Q(due_at__lt=begins),
        Due.TODAY: Q(due_at__gte=begins, due_at__lte=ends),
        Due.LATER: Q(due_at__gt=ends),
    }
    return running & spans.get(Due(due), Q()) if due in Due.values else Q()
