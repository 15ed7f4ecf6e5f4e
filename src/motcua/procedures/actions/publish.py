"""Công bố phiên bản thủ tục."""

from datetime import date, datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, NotFound, Problem, RuleBroken
from motcua.procedures.access import lock_procedure, require_catalogue, require_house
from motcua.procedures.actions.draft import new_version
from motcua.procedures.events import ProcedurePublished
from motcua.procedures.models import Domain, Procedure, ProcedureVersion
from motcua.procedures.rules.definition import problems_in


@transaction.atomic
def publish_version(*, actor: Actor, version_id: int, valid_from: date, at: datetime) -> ProcedureVersion:
    """Công bố phiên bản thủ tục: from `valid_from` the procedure says what the draft says.

    The version that held until then ends on that day. Only the house publishes like this; people propose and approve
    (`propose_version`, `approve_version`). Raises NotPermitted, NotFound, Conflict when it is published already,
    RuleBroken with every problem of the definition, or when a published version begins later.
    """
    require_catalogue(actor)
    require_house(actor)
    procedure = lock_procedure(actor, _code_of(version_id))
    version = procedure.versions.get(pk=version_id)
    if version.published_at is not None:
        raise Conflict(Problem("already_published", "Phiên bản này đã được công bố."))
    version.procedure = procedure
    return put_in_force(actor, version, valid_from, at)


def problems_before_publishing(version: ProcedureVersion, valid_from: date) -> list[Problem]:
    """Return everything that forbids publishing the version from that day."""
    return [*problems_in(version.content), *_problems_with_dates(_last(version.procedure), valid_from)]


def put_in_force(actor: Actor, version: ProcedureVersion, valid_from: date, at: datetime) -> ProcedureVersion:
    """Publish a version whose procedure is locked; its number follows that of the version published last.

    Raises RuleBroken with every problem.
    """
    procedure = version.procedure
    if problems := problems_before_publishing(version, valid_from):
        raise RuleBroken(problems)
    last = _last(procedure)
    _end(last, valid_from)
    if last is not None and last.number > version.number:
        version.number = new_version(procedure, at).number
    version.valid_from, version.published_at, version.published_by_id = valid_from, at, actor.account_id
    version.save(update_fields=["number", "valid_from", "published_at", "published_by"])
    _repeat(procedure, version)
    fact = ProcedurePublished(
        procedure_id=procedure.pk, code=procedure.code, number=version.number, valid_from=valid_from
    )
    emit(fact, at=at)
    data = {"code": procedure.code, "number": version.number, "valid_from": valid_from.isoformat()}
    record(actor, "procedure.published", procedure, at=at, data=data)
    return version


def _last(procedure: Procedure) -> ProcedureVersion | None:
    return procedure.versions.filter(published_at__isnull=False).order_by("-number").first()


def _code_of(version_id: int) -> str:
    code = Procedure.objects.filter(versions=version_id).values_list("code", flat=True).first()
    if code is None:
        raise NotFound(Problem("no_version", "Không có phiên bản thủ tục này.", "version"))
    return code


def _problems_with_dates(last: ProcedureVersion | None, valid_from: date) -> list[Problem]:
    if last is None or last.valid_from is None:
        return []
    earliest = max(last.valid_from, last.valid_to or last.valid_from)
    if valid_from >= earliest:
        return []
    message = f"Ngày có hiệu lực không được trước {earliest:%d/%m/%Y}, ngày của phiên bản đã công bố gần nhất."
    return [Problem("valid_from_too_early", message, "valid_from")]


def _end(last: ProcedureVersion | None, valid_from: date) -> None:
    if last is not None and last.valid_to is None:
        last.valid_to = valid_from
        last.save(update_fields=["valid_to"])


def _repeat(procedure: Procedure, version: ProcedureVersion) -> None:
    """The procedure's own row repeats the name, field and level of the version published last."""
    content = version.content
    procedure.name, procedure.level, procedure.is_listed = content.name, content.level, True
    procedure.domain = Domain.objects.get(code=content.domain.code)
    procedure.save(update_fields=["name", "level", "is_listed", "domain"])
