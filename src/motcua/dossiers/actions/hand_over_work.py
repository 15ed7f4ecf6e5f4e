"""Bàn giao hồ sơ đang xử lý."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.access import leads
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events import WorkHandedOver
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import ENDED
from motcua.identity.queries import holders_of
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import NotPermitted, Problem


@transaction.atomic
def hand_over_work(
    *, actor: Actor, from_account_id: int, to_account_id: int | None, unit_ids: frozenset[int] | None, at: datetime
) -> int:
    """Bàn giao: everything open that one officer holds (in these units) goes to another, or back to the unit.

    A dossier goes back to its unit, too, when the other may not work at its step. Returns how many were handed over;
    doing it twice hands over nothing the second time. Raises NotPermitted when the actor leads or administers
    not every unit that something would be handed over in.
    """
    if from_account_id == to_account_id:
        return 0
    held = Dossier.objects.filter(holder_id=from_account_id).exclude(status__in=sorted(ENDED))
    if unit_ids is not None:
        held = held.filter(unit_id__in=unit_ids)
    dossiers = list(held.select_for_update(of=("self",)).order_by("id"))
    if not all(_manages(actor, unit_id) for unit_id in {dossier.unit_id for dossier in dossiers}):
        raise NotPermitted(Problem("no_right", "Bạn không có quyền bàn giao công việc của đơn vị này."))
    heirs: dict[tuple[str, int], set[int]] = {}
    for dossier in dossiers:
        place = (dossier.step.right, dossier.unit_id)
        if place not in heirs:
            heirs[place] = {account.pk for account in holders_of(Right(place[0]), place[1], on=at)}
        _hand_over(actor, dossier, to_account_id if to_account_id in heirs[place] else None, at)
    return len(dossiers)


def _manages(actor: Actor, unit_id: int) -> bool:
    return leads(actor, unit_id) or actor.reaches(Right.ADMIN, unit_by_id(unit_id).path)


def _hand_over(actor: Actor, dossier: Dossier, to_account_id: int | None, at: datetime) -> None:
    from_account_id, dossier.holder_id = dossier.holder_id, to_account_id
    moment = max(at, dossier.last_act_at)
    advance(dossier, actor=actor, act="hand_over", at=moment, note="Bàn giao công việc")
    if to_account_id is not None:
        emit(WorkHandedOver(dossier_id=dossier.pk, code=dossier.code, account_id=to_account_id), at=moment)
    data = {"code": dossier.code, "from": from_account_id, "to": to_account_id}
    record(actor, "dossier.handed_over", dossier, at=moment, data=data)
