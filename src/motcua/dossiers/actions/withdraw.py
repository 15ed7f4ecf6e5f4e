"""Rút hồ sơ."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.stepping import end_pauses
from motcua.dossiers.events import DossierWithdrawn
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def withdraw_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, reason: str, revision: int | None = None
) -> Dossier:
    """Rút hồ sơ: the applicant (or the desk on their written request) takes the dossier back; it ends."""
    dossier = lock_dossier(actor, dossier_id, to=Act.WITHDRAW, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do rút hồ sơ."):
        raise Invalid(problems)
    unit_id, holder_id = dossier.unit_id, dossier.holder_id
    end_pauses(dossier, at)
    advance(dossier, actor=actor, act=Act.WITHDRAW, at=at, status=Status.WITHDRAWN, note=reason)
    event = DossierWithdrawn(dossier_id=dossier.pk, code=dossier.code, unit_id=unit_id, account_id=holder_id)
    emit(event, at=at)
    record(actor, "dossier.withdrawn", dossier, at=at, data={"code": dossier.code, "reason": reason})
    return dossier
