"""Deny by default: a URL that the permission table does not name is closed to everybody."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, NotPermitted, Problem
from motcua.project.permissions import audience_of, may_open
from motcua.project.web.problems import problem_page, token_needed


class GateMiddleware:
    """Ask the permission table before any view runs; strangers are sent to sign in and come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _nowhere(request) if _holds_nul(request) else self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002 (Django's signature)
        match = request.resolver_match
        audience = audience_of(match.view_name if match else "")
        actor = actor_in(request)
        if audience is not None and may_open(audience, actor):
            return None
        if actor.kind == "anonymous" and audience is not None:
            return _ask_who(request)
        return problem_page(
            request, NotPermitted(Problem("url_closed", "Tài khoản của bạn không có quyền mở trang này."))
        )


def _holds_nul(request: HttpRequest) -> bool:
    """Whether the address holds a NUL, which no text in the database can; the API names the field of a query."""
    in_query = "%00" in request.META.get("QUERY_STRING", "") and not request.path.startswith("/api/")
    return in_query or "\0" in request.path


def _nowhere(request: HttpRequest) -> HttpResponse:
    return problem_page(request, NotFound(Problem("no_page", "Trang này không có hoặc không dành cho bạn.")))


def _ask_who(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        return token_needed()
    if request.method == "POST":
        messages.warning(
            request, "Phiên làm việc đã hết nên việc vừa bấm chưa được ghi. Hãy đăng nhập lại rồi làm lại việc đó."
        )
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
