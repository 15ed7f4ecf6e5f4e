"""Open dossiers that still follow an older version of their procedure."""

from django.db.models import Count, QuerySet

from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.rebasing import BEFORE_RESULT
from motcua.procedures.models import ProcedureVersion


def behind(version: ProcedureVersion) -> QuerySet[Dossier]:
    """Return the dossiers without a result yet whose version is older than that one of the same procedure."""
    return Dossier.objects.filter(
        procedure_id=version.procedure_id, version__number__lt=version.number, status__in=sorted(BEFORE_RESULT)
    )


def counts_behind(version: ProcedureVersion) -> list[tuple[int, int]]:
    """Return the numbers of the older versions with how many such dossiers each has, the newest first."""
    counted = behind(version).values("version__number").annotate(dossiers=Count("pk")).order_by("-version__number")
    return [(row["version__number"], row["dossiers"]) for row in counted]
