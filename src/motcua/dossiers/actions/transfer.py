"""Chuyển đơn vị thụ lý trong cùng cơ quan."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events_exchange import DossierTransferred
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.queries import holders_of
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.text import clean


@transaction.atomic
def transfer_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, to_unit_id: int, reason: str, revision: int | None = None
) -> Dossier:
    """Chuyển đơn vị thụ lý: another division of the same agency handles the dossier from now on; its step stays.

    Raises Invalid when the division is not one of the agency's or nobody there handles dossiers.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.TRANSFER, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    problems = _unit_problems(dossier, to_unit_id, at)
    problems += note_problems(reason, field="reason", missing="Phải ghi lý do chuyển đơn vị thụ lý.")
    if problems:
        raise Invalid(problems)
    dossier.handling_unit_id = to_unit_id
    moves_now = dossier.step.at == "handling"
    advance(
        dossier,
        actor=actor,
        act=Act.TRANSFER,
        at=at,
        step=dossier.step if moves_now else None,
        step_due_at=dossier.step_due_at,
        note=f"{unit_by_id(to_unit_id).name}. {reason}",
        also=("handling_unit",),
    )
    event = DossierTransferred(dossier_id=dossier.pk, code=dossier.code, unit_id=to_unit_id, reason=reason)
    emit(event, at=at)
    data = {"code": dossier.code, "to": unit_by_id(to_unit_id).name, "reason": reason}
    record(actor, "dossier.transferred", dossier, at=at, data=data)
    return dossier


def _unit_problems(dossier: Dossier, to_unit_id: int, at: datetime) -> list[Problem]:
    try:
        to = unit_by_id(to_unit_id)
    except NotFound as error:
        return [Problem("unit_unknown", error.problems[0].message, "to")]
    if to.agency_id != dossier.agency_id or to.is_desk or not to.holds_on(at.astimezone(VIET_NAM).date()):
        return [Problem("other_agency", "Chỉ chuyển đến đơn vị chuyên môn đang hoạt động của cùng cơ quan.", "to")]
    if to.id == dossier.handling_unit_id:
        return [Problem("same_unit", "Đơn vị này đang thụ lý hồ sơ.", "to")]
    if not any(holders_of(right, to.id, on=at) for right in (Right.HANDLE, Right.LEAD_DIVISION)):
        return [Problem("nobody_there", "Đơn vị này chưa có ai giữ vị trí thụ lý hoặc lãnh đạo.", "to")]
    return []
