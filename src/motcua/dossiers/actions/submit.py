"""Nộp hồ sơ."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.advance import log_move
from motcua.dossiers.actions.clock import answer_due_at
from motcua.dossiers.actions.opening import open_dossier, save_opened
from motcua.dossiers.events import DossierSubmitted
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application
from motcua.dossiers.terms import ONLINE_CHANNELS
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record


@transaction.atomic
def submit_dossier(*, actor: Actor, application: Application, at: datetime) -> Dossier:
    """Nộp hồ sơ: the applicant (or the desk for them) hands the dossier in; it gets its code.

    An online dossier must be answered within 8 working hours (a setting). Raises Invalid with every problem of
    what was typed, Conflict for a duplicate, NotPermitted.
    """
    dossier = open_dossier(actor, application, at=at, received=False)
    if dossier.channel in ONLINE_CHANNELS:
        dossier.answer_due_at = dossier.step_due_at = answer_due_at(dossier.desk_id, at)
    save_opened(actor, dossier, application, at=at)
    log_move(dossier, actor=actor, act="submit", at=at)
    emit(DossierSubmitted(dossier_id=dossier.pk, code=dossier.code, desk_id=dossier.desk_id), at=at)
    record(
        actor, "dossier.submitted", dossier, at=at, data={"code": dossier.code, "channel": dossier.channel}, is_new=True
    )
    return dossier
