"""Duyệt đề nghị đính chính."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.apply_changes import CHANGED, apply_changes
from motcua.dossiers.actions.issue_paper import issue_receipt
from motcua.dossiers.actions.keep_answers import patched, save_revised
from motcua.dossiers.events_exchange import CorrectionDecided
from motcua.dossiers.models import Correction, Dossier
from motcua.dossiers.rules.corrections import label_of
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def decide_correction(
    *, actor: Actor, dossier_id: int, at: datetime, approve: bool, note: str = "", revision: int | None = None
) -> Dossier:
    """Duyệt đính chính: a leader approves what the desk proposed, or refuses it with a reason.

    Never who proposed it: two people answer for what is put right. Approved, the values are put right and Mẫu 01 is
    printed anew in the name of the desk. Raises Invalid.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.DECIDE_CORRECTION, at=at, revision=revision)
    note = clean(note, keep_lines=True)
    missing = "" if approve else "Phải ghi lý do không duyệt đính chính."
    if problems := note_problems(note, field="note", missing=missing):
        raise Invalid(problems)
    correction = dossier.corrections.get(decided_at__isnull=True)
    _close(correction, actor=actor, at=at, approve=approve, note=note)
    labels = ", ".join(label_of(name, dossier.definition.form) for name in correction.changes)
    if approve:
        apply_changes(dossier, {name: after for name, (_, after) in correction.changes.items()})
        if correction.answers:
            save_revised(actor, dossier, patched(dossier, correction.answers), act=Act.DECIDE_CORRECTION, at=at)
    said = f"{'Đồng ý' if approve else 'Không đồng ý'}: {labels}. {note}".strip()
    advance(dossier, actor=actor, act=Act.DECIDE_CORRECTION, at=at, note=said, also=CHANGED)
    if approve:
        receiver = (correction.proposed_by_name, "")
        issue_receipt(actor, dossier, at=at, correction=f"đính chính {labels.lower()}", receiver=receiver)
    event = CorrectionDecided(
        dossier_id=dossier.pk, code=dossier.code, correction_id=correction.pk, is_approved=approve
    )
    emit(event, at=at)
    data = {
        "code": dossier.code,
        "approved": approve,
        "changes": correction.changes,
        "proposed_by": correction.proposed_by_name,
        "reason": correction.reason,
        "note": note,
    }
    record(actor, "dossier.correction_decided", dossier, at=at, data=data)
    return dossier


def _close(correction: Correction, *, actor: Actor, at: datetime, approve: bool, note: str) -> None:
    correction.decided_at, correction.decided_by_id = at, actor.known_id
    correction.is_approved, correction.decision_note = approve, note
    correction.save(update_fields=["decided_at", "decided_by", "is_approved", "decision_note"])
