"""Chuyển hồ sơ đến đơn vị kế thừa."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from motcua.agencies.queries import unit as unit_by_id
from motcua.dossiers.actions.advance import log_move
from motcua.dossiers.events_exchange import DossierFollowed
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import ENDED
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import emit, record

#: Where a dossier may name a unit that is no more.
_PLACES = ("unit", "handling_unit", "agency", "desk", "result_desk")


@transaction.atomic
def follow_successor(*, unit_id: int, successor_id: int, at: datetime) -> int:
    """Chuyển hồ sơ đến đơn vị kế thừa: every open dossier that names the closed unit names its successor.

    Nobody holds those that were worked on there: whoever leads the successor gives them out. Returns how many;
    doing it twice moves nothing the second time.
    """
    named = Q(*((place, unit_id) for place in _PLACES), _connector=Q.OR)
    found = Dossier.objects.filter(named).exclude(status__in=sorted(ENDED))
    dossiers = list(found.select_for_update(of=("self",)).order_by("id"))
    for dossier in dossiers:
        _follow(dossier, unit_id, successor_id, at)
    return len(dossiers)


def _follow(dossier: Dossier, unit_id: int, successor_id: int, at: datetime) -> None:
    before_unit, moment = dossier.unit_id, max(at, dossier.last_act_at)
    changed = [place for place in _PLACES if getattr(dossier, f"{place}_id") == unit_id]
    for place in changed:
        setattr(dossier, f"{place}_id", successor_id)
    if "unit" in changed:
        dossier.holder_id = None
    dossier.last_act_at, dossier.revision = moment, dossier.revision + 1
    dossier.save(update_fields=[*changed, "holder", "last_act_at", "revision"])
    names = f"{unit_by_id(unit_id).name} → {unit_by_id(successor_id).name}"
    log_move(
        dossier,
        actor=SYSTEM,
        act="hand_over",
        at=moment,
        note=names,
        before_step=dossier.step_key,
        before_unit=before_unit,
    )
    emit(DossierFollowed(dossier_id=dossier.pk, code=dossier.code, unit_id=dossier.unit_id), at=moment)
    record(SYSTEM, "dossier.moved_to_successor", dossier, at=moment, data={"code": dossier.code, "to": names})
