"""The frame of the administrator's pages: who acts, where one can go."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.sites.context import NavEntry

_WORKING: Final = frozenset(Right) - {Right.ADMIN, Right.OVERSEE}
_ENTRIES: Final = (
    ("Đơn vị", "backoffice:units"),
    ("Cán bộ", "backoffice:people"),
    ("Thủ tục", "backoffice:procedures"),
    ("Lịch làm việc", "backoffice:calendar"),
)


def office_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page of the administrator with its navigation; never kept by caches (it shows people)."""
    response = render(request, template, {"office_nav": _nav(request), **context}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _nav(request: HttpRequest) -> list[NavEntry]:
    home = reverse("backoffice:home")
    entries = [NavEntry("Quản trị", home, request.path == home)]
    for label, view in _ENTRIES:
        url = reverse(view)
        entries.append(NavEntry(label, url, request.path.startswith(url)))
    return entries + other_desks(request, Right.ADMIN)


def other_desks(request: HttpRequest, here: Right) -> list[NavEntry]:
    """Return the other sites this officer may open."""
    actor: Actor = getattr(request, "actor")  # noqa: B009 (set by ActorMiddleware)
    found = []
    if here != Right.ADMIN and actor.has(Right.ADMIN):
        found.append(NavEntry("Quản trị", reverse("backoffice:home"), current=False))
    if here != Right.OVERSEE and actor.has(Right.OVERSEE):
        found.append(NavEntry("Giám sát", reverse("audit:journal"), current=False))
    if any(post.rights & _WORKING for post in actor.postings):
        found.append(NavEntry("Bàn làm việc", reverse("desk:work"), current=False))
    return found
