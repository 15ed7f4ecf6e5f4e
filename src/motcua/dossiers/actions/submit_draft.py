"""Nộp hồ sơ đã soạn."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.compose import discard_draft, lock_draft
from motcua.dossiers.actions.renew import follow
from motcua.dossiers.actions.submit import submit_dossier
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.application import Application
from motcua.identity.terms import Actor


@transaction.atomic
def submit_draft(*, actor: Actor, draft_id: int, application: Application, at: datetime) -> Dossier:
    """Nộp hồ sơ đã soạn: hand in what the draft holds; the draft is gone once the dossier is there.

    What was written from an ended dossier continues it.

    Raises NotFound (the draft was handed in already or is not theirs) and whatever handing in raises.
    """
    draft = lock_draft(actor, draft_id)
    dossier = submit_dossier(actor=actor, application=application, at=at)
    if draft.predecessor is not None:
        follow(actor, dossier, draft.predecessor, at)
    discard_draft(actor=actor, draft_id=draft_id)
    return dossier
