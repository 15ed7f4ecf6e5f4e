"""What travels by post and what is owed on land, for the page of a dossier."""

from typing import Any

from motcua.dossiers.models import Dossier
from motcua.identity.terms import Actor
from motcua.land.access import may_handle, may_record
from motcua.land.queries import land_file
from motcua.land.rules.catalogue import is_land, is_taxed
from motcua.land.terms import SheetState
from motcua.postal.queries import orders_of
from motcua.postal.terms import Direction


def journeys_of(dossier: Dossier, actor: Actor) -> dict[str, Any]:
    """Return the context of `ui/journeys.html`: postal orders, the land file, what this officer may do with it."""
    land = land_file(dossier)
    waiting = bool(land and any(one.state == SheetState.WAITING for one in land.sheets))
    settled = bool(land and land.notices)
    orders = orders_of(dossier)
    return {
        "postal_orders": orders,
        "fetched": any(one.is_live for one in orders if one.direction == Direction.PICK_UP),
        "land": land,
        "may_record_parcel": is_land(dossier.procedure.code) and dossier.is_open and may_record(actor, dossier),
        "may_send_sheet": bool(land and land.parcel)
        and is_taxed(dossier.procedure.code)
        and dossier.is_received
        and dossier.is_open
        and not waiting
        and not settled
        and may_handle(actor, dossier),
    }
