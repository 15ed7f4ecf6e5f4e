"""The type of a request that went through ActorMiddleware."""

from django.http import HttpRequest

from motcua.identity.terms import Actor


class ActorRequest(HttpRequest):
    """A request that knows who acts."""

    actor: Actor


def actor_in(request: HttpRequest) -> Actor:
    """Return who acts in a request that went through ActorMiddleware."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by ActorMiddleware
    return actor
