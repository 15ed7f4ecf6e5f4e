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


def look_for_organisation(*, actor: Actor, paper: StoredPaper, at: datetime, what: str) -> None:
    """Ghi lần xem giấy tờ của tổ chức: everybody who acts for it sees who of them looked; own papers write nothing."""
    if not paper.holder_id:
        note_reading(actor, paper, kind=ReadingKind.LOOK_UP, purpose=what, at=at, code=paper.number)


def look_at_entry(
    *, actor: Actor, paper: StoredPaper, at: datetime, what: str = "Xem sổ kết quả điện tử của cơ quan"
) -> None:
    """Ghi lần xem sổ kết quả: an officer of the agency opened the entry, its file, printed its slip (`what`)."""
    note_reading(actor, paper, kind=ReadingKind.LOOK_UP, purpose=what, at=at, code=paper.number)
