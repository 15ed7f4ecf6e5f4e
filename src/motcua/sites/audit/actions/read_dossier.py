"""Mở xem hồ sơ để giám sát."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.purpose import purpose_problems
from motcua.identity.terms import Actor
from motcua.journal.actions import note_reading, record
from motcua.journal.terms import ReadingKind
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.text import clean
from motcua.sites.audit.scope import overseen_dossiers


@transaction.atomic
def read_dossier(*, actor: Actor, dossier_id: int, purpose: str, at: datetime) -> Dossier:
    """Mở xem hồ sơ: an overseer looks into a dossier, and says what for; the journal keeps both.

    Raises NotFound when it is not within their oversight, Invalid without a purpose.
    """
    found = overseen_dossiers(actor).select_for_update(of=("self",), no_key=True).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi giám sát của bạn."))
    said = clean(purpose, keep_lines=True)
    if problems := purpose_problems(said):
        raise Invalid(problems)
    note_reading(actor, found, kind=ReadingKind.OVERSIGHT, purpose=said, at=at, code=found.code)
    record(actor, "dossier.read", found, at=at, data={"code": found.code, "purpose": said})
    return found
