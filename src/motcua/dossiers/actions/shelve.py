"""Ghi nơi để hồ sơ giấy."""

from datetime import datetime

from django.db import transaction

from motcua.dossiers.access import lock_dossier, who_was_first
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.actions.opening import search_keys_of
from motcua.dossiers.events_exchange import DossierShelved
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.kernel.text import clean

_LONGEST = 60


@transaction.atomic
def shelve_dossier(*, actor: Actor, dossier_id: int, at: datetime, shelf: str, revision: int | None = None) -> Dossier:
    """Ghi nơi để hồ sơ giấy: shelf and box in words ("Kệ 3 – Ô 12"); "" takes the note away.

    Raises Invalid when it is too long, Conflict when it says already so.
    """
    dossier = lock_dossier(actor, dossier_id, to=Act.SHELVE, at=at, revision=revision)
    shelf = clean(shelf)
    if problems := length_problems(shelf, longest=_LONGEST, label="Nơi để hồ sơ", field="shelf"):
        raise Invalid(problems)
    if shelf == dossier.shelf:
        said = f"Nơi để hồ sơ vẫn là «{shelf}»." if shelf else "Chưa có nơi để hồ sơ nào được ghi."
        raise Conflict([Problem("nothing_changed", said, "shelf"), who_was_first(dossier)])
    dossier.shelf = shelf
    dossier.search_keys = search_keys_of(dossier)
    note = shelf or "Bỏ ghi nơi để hồ sơ"
    advance(dossier, actor=actor, act=Act.SHELVE, at=at, note=note, also=("shelf", "search_keys"))
    emit(DossierShelved(dossier_id=dossier.pk, code=dossier.code), at=at)
    record(actor, "dossier.shelved", dossier, at=at, data={"code": dossier.code, "shelf": shelf})
    return dossier
