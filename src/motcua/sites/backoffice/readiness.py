"""Is a house ready to receive its first dossier? What each agency still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import UnitInfo, units_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import Right
from motcua.dossiers.queries.desks import desk_of
from motcua.identity.models import Posting
from motcua.procedures.models import Offering

Holders = Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class AgencyState:
    """One agency that takes procedures: how many, and what is missing before the first dossier."""

    unit: UnitInfo
    procedures: int
    missing: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def agency_states(on: date) -> list[AgencyState]:
    """Return the state of every agency that offers procedures on that day, by name (two queries)."""
    offered: dict[int, list[int]] = {}
    for agency_id, handling_id in Offering.objects.filter(holds_on(on)).values_list("agency_id", "handling_unit_id"):
        offered.setdefault(agency_id, []).append(handling_id)
    holders = _holders(on) if offered else {}
    members = _members(on)
    states = [
        AgencyState(
            unit_by_id(agency), len(handling), tuple(_missing(unit_by_id(agency), handling, holders, members, on))
        )
        for agency, handling in offered.items()
    ]
    return sorted(states, key=lambda state: state.unit.name_fold)


def _holders(on: date) -> Holders:
    found: dict[tuple[int, str], int] = {}
    held = Posting.objects.filter(holds_on(on), holds_on(on, "post__"), account__is_active=True)
    for unit_id, rights in held.values_list("post__unit_id", "post__rights"):
        for right in rights:
            found[unit_id, right] = found.get((unit_id, right), 0) + 1
    return found


def _members(on: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for unit in units_on(on):
        found.setdefault(unit.agency_id, []).append(unit.id)
    return found


def _missing(
    agency: UnitInfo, handling: Iterable[int], holders: Holders, members: Mapping[int, list[int]], on: date
) -> list[str]:
    found = []
    desk = desk_of(agency, on=on)
    if desk is None:
        found.append("chưa có Bộ phận Một cửa")
    elif not holders.get((desk.id, Right.RECEIVE)):
        found.append(f"chưa ai tiếp nhận tại {desk.name}")
    for unit_id in sorted(set(handling)):
        if not holders.get((unit_id, Right.HANDLE)):
            found.append(f"chưa ai thụ lý tại {unit_by_id(unit_id).name}")
        if not holders.get((unit_id, Right.LEAD_DIVISION)):
            found.append(f"chưa có lãnh đạo tại {unit_by_id(unit_id).name}")
    within = members.get(agency.id, [])
    if not any(holders.get((unit_id, Right.LEAD_AGENCY)) for unit_id in within):
        found.append("chưa ai phê duyệt")
    if not any(holders.get((unit_id, Right.SEAL)) for unit_id in within):
        found.append("chưa có văn thư đóng dấu")
    return found
