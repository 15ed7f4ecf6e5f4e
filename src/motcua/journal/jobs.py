"""What the journal does by itself at set times. Every job may run twice."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.journal.actions.anchor import set_anchor
from motcua.journal.actions.prune import prune_events, prune_replies

_log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="journal.anchor", queueing_lock="journal.anchor")
def anchor_journal(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Đặt mốc nhật ký: mark how far the journal goes."""
    while set_anchor(at=timezone.now()):
        pass


@app.periodic(cron="20 2 * * *")
@app.task(name="journal.prune", queueing_lock="journal.prune")
def prune_journal(timestamp: int) -> None:  # noqa: ARG001 (as above)
    """Dọn trả lời và sự kiện cũ: remove what only had to be kept for a while (the journal itself never)."""
    now = timezone.now()
    replies = prune_replies(before=now - timedelta(days=settings.KEEP_REPLIES_DAYS))
    events = prune_events(before=now - timedelta(days=settings.KEEP_EVENTS_DAYS))
    _log.info("%d old replies and %d delivered events removed", replies, events)
