"""Reading the journal."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import QuerySet

from motcua.journal.models import Entry, Reading
from motcua.journal.rules.chain import problems_in_chain
from motcua.kernel.errors import Problem


def entries_of(object_type: str, object_id: str) -> QuerySet[Entry]:
    """Return an object's entries, oldest first; `object_type` like "dossiers.dossier"."""
    return Entry.objects.filter(object_type=object_type, object_id=object_id).order_by("id")


def entries_about(obj: models.Model) -> QuerySet[Entry]:
    """Return the entries of `obj`, oldest first."""
    return entries_of(obj._meta.label_lower, str(obj.pk))


def search(
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    actor_id: int | None = None,
    verb: str = "",
    object_type: str = "",
    objects: Iterable[str] | None = None,
    text: str = "",
) -> QuerySet[Entry]:
    """Return entries that fit every given condition, newest first."""
    found = Entry.objects.order_by("-id")
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    if actor_id:
        found = found.filter(actor_id=actor_id)
    if verb:
        found = found.filter(verb=verb)
    if object_type:
        found = found.filter(object_type=object_type)
    if objects is not None:
        found = found.filter(object_id__in=list(objects))
    if text:
        found = found.filter(models.Q(actor_name__icontains=text) | models.Q(data__code__icontains=text))
    return found


def readings_of(object_type: str, object_ids: Iterable[str]) -> QuerySet[Reading]:
    """Return who read the personal data in these objects, newest first."""
    return Reading.objects.filter(object_type=object_type, object_id__in=list(object_ids)).order_by("-at", "-id")


def verify_chain(object_type: str, object_id: str) -> list[Problem]:
    """Return what is wrong with an object's chain; none when no entry was changed, or removed from its middle.

    The chain itself cannot say that its last entries are gone: their number is compared where the acts are counted.
    """
    return problems_in_chain(entry.link() for entry in entries_of(object_type, object_id).iterator())
