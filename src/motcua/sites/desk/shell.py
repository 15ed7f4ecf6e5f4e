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

#: Pages below one that the navigation names.
_BELONGS = {"desk:intake_form": "desk:intake", "desk:reserved_numbers": "desk:sealing"} | {
    "desk:copies_certify": "desk:signing",
    "desk:copies_seal": "desk:sealing",
    "desk:scan_dossier": "desk:scans",
}
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


def nav_of(request: HttpRequest, *, within: str = "") -> list[NavEntry]:
    """Return where this officer can go from any page of the desk; `within`: the page that this one belongs to."""
    actor = actor_of(request)
    works = any(posting.rights - {Right.OVERSEE, Right.ADMIN} for posting in actor.postings)
    leads = actor.has(Right.LEAD_AGENCY) or actor.has(Right.LEAD_DIVISION)
    receives, watches = actor.has(Right.RECEIVE), leads or actor.has(Right.OVERSEE)
    known = (
        ("", "Việc của tôi", "desk:home", True),
        ("", "Tiếp nhận", "desk:intake", receives),
        ("", "Số hóa", "desk:scans", receives),
        ("", "Phê duyệt", "desk:approvals", leads),
        ("", "Ký số", "desk:signing", actor.has(Right.LEAD_AGENCY)),
        ("", "Đóng dấu", "desk:sealing", actor.has(Right.SEAL)),
        ("", "Tìm hồ sơ", "desk:find", True),
        ("Hồ sơ", "Bàn giao", "desk:handovers", True),
        ("Hồ sơ", "Bưu chính", "post:desk", receives),
        ("Hồ sơ", "Quầy thu", "desk:till", receives or actor.has(Right.LEAD_AGENCY)),
        ("Sổ, số liệu", "Sổ theo dõi", "desk:register", works),
        ("Sổ, số liệu", "Sổ chứng thực", "desk:books", works),
        ("Sổ, số liệu", "Kết quả điện tử", "desk:results", works),
        ("Sổ, số liệu", "Toàn cảnh", "desk:overview", watches),
        ("Tổ chức", "Ủy quyền", "desk:delegations", True),
    )
    current = within or (request.resolver_match.view_name if request.resolver_match else "")
    name = _BELONGS.get(current, current)
    return [
        NavEntry(label, reverse(view), view == name, _KEYS.get(view, ""), group)
        for group, label, view, is_open in known
        if is_open
    ]
