"""Numbers that were kept for results before they were signed: those that wait, and those that were cancelled."""

from collections.abc import Sequence
from datetime import datetime

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.models import Dossier, ReservedNumber
from motcua.identity.terms import Actor

_MOST = 200


def kept_number(dossier: Dossier) -> ReservedNumber | None:
    """Return the number that was given to the dossier's result before it was signed, None when there is none."""
    return dossier.reserved_numbers.filter(used_at__isnull=True, cancelled_at__isnull=True).first()


def numbers_of(actor: Actor, *, at: datetime) -> Sequence[ReservedNumber]:
    """Return this year's numbers not used so far of the agencies that the actor seals for, those that wait first.

    At most 200, with their dossiers; a number that was used stands in the register of results.
    """
    agencies = actor.at(at).agencies_with(Right.SEAL)
    year = at.astimezone(VIET_NAM).year
    rows = ReservedNumber.objects.filter(agency_id__in=agencies, year=year, used_at__isnull=True)
    found = rows.select_related("dossier__procedure", "cancelled_by").order_by("symbol", "book_id", "number")
    return sorted(found[:_MOST], key=lambda one: one.cancelled_at is not None)
