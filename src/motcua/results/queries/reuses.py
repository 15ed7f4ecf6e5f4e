"""Which papers of a dossier came from a person's store."""

from collections.abc import Iterable

from motcua.dossiers.models import DossierComponent
from motcua.dossiers.terms import Digitised
from motcua.results.models import Reuse

_FROM_STORE = frozenset({Digitised.PAPER_REUSED, Digitised.RESULT_REUSED})


def reuses_of(components: Iterable[DossierComponent]) -> dict[int, list[Reuse]]:
    """Return by a component's id what was taken from the store for it (one query, none where nothing was)."""
    asked = [one.pk for one in components if one.digitised in _FROM_STORE]
    if not asked:
        return {}
    found: dict[int, list[Reuse]] = {}
    related = ("paper__revocation", "paper__replaced_by", "consent")
    for reuse in Reuse.objects.filter(component_id__in=asked).select_related(*related).order_by("id"):
        found.setdefault(reuse.component_id, []).append(reuse)
    return found
