"""What keeps the queue itself going. Every job may run twice."""

import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import Status

_log = logging.getLogger(__name__)
#: A worker says every ten seconds that it lives.
_SILENT_SECONDS = 60.0


@app.periodic(cron="* * * * *")
@app.task(name="project.take_up_again", queueing_lock="project.take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 (the queue says when)
    """Làm lại việc dở: put back into the queue the jobs whose worker was killed in the middle."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS):
        if job.id != context.job.id:
            _log.warning("job %s %s is taken up again: its worker is gone", job.id, job.task_name)
            try:
                await manager.retry_job(job)
            except ConnectorException:  # the same work already waits: this one need not be done
                await manager.finish_job(job, status=Status.FAILED, delete_job=True)
