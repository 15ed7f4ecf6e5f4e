"""Officers who must confirm with a second factor: reminded while there is time, afterwards nothing else opens."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone

from motcua.identity.duty import owed_by
from motcua.identity.models import Account
from motcua.identity.requests import actor_in
from motcua.project.permissions import Audience, audience_of
from motcua.project.web.idle import POLL_HEADER

#: What nobody needs a second factor for: what strangers may see, the own account, the way to a second factor.
_OPEN = frozenset({Audience.PUBLIC, Audience.SIGNED_IN})


class FactorMiddleware:
    """Asks of every page of an officer whether a second factor is owed (`request.factor_owed` for the reminder).

    Programs prove who they are by their key and are not asked. Whoever owes one can always set it up, so nobody is
    locked out.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002 (Django's signature)
        match, account = request.resolver_match, request.user
        if match is None or audience_of(match.view_name) in _OPEN or not isinstance(account, Account):
            return None
        actor = actor_in(request)
        owed = owed_by(account, actor, timezone.now()) if actor.postings else None
        if owed is None or not owed.is_over:
            request.factor_owed = owed  # type: ignore[attr-defined]  # read by the reminder
            return None
        if POLL_HEADER in request.headers:
            return JsonResponse({"problems": ["Hãy đặt bảo mật hai lớp."]}, status=403)
        onward = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        return HttpResponseRedirect(f"{reverse('factor_needed')}{onward}")
