"""Lập Sổ theo dõi hồ sơ: asked for by an officer, written at once when short, else by the worker."""

import logging
import tempfile
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.dossiers.models import RegisterRun
from motcua.dossiers.papers.register import print_register, write_register
from motcua.dossiers.queries.register import Scope, register_of, register_rows, register_totals
from motcua.files.actions.hold import hold
from motcua.files.actions.store import store_paper
from motcua.files.terms import MediaType
from motcua.identity.queries import actor_of
from motcua.identity.terms import Actor
from motcua.journal.actions import record

REGISTER_JOB = "dossiers.write_register"
#: Registers of at most so many dossiers are written while the officer waits.
AT_ONCE = 300
_log = logging.getLogger(__name__)


@transaction.atomic
def ask_register(*, actor: Actor, scope: Scope, kind: str, at: datetime) -> RegisterRun:
    """Yêu cầu lập sổ: note who wants which register, and hand a long one to the worker.

    Raises what `register_of` raises: NotFound for the register of a foreign unit, Invalid for a wrong period.
    """
    total = register_of(actor, scope).count()
    run = RegisterRun.objects.create(
        kind=RegisterRun.Kind(kind), scope=scope.to_json(), asked_by_id=actor.known_id, asked_at=at, total=total
    )
    record(actor, "register.asked", run, at=at, data={"kind": kind, "total": total, **scope.to_json()}, is_new=True)
    if total > AT_ONCE:
        app.configure_task(REGISTER_JOB).defer(run_id=run.pk)
    return run


def keep_register(*, run_id: int, at: datetime) -> RegisterRun:
    """Lập sổ: write the file of a run that is not ready yet; what goes wrong is kept with the run."""
    run = RegisterRun.objects.select_related("asked_by").get(pk=run_id)
    if run.ready_at is not None:
        return run
    try:
        content = _content(run, at)
    except Exception:
        RegisterRun.objects.filter(pk=run.pk).update(problem="Không lập được sổ vì lỗi hệ thống; hãy lập lại.")
        _log.exception("register %s", run.pk)
        raise
    scope = Scope.from_json(run.scope)
    name = f"So-theo-doi-ho-so-{scope.first:%Y%m%d}-{scope.last:%Y%m%d}.{run.kind}"
    media = MediaType.XLSX if run.kind == RegisterRun.Kind.EXCEL else MediaType.PDF
    stored = store_paper(content, name=name, at=at, media_type=media.value)
    with transaction.atomic():
        hold(stored.sha256)
        run.blob_id, run.name, run.ready_at, run.written, run.problem = stored.sha256, stored.name, at, run.total, ""
        run.save(update_fields=["blob", "name", "ready_at", "written", "problem"])
    return run


def _content(run: RegisterRun, at: datetime) -> bytes:
    actor = actor_of(run.asked_by, timezone.localdate(at))
    scope = Scope.from_json(run.scope)
    found = register_of(actor, scope)
    rows, totals = register_rows(found, at=at), register_totals(found, at=at)

    def written(count: int) -> None:
        RegisterRun.objects.filter(pk=run.pk).update(written=count)

    if run.kind == RegisterRun.Kind.PDF:
        return print_register(scope, rows, totals, at=at, keeper=run.asked_by.full_name, written=written)
    with tempfile.TemporaryFile() as file:
        write_register(file, scope, rows, totals, at=at, written=written)
        file.seek(0)
        return file.read()
