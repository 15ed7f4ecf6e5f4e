"""What the house does by itself at set times. Every job may run twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.dossiers.actions.remind import remind
from motcua.dossiers.queries.reminding import due_reminders

_log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="dossiers.remind", queueing_lock="dossiers.remind")
def remind_of_due_moments(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Nhắc hạn: give every reminder whose time has come."""
    at = timezone.now()
    given = sum(remind(due, at=at) for due in list(due_reminders(at)))
    _log.info("%d reminders given", given)
