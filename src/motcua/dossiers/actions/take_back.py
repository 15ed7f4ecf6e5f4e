"""Thu hồi hồ sơ vừa chuyển."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.give_back import give_back, last_handover
from motcua.dossiers.events_exchange import DossierTakenBack
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def take_back(*, actor: Actor, dossier_id: int, at: datetime, reason: str, revision: int | None = None) -> Dossier:
    """Thu hồi: the giver's unit takes back what it forwarded, as long as nobody there has touched it."""
    dossier = lock_dossier(actor, dossier_id, to=Act.TAKE_BACK, at=at, revision=revision)
    reason = clean(reason, keep_lines=True)
    if problems := note_problems(reason, field="reason", missing="Phải ghi lý do thu hồi."):
        raise Invalid(problems)
    unit_id = dossier.unit_id
    give_back(dossier, last_handover(dossier), actor=actor, act=Act.TAKE_BACK, at=at, note=reason)
    emit(DossierTakenBack(dossier_id=dossier.pk, code=dossier.code, unit_id=unit_id), at=at)
    record(actor, "dossier.taken_back", dossier, at=at, data={"code": dossier.code, "reason": reason})
    return dossier
