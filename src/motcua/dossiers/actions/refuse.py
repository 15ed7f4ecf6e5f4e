"""Từ chối tiếp nhận hồ sơ."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.issue_paper import issue_refusal
from motcua.dossiers.events import DossierRefused
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.reasons import Ground, ground_problems, grounds_text, tidy_grounds
from motcua.dossiers.terms import Act, Status
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid


@transaction.atomic
def refuse_dossier(
    *, actor: Actor, dossier_id: int, at: datetime, grounds: Sequence[Ground], revision: int | None = None
) -> Dossier:
    """Từ chối tiếp nhận: the desk refuses in writing (Mẫu 03), paper by paper, and says what to do.

    Raises Invalid when no ground is given or a ground does not fit the catalogue or the dossier.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.REFUSE, at=at, revision=revision)
    grounds = tidy_grounds(grounds)
    names = dict(dossier.components.values_list("key", "name"))
    if problems := ground_problems(grounds, names):
        raise Invalid(problems)
    text = grounds_text(grounds, names)
    advance(dossier, actor=actor, act=Act.REFUSE, at=at, status=Status.REFUSED, note=text)
    issue_refusal(actor, dossier, at=at, reason=text)
    emit(DossierRefused(dossier_id=dossier.pk, code=dossier.code, reason=text), at=at)
    data = {"code": dossier.code, "grounds": [ground.as_dict() for ground in grounds]}
    record(actor, "dossier.refused", dossier, at=at, data=data)
    return dossier
