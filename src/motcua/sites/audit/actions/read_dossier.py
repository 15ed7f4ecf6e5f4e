"""Mở xem hồ sơ để giám sát."""

from datetime import datetime
from typing import Final

from django.db import transaction

from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.journal.actions import note_reading, record
from motcua.journal.terms import ReadingKind
from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Invalid, NotFound, Problem
from motcua.kernel.text import clean
from motcua.sites.audit.scope import overseen_dossiers

LONGEST_PURPOSE: Final = 500
_SHORTEST_PURPOSE: Final = 5
BASIS: Final = "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"


@transaction.atomic
def read_dossier(*, actor: Actor, dossier_id: int, purpose: str, at: datetime) -> Dossier:
    """Mở xem hồ sơ: an overseer looks into a dossier, and says what for; the journal keeps both.

    Raises NotFound when it is not within their oversight, Invalid without a purpose.
    """
    found = overseen_dossiers(actor).select_for_update(of=("self",), no_key=True).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound(Problem("no_dossier", "Không tìm thấy hồ sơ, hoặc hồ sơ không thuộc phạm vi giám sát của bạn."))
    said = clean(purpose, keep_lines=True)
    problems = length_problems(said, longest=LONGEST_PURPOSE, label="Mục đích xem", field="purpose")
    if len(said) < _SHORTEST_PURPOSE:
        message = "Hãy ghi mục đích xem hồ sơ, ví dụ: trả lời phản ánh số 12/PA."
        problems.append(Problem("purpose_missing", message, "purpose", BASIS))
    if problems:
        raise Invalid(problems)
    note_reading(actor, found, kind=ReadingKind.OVERSIGHT, purpose=said, at=at, code=found.code)
    record(actor, "dossier.read", found, at=at, data={"code": found.code, "purpose": said})
    return found
