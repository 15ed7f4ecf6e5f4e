"""Dọn những gì chỉ cần trong ít lâu."""

from datetime import datetime

from motcua.journal.models import OutboxEvent, StoredReply

_AT_ONCE = 5000


def prune_replies(*, before: datetime) -> int:
    """Dọn trả lời đã gửi: nobody repeats a request so old; return how many rows went."""
    gone = 0
    while keys := list(StoredReply.objects.filter(at__lt=before).values_list("pk", flat=True)[:_AT_ONCE]):
        gone += StoredReply.objects.filter(pk__in=keys).delete()[0]
    return gone


def prune_events(*, before: datetime) -> int:
    """Dọn sự kiện đã chuyển: remove events delivered before that moment; what waits stays, however old."""
    gone = 0
    old = OutboxEvent.objects.filter(delivered_at__lt=before).order_by("pk")
    while keys := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        gone += OutboxEvent.objects.filter(pk__in=keys).delete()[0]
    return gone
