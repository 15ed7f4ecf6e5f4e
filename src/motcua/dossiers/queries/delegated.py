"""What was done by delegation: acts counted and listed."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from motcua.dossiers.models import Move


def counts_by(delegation_ids: Iterable[int]) -> dict[int, tuple[int, datetime | None]]:
    """Return for each delegation how many acts rest on it and when the last was done (one query)."""
    rows = Move.objects.filter(delegation_id__in=list(delegation_ids)).order_by().values("delegation_id")
    counted = rows.annotate(number=Count("pk"), last=Max("at"))
    return {row["delegation_id"]: (row["number"], row["last"]) for row in counted}


def acts_by(delegation_id: int) -> QuerySet[Move]:
    """Return the acts that rest on the delegation, the last first, their dossiers loaded."""
    return Move.objects.filter(delegation_id=delegation_id).select_related("dossier__procedure").order_by("-at", "-pk")


def kinds_of_acts_by(delegation_id: int) -> list[tuple[str, int]]:
    """Return how many acts of each kind rest on the delegation, the most first (one query)."""
    rows = Move.objects.filter(delegation_id=delegation_id).order_by().values_list("act")
    return [(act, number) for act, number in rows.annotate(number=Count("pk")).order_by("-number", "act")]
