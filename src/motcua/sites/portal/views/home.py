"""The front page: one question, one box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.procedures.queries import domains


def home(request: HttpRequest) -> HttpResponse:
    """`GET /`: search, follow a dossier, fields of procedures (one query)."""
    return render(request, "portal/home.html", {"domains": domains(timezone.now())})
