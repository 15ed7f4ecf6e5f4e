"""Whose right it is to work between units: opinions, handing over, transferring, parts, checks, shelves."""

from typing import Any

from motcua.agencies.terms import Right
from motcua.dossiers.access.handed import giver_of
from motcua.dossiers.access.opinions import questions_for
from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor

_WORKING = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)


def works_in(actor: Actor, unit_id: int) -> bool:
    """Return whether the actor works on dossiers in the unit, at whatever step."""
    return any(actor.has(right, unit_id=unit_id) for right in _WORKING)


def answers(actor: Actor, dossier: Dossier, _place: Any) -> bool:
    """Whoever speaks for a unit that was asked."""
    return bool(questions_for(actor, dossier))


def takes_over(actor: Actor, _dossier: Dossier, place: Any) -> bool:
    """Whoever works in the unit to which it was brought."""
    return works_in(actor, place.unit_id)


def takes_back(actor: Actor, dossier: Dossier, _place: Any) -> bool:
    """Whoever works in the unit that gave it."""
    giver = giver_of(dossier)
    return giver is not None and works_in(actor, giver)
