"""Versions that came after the one a dossier was handed in under."""

from datetime import date

from django.db.models import OuterRef, QuerySet

from motcua.procedures.models import ProcedureVersion


def newer_versions(procedure_id: int | OuterRef, number: int | OuterRef) -> QuerySet[ProcedureVersion]:
    """Return the published versions of a procedure with a higher number, the next one first.

    Id and number may be references to an outer query.
    """
    return ProcedureVersion.objects.filter(
        procedure_id=procedure_id, published_at__isnull=False, number__gt=number
    ).order_by("number")


def newest_holding(procedure_id: int, number: int, on: date) -> ProcedureVersion | None:
    """Return the newest version that already holds on the day and has a higher number, its procedure loaded."""
    found = newer_versions(procedure_id, number).filter(valid_from__lte=on)
    return found.select_related("procedure").order_by("-number").first()
