"""Who acts in a request: `request.actor`, found when first asked for."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from motcua.identity.bearer import account_of_bearer, token_in
from motcua.identity.models import Account
from motcua.identity.queries import ANONYMOUS, actor_of
from motcua.identity.requests import ActorRequest
from motcua.identity.terms import Actor

_BEFORE_NEW_PASSWORD = frozenset(
    {"account_change_password", "account_logout", "account_reauthenticate", "health", "ready"}
)


class ActorMiddleware:
    """Sets `request.actor` from `Authorization: Bearer …`, else from the session.

    A request with a bearer token never falls back to the session: a wrong token is nobody, and the request needs
    no CSRF token because no browser adds the header by itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        cast(ActorRequest, request).actor = cast(Actor, SimpleLazyObject(lambda: _actor_of(request)))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, _kwargs: object) -> HttpResponse | None:
        """Somebody with a password given by others first sets one of their own."""
        match = request.resolver_match
        if (
            token_in(request.headers.get("Authorization", "")) is not None
            or match is None
            or match.url_name in _BEFORE_NEW_PASSWORD
        ):
            return None
        if getattr(request.user, "must_change_password", False):
            return HttpResponseRedirect(reverse("account_change_password"))
        return None


def _actor_of(request: HttpRequest) -> Actor:
    now = timezone.now()
    token = token_in(request.headers.get("Authorization", ""))
    if token is not None:
        account: object = account_of_bearer(token, at=now)
    else:
        account = request.user
    if not isinstance(account, Account):
        return ANONYMOUS
    return actor_of(account, timezone.localdate(now)).at(now)
