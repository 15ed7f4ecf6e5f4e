"""Lines of the books, and what waits to be given back."""

from collections.abc import Iterable

from motcua.certification.models import CertificationEntry
from motcua.certification.terms import CODE
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import Status

_MOST = 30


def entries_of(dossier: Dossier) -> list[CertificationEntry]:
    """Return the lines of the book for a dossier, in their order."""
    return list(CertificationEntry.objects.filter(dossier=dossier).select_related("book").order_by("number"))


def ready_to_give(desk_ids: Iterable[int]) -> list[Dossier]:
    """Return the dossiers of certified copies that are signed and sealed at these desks, oldest first."""
    found = Dossier.objects.filter(
        unit_id__in=list(desk_ids), status=Status.FINISHED, procedure__code=CODE
    ).select_related("owner")
    return list(found.order_by("finished_at", "pk")[:_MOST])
