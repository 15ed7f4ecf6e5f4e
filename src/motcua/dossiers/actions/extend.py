"""Xin lỗi và gia hạn thời gian giải quyết."""

from datetime import datetime

from django.db import transaction

from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.apology import Excuse, sign_apology
from motcua.dossiers.actions.clock import move_due
from motcua.dossiers.events_clock import DossierExtended
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.causes import cause_text
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record


@transaction.atomic
def extend_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    cause: str,
    reason: str,
    promised_at: datetime,
    revision: int | None = None,
) -> Dossier:
    """Xin lỗi và gia hạn: the agency's leader says sorry (Mẫu 04) and moves the due moment, once.

    At the latest one day before the due day. `original_due_at` stays. Raises Invalid for cause or new moment.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.EXTEND, at=at, revision=revision)
    apology = sign_apology(dossier, actor, Excuse(cause, reason, promised_at), at, extends=True)
    before, after = (one.astimezone(VIET_NAM) for one in (apology.due_before, apology.promised_at))
    why = cause_text(apology.cause, apology.reason)
    said = f"gia hạn từ {before:%H:%M %d/%m/%Y} đến {after:%H:%M %d/%m/%Y} ({why.rstrip('.')})"
    move_due(dossier, apology.promised_at, said)
    dossier.extension_count += 1
    note = f"Hẹn trả {before:%H:%M %d/%m/%Y} → {after:%H:%M %d/%m/%Y}. Lý do: {why}"
    also = ("due_at", "due_working", "extension_count")
    advance(dossier, actor=actor, act=Act.EXTEND, at=at, note=note, also=also)
    event = DossierExtended(
        dossier_id=dossier.pk,
        code=dossier.code,
        due_before=apology.due_before,
        due_at=apology.promised_at,
        cause=why,
    )
    emit(event, at=at)
    data = {
        "code": dossier.code,
        "cause": apology.cause,
        "reason": apology.reason,
        "before": apology.due_before.isoformat(),
        "due_at": apology.promised_at.isoformat(),
    }
    record(actor, "dossier.extended", dossier, at=at, data=data)
    return dossier
