"""What the house does by itself at set times. Every job may run twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.dossiers.actions.keep_register import REGISTER_JOB, keep_register
from motcua.dossiers.actions.open_batch import WORK_JOB
from motcua.dossiers.actions.remind import remind
from motcua.dossiers.actions.work_batch import work_batch
from motcua.dossiers.models import Batch
from motcua.dossiers.queries.reminding import due_reminders
from motcua.identity.queries import actor_of

_log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="dossiers.remind", queueing_lock="dossiers.remind")
def remind_of_due_moments(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Nhắc hạn: give every reminder whose time has come."""
    at = timezone.now()
    given = sum(remind(due, at=at) for due in list(due_reminders(at)))
    _log.info("%d reminders given", given)


@app.task(name=WORK_JOB)
def finish_batch(batch_id: int) -> None:
    """Làm nốt lô việc: do what the request of whoever pressed did not reach, in their name and with their rights."""
    at = timezone.now()
    batch = Batch.objects.select_related("actor").get(pk=batch_id)
    actor = actor_of(batch.actor, timezone.localdate(at))
    work_batch(actor=actor, batch_id=batch.pk, at=at)


@app.task(name=REGISTER_JOB)
def write_register(run_id: int) -> None:
    """Lập Sổ theo dõi hồ sơ: write the file of a register that was too long to wait for."""
    keep_register(run_id=run_id, at=timezone.now())
