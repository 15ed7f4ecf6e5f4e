"""Xuất gói bằng chứng."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from motcua.evidence.actions.make_head import make_head
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.models import Head
from motcua.evidence.queries.bundle import Wanted, write_bundle
from motcua.evidence.queries.tree import latest_head
from motcua.journal.actions import record
from motcua.journal.terms import Recorder


def export_bundle(*, actor: Recorder, path: Path, wanted: Wanted, at: datetime) -> int:
    """Xuất gói bằng chứng: take everything in, sign a head over it, write the bundle; return its number of leaves.

    Whoever exports reads personal data, so it becomes an entry of the journal. Raises NotFound, KeyProblemError.
    """
    sequence_all(at=at)
    make_head(at=at)
    count = write_bundle(path, wanted, at=at)
    head = latest_head()
    if head is not None:
        data = {"code": wanted.code, "leaves": count, "blobs": wanted.with_blobs}
        with transaction.atomic():
            locked = Head.objects.select_for_update().get(pk=head.pk)
            record(actor, "evidence.exported", locked, at=at, data=data)
    return count
