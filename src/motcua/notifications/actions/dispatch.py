"""Gửi tin: the steps around a sending, each with a transaction of its own."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from motcua.kernel.inserting import update
from motcua.kernel.rows import Rows
from motcua.notifications.models import Delivery
from motcua.notifications.rules.retry import CHANNEL_REST, LEASE, next_try
from motcua.notifications.terms import Channel, DeliveryState


@transaction.atomic
def claim_next(*, at: datetime, channels: Collection[Channel]) -> Delivery | None:
    """Nhận tin để gửi: take the message that has been due longest; no other worker gets it for ten minutes.

    The attempt is counted now, before anything is sent: a message that kills the worker is not tried for ever.
    """
    delivery = _DUE.first(at=at, channels=sorted(channel.value for channel in channels))
    if delivery is None:
        return None
    delivery.attempts += 1
    delivery.next_try_at = at + LEASE
    update(delivery, "attempts", "next_try_at")
    return delivery


_DUE = Rows(
    lambda at, channels: (
        Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=at, channel__in=channels)
        .select_for_update(skip_locked=True)
        .order_by("next_try_at", "id")[:1]
    ),
    at=datetime,
    channels=list[str],
)


def mark_sent(delivery: Delivery, *, at: datetime) -> None:
    """Đã gửi."""
    delivery.state, delivery.sent_at = DeliveryState.SENT, at
    delivery.next_try_at, delivery.last_error = None, ""
    update(delivery, "state", "sent_at", "next_try_at", "last_error")


def mark_not_sent(delivery: Delivery, *, error: str, at: datetime, for_good: bool = False) -> None:
    """Chưa gửi được: keep the error and the next try; give up when refused for good or tried too often."""
    delivery.last_error = error[:2000]
    delivery.next_try_at = None if for_good else next_try(delivery.attempts, at)
    if delivery.next_try_at is None:
        delivery.state = DeliveryState.FAILED
    update(delivery, "state", "last_error", "next_try_at")


def rest_channel(channel: Channel, *, at: datetime) -> None:
    """Tạm nghỉ kênh: its server does not answer; what is due waits a minute, no attempt is counted."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, channel=channel, next_try_at__lte=at)
    due.update(next_try_at=at + CHANNEL_REST)
