"""Rows of one unit, or of the whole country."""

from django.db.models import Q


def of_unit(unit_id: int | None) -> Q:
    """The rows of that very unit; None: those that name no unit."""
    return Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id)
