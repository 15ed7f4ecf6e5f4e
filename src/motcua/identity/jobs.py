"""What the room does by itself at set times. Every job may run twice."""

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.identity.actions.count_try import prune_tries


@app.periodic(cron="40 2 * * *")
@app.task(name="identity.prune_tries", queueing_lock="identity.prune_tries")
def prune(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Dọn số lần thử đã hết hạn."""
    prune_tries(before=timezone.now())
