"""Addresses for the room's tests."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from motcua.identity.requests import ActorRequest


def whoami(request: ActorRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.kind}:{request.actor.name}:{len(request.actor.postings)}")


def blank(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [
    path("tai-khoan/", include("motcua.identity.web.urls")),
    path("whoami/", whoami, name="health"),
    path("", blank, name="ready"),
]
