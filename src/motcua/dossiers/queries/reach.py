"""Where somebody works: their units and those of the agencies they lead or seal for, by right."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from motcua.agencies.queries import units_on
from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.terms import EVERYTHING, Actor, ActorPosting, Scope


@dataclass(frozen=True, slots=True)
class Reach:
    """In which units the actor may do what; for leaders and the seal of an agency all units of the agency.

    `units`: all of these; `answering`: those that may be asked for an opinion; `leading`: those the actor leads;
    `holders`: whose dossiers the actor works on; `scope`: for which procedures.
    """

    account_id: int | None
    holders: frozenset[int | None]
    desks: Collection[int]
    handling: Collection[int]
    divisions: Collection[int]
    led: Collection[int]
    sealed: Collection[int]
    units: Collection[int]
    answering: Collection[int]
    leading: Collection[int]
    scope: Scope = EVERYTHING

    @property
    def is_whole(self) -> bool:
        """Whether the actor works by their own posts alone, on every procedure."""
        return self.scope.is_everything and self.holders == {self.account_id} and self.account_id is not None

    def lists(self) -> dict[str, Sequence[int]]:
        """Return the units by what the actor does in them."""
        return {name: sorted(getattr(self, name)) for name in LISTS}


LISTS = ("desks", "handling", "divisions", "led", "sealed", "units", "answering", "leading")


def reach(account_id: int | None, by_right: Mapping[Right, Collection[int]]) -> Reach:
    """Return the reach of somebody with these units by right."""
    desks, handling, divisions, led, sealed = (frozenset(by_right[right]) for right in _RIGHTS)
    return Reach(
        account_id=account_id,
        holders=frozenset({account_id}),
        desks=desks,
        handling=handling,
        divisions=divisions,
        led=led,
        sealed=sealed,
        units=desks | handling | divisions | led | sealed,
        answering=handling | divisions | led,
        leading=divisions | led,
    )


_RIGHTS = (Right.RECEIVE, Right.HANDLE, Right.LEAD_DIVISION, Right.LEAD_AGENCY, Right.SEAL)
_OF_AGENCY = frozenset({Right.LEAD_AGENCY, Right.SEAL})


def joined(reaches: Sequence[Reach]) -> Reach:
    """Return where any of these reaches, whatever the scope."""
    if len(reaches) == 1:
        return reaches[0]
    lists: dict[str, Any] = {name: frozenset().union(*(getattr(one, name) for one in reaches)) for name in LISTS}
    holders = frozenset[int | None]().union(*(one.holders for one in reaches))
    return Reach(account_id=reaches[0].account_id, holders=holders, **lists)


def reaches_of(actor: Actor, at: datetime) -> list[Reach]:
    """Return where the actor works at `at`: by what holds for every procedure, then by each narrower delegation."""
    actor = actor.at(at)
    narrow = [one for one in actor.mandates if one.stands_for is not None or not one.scope.is_everything]
    found = [_reach(actor, [post for post in actor.postings if post.mandate not in narrow], at)]
    for mandate in narrow:
        part = _reach(actor, [post for post in actor.postings if post.mandate == mandate], at)
        holders = frozenset({mandate.stands_for}) if mandate.stands_for is not None else part.holders
        found.append(replace(part, holders=holders, scope=mandate.scope))
    return found


def _reach(actor: Actor, postings: Iterable[ActorPosting], at: datetime) -> Reach:
    posts = list(postings)
    by_right: dict[Right, frozenset[int]] = {}
    for right in _RIGHTS:
        mine = [post for post in posts if right in post.rights]
        if right in _OF_AGENCY:
            by_right[right] = _units_of(frozenset(post.agency_id for post in mine), at)
        else:
            by_right[right] = frozenset(post.unit_id for post in mine)
    return reach(actor.account_id, by_right)


def _units_of(agencies: frozenset[int], at: datetime) -> frozenset[int]:
    if not agencies:
        return frozenset()
    return frozenset(unit.id for unit in units_on(timezone.localdate(at, VIET_NAM)) if unit.agency_id in agencies)
