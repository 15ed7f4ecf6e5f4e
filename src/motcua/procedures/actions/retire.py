"""Bãi bỏ thủ tục."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Problem, RuleBroken
from motcua.procedures.access import lock_procedure
from motcua.procedures.events import ProcedureRetired
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries.reading import day_of


@transaction.atomic
def retire(*, actor: Actor, code: str, retired_on: date, reason: str, at: datetime) -> Procedure:
    """Bãi bỏ thủ tục: from `retired_on` the procedure no longer holds and nobody offers it.

    Dossiers already taken in keep their version. Raises NotPermitted, NotFound, RuleBroken when no version is open,
    the day is before the open version's first, or no reason (the decision) is given.
    """
    procedure = lock_procedure(actor, code)
    version = procedure.versions.filter(published_at__isnull=False, valid_to__isnull=True).first()
    if problems := _problems(version, retired_on, reason):
        raise RuleBroken(problems)
    procedure.versions.filter(published_at__isnull=False, valid_to__isnull=True).update(valid_to=retired_on)
    _end_offerings(procedure, retired_on)
    if retired_on <= day_of(at):
        procedure.is_listed = False
        procedure.save(update_fields=["is_listed"])
    emit(ProcedureRetired(procedure_id=procedure.pk, code=code, retired_on=retired_on), at=at)
    data = {"code": code, "retired_on": retired_on.isoformat(), "reason": reason}
    record(actor, "procedure.retired", procedure, at=at, data=data)
    return procedure


def _problems(version: ProcedureVersion | None, retired_on: date, reason: str) -> list[Problem]:
    found = []
    if version is None:
        found.append(Problem("not_in_force", "Thủ tục chưa công bố hoặc đã bãi bỏ."))
    elif version.valid_from and retired_on < version.valid_from:
        message = f"Ngày bãi bỏ không được trước ngày có hiệu lực {version.valid_from:%d/%m/%Y}."
        found.append(Problem("retired_too_early", message, "retired_on"))
    if not reason.strip():
        found.append(Problem("no_reason", "Phải ghi căn cứ bãi bỏ (số quyết định).", "reason"))
    return found


def _end_offerings(procedure: Procedure, retired_on: date) -> None:
    """Offerings that begin on the day or later never begin; the others end on it."""
    still = procedure.offerings.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=retired_on))
    still.filter(valid_from__gte=retired_on).delete()
    still.filter(valid_from__lt=retired_on).update(valid_to=retired_on)
