"""Ghi nhận dịch vụ tin cậy trả lời hay không."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record
from motcua.trust.models import Outage, TrustService
from motcua.trust.terms import ServiceKind, WindowKind

#: That a service answers is written down so often at most: a batch of 200 papers is one note.
_NOTE_EVERY = timedelta(minutes=1)
_LONGEST_ERROR = 300


def note_service(kind: ServiceKind, url: str, *, error: str, at: datetime) -> None:
    """Ghi nhận dịch vụ trả lời (`error` = "") hay không: since when it fails, what it said last (one statement)."""
    rows = TrustService.objects.filter(kind=kind, url=url)
    if error:
        rows.update(
            failing_since=Coalesce(F("failing_since"), at), last_failed_at=at, last_error=error[:_LONGEST_ERROR]
        )
        return
    old = Q(last_answered_at__isnull=True) | Q(last_answered_at__lt=at - _NOTE_EVERY) | Q(failing_since__isnull=False)
    rows.filter(old).update(failing_since=None, last_answered_at=at)


@transaction.atomic
def begin_outage(kind: WindowKind, *, about: str = "", error: str, at: datetime) -> Outage:
    """Dịch vụ không trả lời: the first failure opens the window; later ones leave it as it is."""
    row, is_new = Outage.objects.get_or_create(
        kind=kind, about=about, ended_at=None, defaults={"began_at": at, "last_error": error[:_LONGEST_ERROR]}
    )
    if is_new:
        data = {"kind": kind.value, "about": about, "error": error[:_LONGEST_ERROR]}
        record(SYSTEM, "outage.began", row, at=at, data=data, is_new=True)
    return row


@transaction.atomic
def end_outage(kind: WindowKind, *, about: str = "", at: datetime) -> Outage | None:
    """Dịch vụ hoạt động trở lại: the window is closed; None when none was open."""
    row = Outage.objects.select_for_update().filter(kind=kind, about=about, ended_at__isnull=True).first()
    if row is None:
        return None
    row.ended_at = max(at, row.began_at)
    row.save(update_fields=["ended_at"])
    data = {"kind": kind.value, "about": about, "began_at": row.began_at.isoformat()}
    record(SYSTEM, "outage.ended", row, at=at, data=data)
    return row
