"""Xin lỗi vì trễ hạn."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.apology import Excuse, sign_apology
from motcua.dossiers.events_clock import DossierApologised
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.causes import cause_text
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record


@transaction.atomic
def apologise(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    cause: str,
    reason: str,
    promised_at: datetime,
    revision: int | None = None,
) -> Dossier:
    """Xin lỗi vì trễ hạn: it is too late to extend, or that was used; the leader says sorry and names a day (Mẫu 04).

    The due moment stays and the dossier counts as late. Raises Invalid for cause or promised moment.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.APOLOGISE, at=at, revision=revision)
    apology = sign_apology(dossier, actor, Excuse(cause, reason, promised_at), at, extends=False)
    why, day = cause_text(apology.cause, apology.reason), apology.promised_at.astimezone(VIET_NAM)
    note = f"Hẹn trả chậm nhất {day:%H:%M %d/%m/%Y}. Lý do: {why}"
    advance(dossier, actor=actor, act=Act.APOLOGISE, at=at, note=note)
    event = DossierApologised(
        dossier_id=dossier.pk,
        code=dossier.code,
        due_at=dossier.due_at,
        promised_at=apology.promised_at,
        cause=why,
    )
    emit(event, at=at)
    data = {
        "code": dossier.code,
        "cause": apology.cause,
        "reason": apology.reason,
        "promised_at": apology.promised_at.isoformat(),
    }
    record(actor, "dossier.apologised", dossier, at=at, data=data)
    return dossier
