"""Lưu trữ lâu dài giấy tờ đã ký; gia hạn dấu thời gian lưu trữ."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from motcua.files.actions.hold import hold, release
from motcua.files.actions.store import store_paper
from motcua.files.queries import open_blob
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit
from motcua.journal.actions.record import record
from motcua.kernel.errors import MotCuaError
from motcua.signing.events import PaperArchived
from motcua.signing.models import ArchivedPaper
from motcua.signing.pades.archive import algorithms_of, archive_with, last_stamp
from motcua.signing.pades.evidence import Book
from motcua.signing.rules.renewal import Sunsets, digest_for, renewal_due
from motcua.signing.terms import Stamper
from motcua.trust.terms import TrustStoppedError, UnstampedError

#: A paper that could not be archived is tried again after this, each time twice as long, at most a day.
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=10), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Means:
    """What archiving needs: an authority of time, proofs of certificates, the table of algorithms' ends."""

    stamper: Stamper
    book: Book
    sunsets: Sunsets


@transaction.atomic
def keep_for_archive(*, sha256: str, at: datetime) -> ArchivedPaper:
    """Đưa giấy tờ đã ký vào lưu trữ lâu dài: it is due at once. The same file is kept once."""
    row, is_new = ArchivedPaper.objects.get_or_create(issued_id=sha256, defaults={"registered_at": at, "due_at": at})
    if is_new:
        hold(sha256)
    return row


def archive_due(paper_id: int, *, means: Means, at: datetime) -> bool:
    """Hoàn thiện hoặc gia hạn một giấy tờ: proofs and a timestamp are added to its archived version.

    Says whether it was done; why not is in the row, with the next try. Safe to run twice: a version that another run
    has made meanwhile stays. The network is asked outside any transaction.
    """
    row = ArchivedPaper.objects.get(pk=paper_id)
    before, digest = row.current_id or row.issued_id, digest_for(at, means.sunsets)
    try:
        with open_blob(before) as file:
            content = archive_with(file.read(), means.stamper, means.book, hash_name=digest)
        stamp = last_stamp(content)
    except (MotCuaError, UnstampedError, TrustStoppedError) as error:
        _put_off(paper_id, before, _reason(error), at)
        return False
    kept = store_paper(content, name="luu-tru.pdf", at=at)
    assert stamp is not None  # noqa: S101 it was just made
    return _take(paper_id, before, kept.sha256, digest, stamp, means.sunsets, at)


def _reason(error: Exception) -> str:
    return str(error) or "Dịch vụ cấp dấu thời gian không trả lời."


@transaction.atomic
def _put_off(paper_id: int, before: str, reason: str, at: datetime) -> None:
    row = ArchivedPaper.objects.select_for_update().get(pk=paper_id)
    if (row.current_id or row.issued_id) != before:
        return
    row.due_at = at + min(_FIRST_WAIT * 2 ** min(row.attempts, 10), _LONGEST_WAIT)
    row.attempts, row.last_error = row.attempts + 1, reason
    row.save(update_fields=["due_at", "attempts", "last_error"])


@transaction.atomic
def _take(
    paper_id: int,
    before: str,
    sha256: str,
    digest: str,
    stamp: tuple[datetime, bytes],
    sunsets: Sunsets,
    at: datetime,
) -> bool:
    row = ArchivedPaper.objects.select_for_update().get(pk=paper_id)
    if (row.current_id or row.issued_id) != before:
        return False
    is_first = row.current_id is None
    hold(sha256)
    if row.current_id:
        release(row.current_id)
    ends, algorithm = algorithms_of(stamp[1])
    renewal = renewal_due(at=at, stamp_ends=ends, algorithms=(digest, algorithm), sunsets=sunsets)
    row.current_id, row.stamped_at, row.stamp_ends, row.digest = sha256, stamp[0], ends, digest
    row.due_at, row.due_for, row.attempts, row.last_error = renewal.due_at, renewal.because, 0, ""
    row.save()
    verb = "archived_paper.completed" if is_first else "archived_paper.renewed"
    record(SYSTEM, verb, row, at=at, data={"issued": row.issued_id, "current": sha256, "before": before})
    emit(PaperArchived(issued=row.issued_id, current=sha256), at=at)
    return True
