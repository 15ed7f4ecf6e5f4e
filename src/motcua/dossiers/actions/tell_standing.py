"""Ghi hiện trạng hồ sơ vào nhật ký."""

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.attesting import PARTS, standings
from motcua.dossiers.rules.attesting import is_told_whole
from motcua.identity.terms import SYSTEM
from motcua.journal.actions import record


def tell_standings(*, at: datetime) -> int:
    """Ghi hiện trạng: the journal takes the word for dossiers that are older than its word about rows; once for each.

    Return how many were told. It vouches for what stands there now, not for how it came there; a column that an act
    already spoke of keeps that act's word. A dossier that has no line at all is not told: nobody handed it in.
    """
    untold = [one.pk for one in standings() if one.lines and not is_told_whole(one.lines)]
    for pk in untold:
        _tell(pk, at)
    return len(untold)


@transaction.atomic
def _tell(pk: int, at: datetime) -> None:
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=pk)
    dossier.__dict__.pop("as_read", None)
    for model in PARTS:
        table: Any = model._default_manager
        for row in table.filter(dossier=dossier).order_by("pk"):
            row.__dict__.pop("as_read", None)
            dossier.note_row(row.row_name, row.take_changes())
    record(SYSTEM, "dossier.standing_told", dossier, at=at, data={"code": dossier.code})
