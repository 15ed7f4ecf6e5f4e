"""What the house does by itself around trust. Every job may run twice."""

import logging
import secrets
from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.trust.actions.await_completion import tell_waiting
from motcua.trust.actions.carry_request import carry_request
from motcua.trust.actions.check_revocation import check_revocation
from motcua.trust.actions.open_request import CARRY_JOB
from motcua.trust.actions.open_services import ask_every_stamper, open_fetcher, settle_stamping
from motcua.trust.actions.remind_of_ending import remind_of_ending
from motcua.trust.models import CertificateRequest
from motcua.trust.queries import amounts, good_certificates, windows_now
from motcua.trust.terms import RequestState, Standing, WindowKind

_log = logging.getLogger(__name__)
_DIGEST_BYTES = 32
#: A certificate is asked about again after this.
_CHECKED_FOR = timedelta(hours=20)


@app.periodic(cron="*/5 * * * *")
@app.task(name="trust.watch", queueing_lock="trust.watch")
def watch(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Thăm dịch vụ tin cậy: ask every authority of time, note who answers, let what waited be completed."""
    watch_services(at=timezone.now())


def watch_services(*, at: datetime) -> None:
    """Do one round; see `watch`."""
    errors = ask_every_stamper(secrets.token_bytes(_DIGEST_BYTES), at=at)
    if errors:
        settle_stamping(answered=not all(errors), error="; ".join(filter(None, errors)), at=at)
    check_those_away(at=at)
    for kind in WindowKind:
        if all(one.window.standing(at) is Standing.WELL for one in windows_now() if one.kind == kind):
            told = tell_waiting(kind=kind, at=at)
            if told:
                _log.info("%d papers may be completed", told)


def check_those_away(*, at: datetime) -> None:
    """Ask again about one certificate of each issuer nobody answers for."""
    fetcher = open_fetcher(clock=lambda: at)
    for one in windows_now():
        if one.kind == WindowKind.REVOCATION and one.about:
            row = good_certificates(at).filter(issuer_name=one.about).order_by("-valid_to").first()
            if row is not None:
                check_revocation(certificate_id=row.pk, at=at, fetcher=fetcher)


@app.periodic(cron="25 19 * * *")  # UTC: 2:25 in Vietnam
@app.task(name="trust.check_revocations", queueing_lock="trust.check_revocations")
def check_revocations(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Kiểm tra thu hồi hằng ngày: every good certificate of the register."""
    at = timezone.now()
    fetcher = open_fetcher()
    for pk in list(good_certificates(at).exclude(checked_at__gt=at - _CHECKED_FOR).values_list("pk", flat=True)):
        check_revocation(certificate_id=pk, at=timezone.now(), fetcher=fetcher)


@app.periodic(cron="10 0 * * *")  # UTC: 7:10 in Vietnam
@app.task(name="trust.remind_of_ending", queueing_lock="trust.remind_of_ending")
def remind(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Báo chứng thư sắp hết hạn."""
    told = remind_of_ending(at=timezone.now(), days=amounts())
    _log.info("%d certificates end soon", told)


@app.task(name=CARRY_JOB)
def carry(request_id: int) -> None:
    """Gửi một đề nghị."""
    carry_request(request_id=request_id, at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="trust.carry_requests", queueing_lock="trust.carry_requests")
def carry_requests(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Gửi lại đề nghị chưa gửi được."""
    at = timezone.now()
    waiting = CertificateRequest.objects.filter(state=RequestState.SENDING, next_try__lte=at)
    for pk in list(waiting.values_list("pk", flat=True)):
        carry_request(request_id=pk, at=at)
