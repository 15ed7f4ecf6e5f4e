"""A dossier of another agency on which one's unit was asked: the question and the papers, nothing else."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from motcua.dossiers.access import acts_open_to
from motcua.dossiers.access.opinions import may_answer_for
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.pages import Parts, parts_of
from motcua.identity.terms import Actor
from motcua.sites.desk.between import asked_of
from motcua.sites.desk.shell import actor_of, desk_page
from motcua.sites.desk.story import buttons_of, chosen_sheet, sheets_of


def consulted_page(request: HttpRequest, dossier: Dossier, at: datetime) -> HttpResponse:
    """Return the page of a dossier for those who were only asked for an opinion."""
    actor = actor_of(request)
    parts = parts_of(dossier, with_moves=False)
    first, others = buttons_of(dossier, acts_open_to(actor, dossier, at))
    context = needed_of(dossier, actor, parts, at, request.GET.get("xem", "")) | {
        "first_acts": first,
        "other_acts": others,
    }
    return desk_page(request, "desk/consulted.html", context)


def needed_of(dossier: Dossier, actor: Actor, parts: Parts, at: datetime, wanted: str = "") -> dict[str, Any]:
    """Return what is needed to answer: papers with their files, and the questions to the actor's own units."""
    mine = [one for one in asked_of(dossier, at) if may_answer_for(actor, one.question.unit_id)]
    shown = papers_only(parts)
    _papers, files = sheets_of(dossier, shown)
    return {
        "dossier": dossier,
        "parts": shown,
        "files": files,
        "asked": mine,
        "limited": True,
        "viewed": chosen_sheet(files, wanted),
    }


def papers_only(parts: Parts) -> Parts:
    """Return what hangs on a dossier without anything but the papers that were handed in."""
    shown = replace(parts, other_files=[], papers=[], moves=[], drafts=[], requests=[], suspensions=[])
    return replace(shown, result=None, delivery=None)
