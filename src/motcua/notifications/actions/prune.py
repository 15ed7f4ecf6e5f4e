"""Dọn thông báo cũ."""

from datetime import datetime

from motcua.notifications.models import Delivery, Notice
from motcua.notifications.terms import DeliveryState

_AT_ONCE = 5000


def prune_notices(*, before: datetime) -> int:
    """Dọn thông báo cũ: remove notices and messages made before that moment; a message still to be sent stays.

    Returns how many rows went. What was told of a dossier stays in its timeline and in the journal.
    """
    gone = 0
    ended = Delivery.objects.filter(created_at__lt=before).exclude(state=DeliveryState.WAITING)
    while keys := list(ended.values_list("pk", flat=True)[:_AT_ONCE]):
        gone += Delivery.objects.filter(pk__in=keys).delete()[0]
    old = Notice.objects.filter(created_at__lt=before, deliveries__isnull=True)
    while keys := list(old.values_list("pk", flat=True)[:_AT_ONCE]):
        gone += Notice.objects.filter(pk__in=keys).delete()[0]
    return gone
