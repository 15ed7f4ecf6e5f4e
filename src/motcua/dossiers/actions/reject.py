"""Không phê duyệt."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.decide import Decided, decide, read_draft
from motcua.dossiers.events import DossierRejected
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def reject_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, draft_number: int, reason: str, revision: int | None = None
) -> Dossier:
    """Không phê duyệt: the leader decides against the application; the written reason becomes a negative result.

    It is numbered, sealed and delivered like any other. Raises Conflict when a newer draft exists.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REJECT, at=at, revision=revision)
    draft = read_draft(dossier, draft_number)
    reason = clean(reason, keep_lines=True)
    message = "Phải nêu lý do không giải quyết và căn cứ pháp luật."
    if problems := note_problems(reason, field="reason", missing=message, basis="Nghị định 118/2025/NĐ-CP"):
        raise Invalid(problems)
    decide(dossier, actor=actor, act=Act.REJECT, at=at, said=Decided(draft, is_negative=True, note=reason))
    event = DossierRejected(
        dossier_id=dossier.pk, code=dossier.code, draft_number=draft.number, unit_id=dossier.unit_id, reason=reason
    )
    emit(event, at=at)
    record(
        actor, "dossier.rejected", dossier, at=at, data={"code": dossier.code, "draft": draft.number, "reason": reason}
    )
    return dossier
