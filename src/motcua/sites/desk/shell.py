"""The frame of every page of the desk: where an officer can go, by posts."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.terms import Right
from motcua.identity.requests import ActorRequest
from motcua.identity.terms import Actor
from motcua.sites.context import NavEntry


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def desk_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page of the desk with its navigation."""
    whole = {"desk_nav": _nav(request), **context}
    return render(request, template, whole, status=status)


def _nav(request: HttpRequest) -> list[NavEntry]:
    actor = actor_of(request)
    entries = [("Việc của tôi", "desk:home")]
    if actor.has(Right.RECEIVE):
        entries.append(("Tiếp nhận", "desk:intake"))
    if actor.has(Right.LEAD_AGENCY) or actor.has(Right.LEAD_DIVISION):
        entries.append(("Phê duyệt", "desk:approvals"))
    entries.append(("Tìm hồ sơ", "desk:find"))
    current = request.resolver_match.view_name if request.resolver_match else ""
    name = "desk:intake" if current == "desk:intake_form" else current
    return [NavEntry(label, reverse(view), view == name) for label, view in entries]
