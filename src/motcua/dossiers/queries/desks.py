"""Which desk takes in dossiers of an agency."""

from datetime import date

from motcua.agencies.queries import UnitInfo, desks_on
from motcua.agencies.queries import unit as unit_by_id


def desk_of(agency: UnitInfo, *, on: date) -> UnitInfo | None:
    """Return the desk of the agency: its own, else that of the nearest body above it (a department: the province's)."""
    desks = sorted(desks_on(on), key=lambda desk: (len(desk.path), desk.slug))
    for above in reversed(agency.path):
        own = [desk for desk in desks if desk.agency_id == above]
        if own:
            return own[0]
    return None


def desks_for(agency: UnitInfo, *, on: date) -> list[UnitInfo]:
    """Return every desk of the province where the agency's dossiers may be handed in (phi địa giới), by name."""
    root = unit_by_id(agency.path[0])
    return sorted((desk for desk in desks_on(on) if desk.path[0] == root.id), key=lambda desk: desk.name_fold)
