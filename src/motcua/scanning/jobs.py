"""What the house does in the background. Every job may run twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.scanning.actions.let_go import drop_forgotten
from motcua.scanning.actions.open_stack import READ_JOB
from motcua.scanning.actions.read_stack import read_pages

_log = logging.getLogger(__name__)


@app.task(name=READ_JOB)
def read_stack(stack_id: int) -> None:
    """Đọc xấp giấy: split, upright, read; how far it is stands in the row."""
    read_pages(stack_id=stack_id, at=timezone.now())


@app.periodic(cron="25 18 * * *")  # UTC: 1:25 in Vietnam
@app.task(name="scanning.drop_forgotten", queueing_lock="scanning.drop_forgotten")
def drop_forgotten_stacks(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Bỏ các xấp giấy bị quên."""
    _log.info("%d forgotten stacks dropped", drop_forgotten(at=timezone.now()))
