"""The type of a request that went through ActorMiddleware."""

from django.http import HttpRequest

from motcua.identity.terms import Actor


class ActorRequest(HttpRequest):
    """A request that knows who acts."""

    actor: Actor
