"""Xem dữ liệu cá nhân trong hồ sơ."""

from datetime import datetime
from typing import Final

from motcua.dossiers.access.involvement import Involvement, involvement_of
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.purpose import no_purpose, purpose_problems
from motcua.identity.terms import Actor
from motcua.journal.actions import note_reading
from motcua.journal.terms import ReadingKind
from motcua.kernel.errors import Invalid

_KINDS: Final = {
    Involvement.WORKS: ReadingKind.WORK,
    Involvement.COLLEAGUE: ReadingKind.LOOK_UP,
    Involvement.OVERSEES: ReadingKind.OVERSIGHT,
}


def read_people(
    actor: Actor, dossier: Dossier, *, purpose: str, at: datetime, whole: bool = False, field: str = "purpose"
) -> bool:
    """Xem dữ liệu cá nhân: return whether the actor sees the people in full; if so the journal of readings says why.

    The one rule of pages and API (Luật 91/2025/QH15). Who works on the dossier sees them; a colleague sees them masked
    until they say what for; who only oversees says what for before anything. `whole`: what is asked for (a paper, a
    file) cannot be masked. People read their own data without a note.

    Raises Invalid when a purpose has to be said first (`field` names where), or the one that was said is none.
    """
    near = involvement_of(actor, dossier)
    if near == Involvement.OWN:
        return True
    if near == Involvement.WORKS:
        purpose = f"Giải quyết hồ sơ, bước «{dossier.step.name}»"
    elif purpose:
        if problems := purpose_problems(purpose, field=field):
            raise Invalid(problems)
    elif whole or near == Involvement.OVERSEES:
        raise Invalid(no_purpose(field=field))
    if purpose:
        note_reading(actor, dossier, kind=_KINDS[near], purpose=purpose, at=at, code=dossier.code)
    return bool(purpose)
