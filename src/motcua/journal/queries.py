"""Reading the journal."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from motcua.journal.models import Anchor, Entry, Reading
from motcua.journal.rules.anchors import NOTHING, digest_on
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

    The chain itself cannot say that its last entries are gone: `verify_anchors` can, and each room that counts its
    acts (`dossiers/queries/journal.py`).
    """
    return problems_in_chain(entry.link() for entry in entries_of(object_type, object_id).iterator())


def verify_every_chain() -> list[Problem]:
    """Return what is wrong with the chain of any object, the object named. Reads every entry once, one by one."""
    found: list[Problem] = []
    entries = Entry.objects.order_by("object_type", "object_id", "id").iterator()
    for (object_type, object_id), chain in groupby(entries, key=lambda entry: (entry.object_type, entry.object_id)):
        found += [
            replace(problem, message=f"{object_type} {object_id}: {problem.message}")
            for problem in problems_in_chain(entry.link() for entry in chain)
        ]
    return found


def verify_anchors() -> list[Problem]:
    """Return one problem for each mark behind which the journal is not what it was, the end of a chain included.

    Reads the hash of every entry once.
    """
    problems, before, count, digest = [], 0, 0, NOTHING
    for anchor in Anchor.objects.order_by("last_entry_id"):
        hashes = list(
            Entry.objects.filter(pk__gt=before, pk__lte=anchor.last_entry_id)
            .order_by("pk")
            .values_list("hash", flat=True)
        )
        count, digest = count + len(hashes), digest_on(digest, hashes)
        if (count, digest) != (anchor.entries, anchor.digest):
            message = (
                f"Nhật ký trước mốc {timezone.localtime(anchor.at):%H:%M %d/%m/%Y} không còn như lúc đặt mốc: "
                f"nay có {count} dòng, lúc đó có {anchor.entries}."
            )
            problems.append(Problem("anchor_broken", message))
        before, count, digest = anchor.last_entry_id, anchor.entries, anchor.digest
    return problems


def latest_anchor() -> Anchor | None:
    """Return the newest mark; None before the first."""
    return Anchor.objects.order_by("-last_entry_id").first()
