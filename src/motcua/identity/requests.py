"""The type of a request that went through ActorMiddleware."""

import time
from datetime import timedelta
from typing import Final

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest

from motcua.identity.bearer import token_in
from motcua.identity.terms import Actor

#: So long a proof of who one is holds for signing and for looking at what is not one's work.
FRESH: Final = timedelta(minutes=15)


class ActorRequest(HttpRequest):
    """A request that knows who acts."""

    actor: Actor


def actor_in(request: HttpRequest) -> Actor:
    """Return who acts in a request that went through ActorMiddleware."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    return actor


def demand_fresh(request: HttpRequest, *, within: timedelta = FRESH) -> None:
    """Let only somebody go on who proved within that time who they are, by signing in or by confirming again.

    Raises allauth's ReauthenticationRequired: its middleware asks for password, code or key, and then repeats the
    request with everything that was typed. Programs prove it with every request by their key; who comes only through
    the identity provider has nothing to confirm with here.
    """
    if token_in(request.headers.get("Authorization", "")) is not None:
        return
    if not get_reauthentication_flows(request.user):
        return
    proofs = get_authentication_records(request, request.user)
    if not proofs or time.time() - proofs[-1]["at"] > within.total_seconds():
        raise ReauthenticationRequired
