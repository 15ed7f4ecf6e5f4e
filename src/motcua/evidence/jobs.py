"""What the log does by itself at set times. Every job may run twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.evidence.actions.make_head import head_is_due, make_head
from motcua.evidence.actions.partners import exchange_with_partners
from motcua.evidence.actions.run_check import run_waiting_checks
from motcua.evidence.actions.sequence import sequence_all
from motcua.evidence.actions.stamp_heads import stamp_heads
from motcua.evidence.models import Head
from motcua.evidence.providers.keys import KeyProblemError
from motcua.identity.terms import SYSTEM
from motcua.trust.actions.open_services import open_stamper
from motcua.trust.queries import services
from motcua.trust.terms import ServiceKind

_log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="evidence.keep", queueing_lock="evidence.keep")
def keep_evidence(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Vào sổ và ký đầu sổ: take in what was written since; sign a head when it is time."""
    at = timezone.now()
    sequence_all(at=at)
    if head_is_due(at):
        try:
            make_head(at=at)
        except KeyProblemError as error:
            _log.error("no head could be signed: %s", error)
    if Head.objects.filter(stamps=None).exists() and services(ServiceKind.TSA).exists():
        stamp_heads(open_stamper(), at=timezone.now())


@app.periodic(cron="17 * * * *")
@app.task(name="evidence.exchange", queueing_lock="evidence.exchange")
def exchange_heads(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Trao đổi đầu sổ: with the houses that are registered, each when its time has come."""
    exchange_with_partners(actor=SYSTEM, at=timezone.now())


@app.task(name="evidence.check", queueing_lock="evidence.check")
def check_evidence() -> None:
    """Kiểm tra sổ bằng chứng: do the checks that somebody asked for."""
    run_waiting_checks(at=timezone.now())
