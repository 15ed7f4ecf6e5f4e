"""Bàn giao hồ sơ đang xử lý."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.advance import advance
from motcua.dossiers.events import WorkHandedOver
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import ENDED
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record


@transaction.atomic
def hand_over_work(
    *, actor: Actor, from_account_id: int, to_account_id: int | None, unit_ids: frozenset[int] | None, at: datetime
) -> int:
    """Bàn giao: everything open that one officer holds (in these units) goes to another, or back to the unit.

    Returns how many dossiers were handed over. Doing it twice hands over nothing the second time.
    """
    held = Dossier.objects.filter(holder_id=from_account_id).exclude(status__in=sorted(ENDED))
    if unit_ids is not None:
        held = held.filter(unit_id__in=unit_ids)
    count = 0
    for dossier in held.select_for_update(of=("self",)).select_related("version").order_by("id"):
        dossier.holder_id = to_account_id
        advance(dossier, actor=actor, act="hand_over", at=max(at, dossier.last_act_at), note="Bàn giao công việc")
        if to_account_id is not None:
            emit(WorkHandedOver(dossier_id=dossier.pk, code=dossier.code, account_id=to_account_id), at=at)
        data = {"code": dossier.code, "from": from_account_id, "to": to_account_id}
        record(actor, "dossier.handed_over", dossier, at=at, data=data)
        count += 1
    return count
