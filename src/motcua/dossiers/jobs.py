"""What the house does by itself at set times. Every job may run twice."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.agencies.queries import ended_lately
from motcua.dossiers.actions import initial_draft as _initials  # noqa: F401 (its office is opened with it)
from motcua.dossiers.actions.apology import draft_apology
from motcua.dossiers.actions.follow_successor import follow_successor
from motcua.dossiers.actions.follow_timer import follow_timer
from motcua.dossiers.actions.keep_register import REGISTER_JOB, keep_register
from motcua.dossiers.actions.open_batch import WORK_JOB
from motcua.dossiers.actions.remind import remind
from motcua.dossiers.actions.sign_results import SIGN_JOB
from motcua.dossiers.actions.work_batch import work_batch
from motcua.dossiers.models import Batch
from motcua.dossiers.queries.foreseeing import late_tomorrow
from motcua.dossiers.queries.reminding import due_reminders
from motcua.dossiers.queries.ringing import due_timers
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import MotCuaError
from motcua.signing.actions.offices import office_of
from motcua.signing.actions.presses import ServerPresses, revocation_at, stampers_at
from motcua.signing.actions.work_signing import work_signing
from motcua.signing.models import SigningBatch

_log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(name="dossiers.remind", queueing_lock="dossiers.remind")
def remind_of_due_moments(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Nhắc hạn: give every reminder whose time has come."""
    at = timezone.now()
    given = sum(remind(due, at=at) for due in list(due_reminders(at)))
    _log.info("%d reminders given", given)


@app.periodic(cron="*/5 * * * *")
@app.task(name="dossiers.follow_timers", queueing_lock="dossiers.follow_timers")
def follow_timers(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Hẹn giờ của quy trình: remind, tell leaders, move on what has waited too long at a step."""
    at = timezone.now()
    for due in list(due_timers(at)):
        try:
            follow_timer(due, at=at)
        except MotCuaError as refusal:  # the step it leads to is at a unit that is gone
            _log.warning("timer %s of dossier %d: %s", due.timer_key, due.dossier_id, refusal)


@app.periodic(cron="40 6,23 * * *")  # UTC: 13:40 and 6:40 in Vietnam
@app.task(name="dossiers.draft_apologies", queueing_lock="dossiers.draft_apologies")
def draft_apologies(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Dự thảo xin lỗi: lay before the leaders, while there is time to sign, what will be late tomorrow."""
    at = timezone.now()
    for dossier_id in list(late_tomorrow(at)):
        try:
            draft_apology(actor=SYSTEM, dossier_id=dossier_id, at=at)
        except MotCuaError as refusal:  # somebody has just acted on it
            _log.info("no apology drafted for dossier %d: %s", dossier_id, refusal)


@app.periodic(cron="5 17 * * *")  # UTC: 0:05 in Vietnam
@app.task(name="dossiers.follow_successors", queueing_lock="dossiers.follow_successors")
def follow_successors(timestamp: int) -> None:  # noqa: ARG001 (late runs look at now)
    """Chuyển hồ sơ đến đơn vị kế thừa: what units that ended lately still have goes to those that follow them."""
    at = timezone.now()
    for unit_id, successor_id in ended_lately(timezone.localdate(at)):
        moved = follow_successor(unit_id=unit_id, successor_id=successor_id, at=at)
        _log.info("%d dossiers of unit %d went to its successor", moved, unit_id)


@app.task(name=WORK_JOB)
def finish_batch(batch_id: int) -> None:
    """Làm nốt lô việc: do what the request of whoever pressed did not reach, in their name and with their rights."""
    at = timezone.now()
    batch = Batch.objects.select_related("actor").get(pk=batch_id)
    actor = actor_of(batch.actor, timezone.localdate(at))
    work_batch(actor=actor, batch_id=batch.pk, at=at)


@app.task(name=SIGN_JOB)
def sign_batch(batch_id: int) -> None:
    """Làm lô ký số: sign what waits and do the act of each paper; a trust service that is away is asked again later."""
    at, office = timezone.now(), office_of(SigningBatch.objects.get(pk=batch_id))
    presses = ServerPresses(stampers_at(at), processes=2, ask=revocation_at(at))
    batch = work_signing(batch_id=batch_id, office=office, presses=presses, at=at)
    if batch.next_try is not None and batch.has_secret(batch.next_try):
        app.configure_task(SIGN_JOB, schedule_at=batch.next_try).defer(batch_id=batch.pk)


@app.task(name=REGISTER_JOB)
def write_register(run_id: int) -> None:
    """Lập Sổ theo dõi hồ sơ: write the file of a register that was too long to wait for."""
    keep_register(run_id=run_id, at=timezone.now())
