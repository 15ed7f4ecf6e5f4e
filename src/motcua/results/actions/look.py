"""Ghi lần xem giấy tờ trong kho."""

from datetime import datetime

from motcua.dossiers.models import Attachment
from motcua.identity.terms import Actor
from motcua.journal.actions.note_reading import note_reading
from motcua.journal.terms import ReadingKind
from motcua.results.models import Reuse, StoredPaper


def look_at_reused(*, actor: Actor, file: Attachment, code: str, at: datetime) -> None:
    """Ghi lần xem giấy tờ lấy từ kho: its holder sees which officer opened it, and for which dossier.

    A file that did not come from a store writes nothing (one query).
    """
    if file.component_id is None:
        return
    reuses = Reuse.objects.filter(component_id=file.component_id, paper__files__blob_id=file.blob_id)
    for reuse in reuses.select_related("paper"):
        purpose = f"Giải quyết hồ sơ {code}"
        note_reading(actor, reuse.paper, kind=ReadingKind.WORK, purpose=purpose, at=at, code=code)


def look_at_entry(*, actor: Actor, paper: StoredPaper, at: datetime) -> None:
    """Ghi lần xem sổ kết quả: an officer of the agency opened the entry."""
    purpose = "Xem sổ kết quả điện tử của cơ quan"
    note_reading(actor, paper, kind=ReadingKind.LOOK_UP, purpose=purpose, at=at, code=paper.number)
