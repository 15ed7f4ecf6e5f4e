"""Văn bản chờ bổ sung dấu thời gian, bằng chứng thu hồi."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from motcua.journal.actions import emit
from motcua.trust.events import PaperAwaitsCompletion
from motcua.trust.models import WaitingPaper
from motcua.trust.queries import waiting_papers
from motcua.trust.terms import WindowKind

#: Whoever completes a paper is told again after this, until it is completed.
_TELL_AGAIN = timedelta(minutes=15)


def await_completion(
    *, kind: WindowKind, subject_type: str, subject_id: int, sha256: str, title: str, signed_at: datetime
) -> WaitingPaper:
    """Ghi văn bản chờ bổ sung: it was signed while a service was away. The same file waits once."""
    row, _is_new = WaitingPaper.objects.get_or_create(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        sha256=sha256,
        defaults={"title": title, "signed_at": signed_at},
    )
    return row


@transaction.atomic
def complete_paper(*, waiting_id: int, completed_sha256: str, at: datetime) -> bool:
    """Ghi nhận đã bổ sung: the completed file has this name. False when it was completed before."""
    row = WaitingPaper.objects.select_for_update().get(pk=waiting_id)
    if row.completed_at is not None:
        return False
    row.completed_at, row.completed_sha256 = at, completed_sha256
    row.save(update_fields=["completed_at", "completed_sha256"])
    return True


@transaction.atomic
def tell_waiting(*, kind: WindowKind, at: datetime, limit: int = 200) -> int:
    """Nhắc bổ sung: the service answers again; tell whoever keeps the papers, the oldest first. Returns how many."""
    due = waiting_papers().filter(Q(asked_at__isnull=True) | Q(asked_at__lte=at - _TELL_AGAIN), kind=kind)
    rows = list(due.select_for_update(skip_locked=True)[:limit])
    for row in rows:
        event = PaperAwaitsCompletion(
            waiting_id=row.pk,
            kind=row.kind,
            subject_type=row.subject_type,
            subject_id=row.subject_id,
            sha256=row.sha256,
        )
        emit(event, at=at)
        row.asked_at, row.attempts = at, row.attempts + 1
        row.save(update_fields=["asked_at", "attempts"])
    return len(rows)
