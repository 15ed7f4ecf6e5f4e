"""The frame of every page of the desk: where an officer can go, by posts."""

from collections.abc import Mapping
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from motcua.agencies.terms import Right
from motcua.identity.requests import ActorRequest
from motcua.identity.terms import Actor
from motcua.sites.context import NavEntry

_KEYS = {"desk:home": "v", "desk:intake": "n"}


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def desk_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page of the desk with its navigation."""
    whole = {"desk_nav": nav_of(request), "capacities": capacities_of(actor_of(request)), **context}
    return render(request, template, whole, status=status)


def capacities_of(actor: Actor) -> list[str]:
    """Return in which capacities besides their own posts the officer acts, in words, each with its end."""
    return [
        mandate.words + (f" (đến {timezone.localtime(mandate.until):%H:%M %d/%m/%Y})" if mandate.until else "")
        for mandate in actor.mandates
    ]


def nav_of(request: HttpRequest) -> list[NavEntry]:
    """Return where this officer can go from any page of the desk."""
    actor = actor_of(request)
    entries = [("Việc của tôi", "desk:home")]
    if actor.has(Right.RECEIVE):
        entries.append(("Tiếp nhận", "desk:intake"))
    if actor.has(Right.LEAD_AGENCY) or actor.has(Right.LEAD_DIVISION):
        entries.append(("Phê duyệt", "desk:approvals"))
    entries.append(("Tìm hồ sơ", "desk:find"))
    if actor.has(Right.RECEIVE):
        entries.append(("Bưu chính", "post:desk"))
    entries.append(("Bàn giao", "desk:handovers"))
    if any(posting.rights - {Right.OVERSEE, Right.ADMIN} for posting in actor.postings):
        entries.append(("Sổ theo dõi", "desk:register"))
    if any(actor.has(right) for right in (Right.LEAD_AGENCY, Right.LEAD_DIVISION, Right.OVERSEE)):
        entries.append(("Toàn cảnh", "desk:overview"))
    if actor.has(Right.RECEIVE) or actor.has(Right.LEAD_AGENCY):
        entries.append(("Quầy thu", "desk:till"))
    entries.append(("Ủy quyền", "desk:delegations"))
    current = request.resolver_match.view_name if request.resolver_match else ""
    name = "desk:intake" if current == "desk:intake_form" else current
    return [NavEntry(label, reverse(view), view == name, _KEYS.get(view, "")) for label, view in entries]
