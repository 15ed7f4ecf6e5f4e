"""Kiểm tra sổ bằng chứng theo yêu cầu."""

import time
from dataclasses import asdict
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from motcua.evidence.actions.check_log import check_log
from motcua.evidence.models import CheckRun
from motcua.identity.terms import Actor
from motcua.journal.terms import Recorder

#: Progress is written down this often at most, in seconds.
_OFTEN: Final = 1.0
#: So many findings are kept with a run.
_KEPT: Final = 500


@transaction.atomic
def ask_check(*, actor: Actor, at: datetime, with_blobs: bool) -> CheckRun:
    """Yêu cầu kiểm tra sổ bằng chứng: put a check into the queue; one that waits already is the one."""
    waiting = CheckRun.objects.select_for_update().filter(finished_at__isnull=True).first()
    if waiting is not None:
        return waiting
    return CheckRun.objects.create(
        asked_at=at, asked_by=actor.name, asked_by_id=actor.account_id, with_blobs=with_blobs
    )


class _Asker:
    """Who asked for a check, as the journal writes them down."""

    kind = "officer"
    title = ""

    def __init__(self, run: CheckRun) -> None:
        self.account_id, self.name = run.asked_by_id, run.asked_by


def run_waiting_checks(*, at: datetime) -> int:
    """Kiểm tra: do every check that waits, one after the other; return how many."""
    done = 0
    for run in CheckRun.objects.filter(finished_at__isnull=True).order_by("id"):
        _run(run, _Asker(run), at)
        done += 1
    return done


def _run(run: CheckRun, actor: Recorder, at: datetime) -> None:
    run.started_at, run.error = at, ""
    run.save(update_fields=["started_at", "error"])
    told = time.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _OFTEN:
            told = time.monotonic()
            CheckRun.objects.filter(pk=run.pk).update(done=done, total=total)

    found = check_log(actor=actor, at=at, with_blobs=run.with_blobs, progress=tell)
    run.size, run.done, run.total = found.size, found.size, found.size
    run.findings = [asdict(one) for one in found.findings[:_KEPT]]
    run.finished_at = timezone.now()
    run.save()
