"""Figures for everybody: how many dossiers the agencies take in, and how many they finish in time."""

from datetime import datetime
from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from motcua.dossiers.queries.lateness import Figures, figures_of

#: After so many seconds the figures are counted anew; until that is done the old ones are shown.
FRESH_SECONDS: Final = 600
_KEPT_SECONDS: Final = 86_400
_COUNTING_SECONDS: Final = 120
_KEY: Final = "portal.figures"
_COUNTING: Final = "portal.figures.counting"


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """`GET /so-lieu/`: this year to date by agency, rule (a); counted every ten minutes, by one visit at a time."""
    now = timezone.now()
    found: Figures | None = cache.get(_KEY)
    if found is None or (_is_old(found, now) and cache.add(_COUNTING, "1", _COUNTING_SECONDS)):
        today = timezone.localdate(now)
        found = figures_of(today.replace(month=1, day=1), today, at=now)
        cache.set(_KEY, found, _KEPT_SECONDS)
        cache.delete(_COUNTING)
    return render(request, "portal/figures.html", {"found": found})


def _is_old(found: Figures, now: datetime) -> bool:
    return not 0 <= (now - found.at).total_seconds() < FRESH_SECONDS
