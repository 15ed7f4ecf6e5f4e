"""Tiếp tục tính thời hạn."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.clock import demand_due, end_suspension
from motcua.dossiers.events_clock import DossierResumed
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import note_problems
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def resume_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, note: str = "", revision: int | None = None
) -> Dossier:
    """Tiếp tục tính thời hạn: what was waited for has come; the due moment moves by the working time it took.

    A pause longer than its rule allows counts only as long as allowed. Raises Invalid for a note that is too long.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.RESUME, at=at, revision=revision)
    note = clean(note, keep_lines=True)
    if problems := note_problems(note, field="note"):
        raise Invalid(problems)
    kind = end_suspension(dossier, at)
    advance(dossier, actor=actor, act=Act.RESUME, at=at, note=note, also=("due_at", "due_working"))
    event = DossierResumed(
        dossier_id=dossier.pk, code=dossier.code, kind=kind, due_at=dossier.due_at, unit_id=dossier.unit_id
    )
    emit(event, at=at)
    data = {"code": dossier.code, "kind": kind, "note": note, "due_at": demand_due(dossier).isoformat()}
    record(actor, "dossier.resumed", dossier, at=at, data=data)
    return dossier
