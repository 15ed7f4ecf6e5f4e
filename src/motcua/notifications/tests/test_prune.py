"""Old notices and messages go; what still has to be sent stays."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.notifications.actions.prune import prune_notices
from motcua.notifications.models import Delivery, Notice
from motcua.notifications.terms import Channel, DeliveryState
from motcua.notifications.tests.factories import citizen

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD, LIMIT = NOW - timedelta(days=800), NOW - timedelta(days=730)
pytestmark = pytest.mark.django_db


def notice(key: str, at: datetime) -> Notice:
    return Notice.objects.create(account=citizen(), kind="progress", subject="Tin", body="Tin", key=key, created_at=at)


def message(about: Notice, state: DeliveryState, at: datetime) -> Delivery:
    facts = {"channel": Channel.SMS, "address": "0912345678", "subject": "Tin", "text": "Tin"}
    again = at if state == DeliveryState.WAITING else None
    sent = at if state == DeliveryState.SENT else None
    moments = {"created_at": at, "next_try_at": again, "sent_at": sent}
    return Delivery.objects.create(notice=about, key=about.key, state=state, **moments, **facts)


def test_old_ones_go_with_their_messages() -> None:
    message(notice("old", OLD), DeliveryState.SENT, OLD)
    kept = notice("new", NOW)
    message(kept, DeliveryState.SENT, NOW)
    assert prune_notices(before=LIMIT) == 2
    assert Notice.objects.get() == kept
    assert Delivery.objects.count() == 1


def test_a_message_that_waits_stays_with_its_notice() -> None:
    old = notice("old", OLD)
    waiting = message(old, DeliveryState.WAITING, OLD)
    assert prune_notices(before=LIMIT) == 0
    assert list(Delivery.objects.all()) == [waiting]
