"""The frame of the auditor's pages."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.agencies.terms import Right
from motcua.sites.backoffice.shell import other_desks
from motcua.sites.context import NavEntry

_ENTRIES: Final = (
    ("Nhật ký", "audit:journal"),
    ("Quá hạn", "audit:overdue"),
    ("Bổ sung lần hai", "audit:supplements"),
    ("Đính chính", "audit:corrections"),
    ("Nhập sau", "audit:backdated"),
)


def audit_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Return a page of the auditor with its navigation; never kept by caches."""
    response = render(request, template, {"office_nav": audit_nav(request), **context}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def audit_nav(request: HttpRequest) -> list[NavEntry]:
    """Return where an auditor can go."""
    current = request.resolver_match.view_name if request.resolver_match else ""
    own = [NavEntry(label, reverse(view), current.startswith(view)) for label, view in _ENTRIES]
    return own + other_desks(request, Right.OVERSEE)
