"""The addresses of the house, and one that says who acts."""

from django.http import HttpResponse
from django.urls import include, path

from motcua.identity.requests import ActorRequest


def whoami(request: ActorRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.kind}:{request.actor.name}:{len(request.actor.postings)}")


urlpatterns = [
    path("whoami/", whoami, name="health"),
    path("", include("motcua.project.urls")),
]
