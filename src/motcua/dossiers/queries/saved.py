"""Lists an officer kept, their own and those of their units; favourite procedures."""

from collections.abc import Sequence

from django.db.models import Q

from motcua.dossiers.models import FavouriteProcedure, SavedList
from motcua.identity.terms import Actor
from motcua.kernel.rows import Rows


def saved_lists(actor: Actor) -> Sequence[SavedList]:
    """Return the actor's own lists in their order, then those shared in a unit of theirs (one query)."""
    units = sorted({post.unit_id for post in actor.postings})
    found = _SAVED(account_id=actor.account_id or 0, units=units)
    return sorted(found, key=lambda one: (one.owner_id != actor.account_id, one.position, one.pk))


_SAVED = Rows(
    lambda account_id, units: SavedList.objects.filter(Q(owner_id=account_id) | Q(unit_id__in=units)).select_related(
        "unit"
    ),
    account_id=int,
    units=list[int],
)


def favourite_codes(actor: Actor) -> list[str]:
    """Return the codes of the actor's favourite procedures (one query)."""
    kept = FavouriteProcedure.objects.filter(account_id=actor.account_id or 0).order_by("procedure__name")
    return list(kept.values_list("procedure__code", flat=True))
