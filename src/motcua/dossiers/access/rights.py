"""Whose right an act is, whatever the state of the dossier says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.procedures.terms import Step


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dossier is or was: the step, the unit, with whom, and after how many supplement requests."""

    step: Step
    unit_id: int
    holder_id: int | None
    requests: int


def place_now(dossier: Dossier) -> Place:
    """Return where the dossier is."""
    return Place(dossier.step, dossier.unit_id, dossier.holder_id, dossier.supplement_count)


def may_at(actor: Actor, dossier: Dossier, act: Act, place: Place) -> bool:
    """Return whether the act would be the actor's right if the dossier were at `place`."""
    if actor.is_system and act in _OF_PERSONS:
        return False
    return _RIGHTS.get(act, _works_here)(actor, dossier, place)


def is_party(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor is a citizen who owns the dossier or handed it in."""
    if actor.account_id is None or actor.kind != "citizen":
        return False
    return actor.account_id in {dossier.owner.account_id, dossier.submitter.account_id}


def leads(actor: Actor, unit_id: int) -> bool:
    """Return whether the actor leads the unit, or the agency it belongs to."""
    unit = unit_by_id(unit_id)
    return actor.has(Right.LEAD_DIVISION, unit_id=unit_id) or actor.has(Right.LEAD_AGENCY, agency_id=unit.agency_id)


def works_at(actor: Actor, place: Place) -> bool:
    """Return whether the step of the place is the actor's to work at."""
    right = Right(place.step.right)
    if right in {Right.LEAD_AGENCY, Right.SEAL}:
        return actor.has(right, agency_id=unit_by_id(place.unit_id).agency_id)
    if not actor.has(right, unit_id=place.unit_id):
        return False
    return right != Right.HANDLE or actor.is_system or place.holder_id in {None, actor.account_id}


def _works_here(actor: Actor, _dossier: Dossier, place: Place) -> bool:
    return works_at(actor, place)


def _at_desk(actor: Actor, dossier: Dossier, _place: Place) -> bool:
    return actor.has(Right.RECEIVE, unit_id=dossier.desk_id)


def _at_delivery(actor: Actor, dossier: Dossier, _place: Place) -> bool:
    return actor.has(Right.RECEIVE, unit_id=dossier.delivery_desk_id)


def _applicant(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return is_party(actor, dossier) or _at_desk(actor, dossier, place)


def _corrects(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return (is_party(actor, dossier) and not dossier.is_received) or _at_desk(actor, dossier, place)


def _asks_supplement(actor: Actor, _dossier: Dossier, place: Place) -> bool:
    return leads(actor, place.unit_id) if place.requests else works_at(actor, place)


def _leads_here(actor: Actor, _dossier: Dossier, place: Place) -> bool:
    return leads(actor, place.unit_id)


_Right = Callable[[Actor, Dossier, Place], bool]

#: What is not named is the right of whoever works at the step.
_RIGHTS: Mapping[Act, _Right] = {
    Act.RECEIVE: _at_desk,
    Act.REFUSE: _at_desk,
    Act.DELIVER: _at_delivery,
    Act.SUPPLEMENT: _applicant,
    Act.WITHDRAW: _applicant,
    Act.CORRECT: _corrects,
    Act.ASSIGN: _leads_here,
    Act.REQUEST_SUPPLEMENT: _asks_supplement,
}
#: What only a person answers for with their name; the house itself never does it.
_OF_PERSONS = frozenset({Act.REQUEST_SUPPLEMENT, Act.APPRAISE, Act.APPROVE, Act.REJECT})
