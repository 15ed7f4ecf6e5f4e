"""Which desk takes in dossiers of an agency."""

from datetime import date

from motcua.agencies.queries import UnitInfo, desks_on
from motcua.agencies.queries import unit as unit_by_id
from motcua.agencies.terms import UnitKind


def desk_of(agency: UnitInfo, *, on: date) -> UnitInfo | None:
    """Return the desk of the agency: its own, else the nearest that serves a body above it.

    A department has the province's centre, whatever office that centre stands under; a commune's desk serves its
    commune alone.
    """
    desks = sorted(desks_on(on), key=lambda desk: (len(desk.path), desk.slug))
    for above in reversed(agency.path):
        serving = [desk for desk in desks if above in desk.path and _serves(desk, agency)]
        if serving:
            return serving[0]
    return None


def _serves(desk: UnitInfo, agency: UnitInfo) -> bool:
    return desk.agency_id == agency.id or unit_by_id(desk.agency_id).kind != UnitKind.COMMUNE


def desks_for(agency: UnitInfo, *, on: date) -> list[UnitInfo]:
    """Return every desk of the province where the agency's dossiers may be handed in (phi địa giới), by name."""
    root = unit_by_id(agency.path[0])
    return sorted((desk for desk in desks_on(on) if desk.path[0] == root.id), key=lambda desk: desk.name_fold)
