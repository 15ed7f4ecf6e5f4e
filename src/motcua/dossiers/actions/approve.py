"""Phê duyệt kết quả."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.attach import attach
from motcua.dossiers.actions.decide import Decided, decide, read_draft
from motcua.dossiers.events import DossierApproved
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act, AttachmentPurpose
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def approve_dossier(
    *,
    actor: Actor,
    dossier_id: int,
    at: datetime,
    draft_number: int,
    note: str = "",
    signed: FileRef | None = None,
    revision: int | None = None,
    name: str = "",
) -> Dossier:
    """Phê duyệt: the leader approves that very version of the draft; processing is finished.

    A negative draft becomes a negative result, its text the reason. `signed`: the paper as the leader signed it by a
    key; `name`: what the result is called when not as the procedure says. Raises Conflict when a newer draft exists
    than the one named, Invalid for a note that is too long.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.APPROVE, at=at, revision=revision)
    draft = read_draft(dossier, draft_number)
    note = clean(note, keep_lines=True)
    if problems := note_problems(note, field="note"):
        raise Invalid(problems)
    is_negative = draft.is_negative
    note_kept = note or (draft.text or draft.opinion if is_negative else "")
    paper = attach(actor, dossier, signed, purpose=AttachmentPurpose.SIGNED, at=at) if signed else None
    said = Decided(draft, is_negative, note_kept, paper, name)
    decide(dossier, actor=actor, act=Act.APPROVE, at=at, said=said)
    event = DossierApproved(
        dossier_id=dossier.pk, code=dossier.code, draft_number=draft.number, unit_id=dossier.unit_id
    )
    emit(event, at=at)
    data = {"code": dossier.code, "draft": draft.number, "is_negative": is_negative}
    if signed:
        data["signed"] = signed.sha256
    record(actor, "dossier.approved", dossier, at=at, data=data)
    return dossier
