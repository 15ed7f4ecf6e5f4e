"""Dọn kho tệp: what nobody holds waits on its shelf, then in quarantine, then goes."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.files.actions.shelves import put_away, quarantined, sweep_incoming, take_back, throw_away
from motcua.files.models import Blob
from motcua.files.queries import FOLDERS, owners_of
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record

#: Temporary files of a process that was killed; an upload takes minutes, never this long.
_INCOMING_LIVES = timedelta(days=2)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Tidied:
    """What one round did: blobs seen unused for the first time, put into quarantine, removed; leftovers swept."""

    noted: int = 0
    put_away: int = 0
    removed: int = 0
    swept: int = 0


def tidy(*, at: datetime) -> Tidied:
    """Dọn kho tệp: one round. Safe to run twice, at once, and to be killed at any moment."""
    noted = Blob.objects.filter(references=0, unowned_since__isnull=True).update(unowned_since=at)
    away = [pk for pk in _names(_unused(at)) if _put_away(pk, at)]
    gone = [pk for pk in _names(_over(at)) if _remove(pk, at)]
    swept = _sweep_quarantine() + sweep_incoming(before=(at - _INCOMING_LIVES).timestamp())
    done = Tidied(noted, len(away), len(gone), swept)
    _log.info("unused files: %s", done)
    return done


def _unused(at: datetime) -> QuerySet[Blob]:
    long_ago = at - timedelta(days=settings.KEEP_UNUSED_DAYS)
    return Blob.objects.filter(references=0, quarantined_at__isnull=True, unowned_since__lte=long_ago)


def _over(at: datetime) -> QuerySet[Blob]:
    return Blob.objects.filter(references=0, quarantined_at__lte=at - timedelta(days=settings.QUARANTINE_DAYS))


def _names(found: QuerySet[Blob]) -> list[str]:
    return list(found.values_list("pk", flat=True))


@transaction.atomic
def _put_away(sha256: str, at: datetime) -> bool:
    """Into quarantine, unless somebody holds it again, or works on it at this moment."""
    blob = _unused(at).select_for_update(skip_locked=True).filter(pk=sha256).first()
    if blob is None:
        return False
    put_away(sha256)
    blob.quarantined_at = at
    blob.save(update_fields=["quarantined_at"])
    return True


@transaction.atomic
def _remove(sha256: str, at: datetime) -> bool:
    """Remove row and content, the content last: a crash in between leaves a file without a row, swept later.

    The lock of the row keeps new owners out; a row that refers to the blob although it was never counted keeps it.
    """
    blob = _over(at).select_for_update(skip_locked=True).filter(pk=sha256).first()
    if blob is None:
        return False
    if owners := owners_of(sha256):
        take_back(sha256)
        record(SYSTEM, "blob.miscounted", blob, at=at, data={"references": 0, "owners": owners})
        blob.references, blob.unowned_since, blob.quarantined_at = owners, None, None
        blob.save(update_fields=["references", "unowned_since", "quarantined_at"])
        return False
    put_away(sha256)  # an act that was undone may have brought the file back without the row
    data = {"size": blob.size, "media_type": blob.media_type, "created_at": blob.created_at.isoformat()}
    record(SYSTEM, "blob.removed", blob, at=at, data=data)
    blob.delete()
    transaction.on_commit(lambda: throw_away(sha256))
    return True


def _sweep_quarantine() -> int:
    """Throw away what has no row any more: somebody was killed between the commit and the removal of the file."""
    count = 0
    for folder in FOLDERS:
        lying = set(quarantined(folder))
        lying -= set(Blob.objects.filter(pk__in=lying).values_list("pk", flat=True))
        for sha256 in lying:
            throw_away(sha256)
        count += len(lying)
    return count
