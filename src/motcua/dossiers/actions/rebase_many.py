"""Chuyển các hồ sơ đang giải quyết của một thủ tục sang phiên bản mới."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.rebase import demand_reason, go_on_under
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.behind import behind
from motcua.dossiers.terms import Act
from motcua.identity.terms import SYSTEM, Actor
from motcua.kernel.errors import MotCuaError, NotFound, Problem, RuleBroken
from motcua.procedures.access import require_catalogue
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import procedure_by_code
from motcua.procedures.queries.newer import newest_holding

#: How many are moved at one press, so that a press takes seconds; the next press goes on.
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Rebased:
    """What became of one dossier of many; `problems` say why it stays under its version."""

    dossier_id: int
    code: str
    problems: tuple[Problem, ...] = ()


def rebase_many(*, actor: Actor, code: str, reason: str, at: datetime, after: int = 0) -> Sequence[Rebased]:
    """Chuyển phiên bản theo thủ tục: whoever keeps the catalogue moves the open dossiers of a procedure.

    Each is an act of its own in its own transaction: what needs a choice or cannot be moved stays and says why.
    `after`: the id of the last one of the press before. Raises NotPermitted, NotFound, Invalid without a reason,
    RuleBroken when no version is newer than that of any open dossier.
    """
    require_catalogue(actor)
    reason, version = demand_reason(reason), newest_version(code, at)
    ids = behind(version).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE]
    return [_one(actor, dossier_id, version, reason, at) for dossier_id in list(ids)]


def newest_version(code: str, at: datetime) -> ProcedureVersion:
    """Return the newest version of a procedure that holds; raises NotFound, RuleBroken when there is only one."""
    procedure = procedure_by_code(code)
    if procedure is None:
        raise NotFound(Problem("no_procedure", "Không có thủ tục hành chính mang mã này.", "code"))
    version = newest_holding(procedure.pk, 1, at.astimezone(VIET_NAM).date())
    if version is None:
        raise RuleBroken(Problem("no_newer_version", "Thủ tục chưa có phiên bản mới nào đang có hiệu lực.", "version"))
    return version


def _one(actor: Actor, dossier_id: int, version: ProcedureVersion, reason: str, at: datetime) -> Rebased:
    try:
        with transaction.atomic():
            dossier = lock_dossier(SYSTEM, dossier_id, to=Act.REBASE, at=at)
            go_on_under(actor, dossier, version_id=version.pk, to_step="", reason=reason, at=at)
    except MotCuaError as refusal:
        code = Dossier.objects.filter(pk=dossier_id).values_list("code", flat=True).first() or ""
        return Rebased(dossier_id, code, tuple(refusal.problems))
    return Rebased(dossier_id, dossier.code)
