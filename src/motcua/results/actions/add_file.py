"""Thêm bản lưu trữ vào giấy tờ trong kho."""

from datetime import datetime

from django.db import transaction

from motcua.files.actions.hold import hold
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record
from motcua.results.models import PaperFile, StoredPaper
from motcua.signing.queries.archive import archived_version

ARCHIVED = "Bản có thêm bằng chứng lưu trữ"


@transaction.atomic
def add_archived(*, issued: str, current: str, at: datetime) -> int:
    """Thêm bản lưu trữ: the version with proofs of a file stands beside it in every paper that has it, and is handed
    out from now on; the file as it was issued stays. Once for each version; returns how many papers got it.
    """
    papers = StoredPaper.objects.filter(files__blob_id=issued).exclude(files__blob_id=current)
    found = list(papers.select_for_update().order_by("id"))
    for paper in found:
        _add(paper, current, at)
    return len(found)


def add_what_is_archived(paper: StoredPaper, issued: str, at: datetime) -> None:
    """Add the version with proofs of a paper just put in, where the archive was quicker than the register."""
    current = archived_version(issued)
    if current and not paper.files.filter(blob_id=current).exists():
        _add(paper, current, at)


def _add(paper: StoredPaper, sha256: str, at: datetime) -> None:
    name = paper.files.order_by("id").values_list("name", flat=True).first() or "giay-to.pdf"
    hold(sha256)
    PaperFile.objects.create(paper=paper, blob_id=sha256, name=name, reason=ARCHIVED, added_at=at)
    record(SYSTEM, "result.file_added", paper, at=at, data={"sha256": sha256})
