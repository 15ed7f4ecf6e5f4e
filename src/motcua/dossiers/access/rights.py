"""Whose right an act is, whatever the state of the dossier says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.access import between
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Act
from motcua.identity.terms import Actor
from motcua.processes.terms import Step


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
    return bool(capacities_at(actor, dossier, act, place))


def capacities_at(actor: Actor, dossier: Dossier, act: Act, place: Place) -> list[Actor]:
    """Return the actor once for each capacity in which the act would be their right; the one to act in comes first.

    What was delegated for other procedures is left out before any right is asked for.
    """
    if actor.is_system and act in _OF_PERSONS:
        return []
    right = _RIGHTS.get(act, _works_here)
    if not actor.mandates:
        return [actor] if right(actor, dossier, place) else []
    return [one for one in _able(actor, dossier).capacities() if right(one, dossier, place)]


def _able(actor: Actor, dossier: Dossier) -> Actor:
    if all(post.scope.is_everything for post in actor.postings):
        return actor
    return actor.within(procedure=dossier.procedure.code, domain=dossier.procedure.domain.code)


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
    return right != Right.HANDLE or actor.is_system or place.holder_id in {None, actor.account_id, *actor.stands_for}


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


def _consults(actor: Actor, _dossier: Dossier, place: Place) -> bool:
    handles = Right(place.step.right) == Right.HANDLE and works_at(actor, place)
    return handles or leads(actor, place.unit_id)


def _cancels(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return _consults(actor, dossier, place) or between.works_in(actor, dossier.handling_unit_id)


def _leads_handling(actor: Actor, dossier: Dossier, _place: Place) -> bool:
    return leads(actor, dossier.handling_unit_id)


def _decides_correction(actor: Actor, dossier: Dossier, _place: Place) -> bool:
    """Two pairs of eyes: who leads the handling unit, but never a correction that they proposed themselves."""
    return leads(actor, dossier.handling_unit_id) and not proposed_correction(actor, dossier)


def proposed_correction(actor: Actor, dossier: Dossier) -> bool:
    """Return whether the actor proposed the correction that waits for a decision (one query)."""
    return dossier.corrections.filter(decided_at__isnull=True, proposed_by_id=actor.account_id).exists()


def _here_or_desk(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return works_at(actor, place) or _at_desk(actor, dossier, place)


def _shelves(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return _here_or_desk(actor, dossier, place) or _at_delivery(actor, dossier, place)


def _takes_money(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return _at_desk(actor, dossier, place) or _at_delivery(actor, dossier, place)


def _waives(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return _takes_money(actor, dossier, place) or leads(actor, dossier.desk_id)


def _leads_agency(actor: Actor, dossier: Dossier, _place: Place) -> bool:
    return actor.has(Right.LEAD_AGENCY, agency_id=dossier.agency_id)


def _here_or_leads(actor: Actor, _dossier: Dossier, place: Place) -> bool:
    return works_at(actor, place) or leads(actor, place.unit_id)


def _drafts_apology(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return _here_or_leads(actor, dossier, place) or _leads_agency(actor, dossier, place)


def _refuses_supplement(actor: Actor, dossier: Dossier, place: Place) -> bool:
    return _at_desk(actor, dossier, place) or leads(actor, place.unit_id)


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
    Act.CONSULT: _consults,
    Act.ANSWER_CONSULT: between.answers,
    Act.CANCEL_CONSULT: _cancels,
    Act.TAKE_OVER: between.takes_over,
    Act.TAKE_BACK: between.takes_back,
    Act.TRANSFER: _leads_handling,
    Act.REBASE: _leads_handling,
    Act.DECIDE_CORRECTION: _decides_correction,
    Act.OPEN_PART: _here_or_desk,
    Act.CHECK_PAPERS: _here_or_desk,
    Act.SHELVE: _shelves,
    Act.SUSPEND: _leads_here,
    Act.RESUME: _here_or_leads,
    Act.FULFIL_OBLIGATION: _here_or_desk,
    Act.DRAFT_APOLOGY: _drafts_apology,
    Act.EXTEND: _leads_agency,
    Act.APOLOGISE: _leads_agency,
    Act.STOP: _leads_agency,
    Act.REFUSE_SUPPLEMENT: _refuses_supplement,
    Act.RECALL: _leads_agency,
    Act.REOPEN: _leads_agency,
    Act.RENEW: _applicant,
    Act.COLLECT_CASH: _takes_money,
    Act.ADD_CHARGE: _shelves,
    Act.REQUEST_PAYMENT: _shelves,
    Act.WAIVE_CHARGE: _waives,
    Act.REFUND_CHARGE: _takes_money,
    Act.CORRECT_PAYMENT: _takes_money,
}
#: What only a person answers for with their name; the house itself never does it.
_OF_PERSONS = frozenset(
    {
        Act.REQUEST_SUPPLEMENT,
        Act.APPRAISE,
        Act.APPROVE,
        Act.REJECT,
        Act.CONSULT,
        Act.ANSWER_CONSULT,
        Act.CANCEL_CONSULT,
        Act.TAKE_OVER,
        Act.TAKE_BACK,
        Act.TRANSFER,
        Act.DECIDE_CORRECTION,
        Act.OPEN_PART,
        Act.CHECK_PAPERS,
        Act.SHELVE,
        Act.SUSPEND,
        Act.EXTEND,
        Act.APOLOGISE,
        Act.STOP,
        Act.REFUSE_SUPPLEMENT,
        Act.RECALL,
        Act.REOPEN,
        Act.RENEW,
        Act.COLLECT_CASH,
        Act.ADD_CHARGE,
        Act.REQUEST_PAYMENT,
        Act.WAIVE_CHARGE,
        Act.REFUND_CHARGE,
        Act.CORRECT_PAYMENT,
    }
)
