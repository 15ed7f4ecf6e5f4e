"""Đối chiếu số nơi giữ: whether every blob is counted by its owners."""

from datetime import datetime

from django.db import transaction

from motcua.files.models import Blob
from motcua.files.queries import Miscount, owners_of, recount
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record


def check_counts(*, at: datetime) -> list[Miscount]:
    """Đối chiếu số nơi giữ: return the blobs whose counter was wrong, each journalled and put right.

    Counts again with the row locked: nobody can hold, release or refer to the blob meanwhile.
    """
    return [one for one in recount() if _put_right(one.sha256, at)]


@transaction.atomic
def _put_right(sha256: str, at: datetime) -> bool:
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None or (owners := owners_of(sha256)) == blob.references:
        return False
    record(SYSTEM, "blob.miscounted", blob, at=at, data={"references": blob.references, "owners": owners})
    blob.references = owners
    if owners:
        blob.unowned_since = blob.quarantined_at = None  # a file in quarantine is moved by `compare_places`
    blob.save(update_fields=["references", "unowned_since", "quarantined_at"])
    return True
