"""Figures for everybody: how many dossiers the agencies take in, and how many they finish in time."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.queries.lateness import Figures, figures_of

#: How long figures are kept before they are counted anew, in seconds.
KEPT_SECONDS: Final = 600
_KEY: Final = "portal.figures"


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`GET /so-lieu/`: this year to date by agency, rule (a); counted at most every ten minutes."""
    now = timezone.now()
    found: Figures | None = cache.get(_KEY)
    if found is None or not 0 <= (now - found.at).total_seconds() < KEPT_SECONDS:
        today = timezone.localdate(now)
        found = figures_of(today.replace(month=1, day=1), today, at=now)
        cache.set(_KEY, found, KEPT_SECONDS)
    return render(request, "portal/figures.html", {"found": found})
