"""Looking at a dossier that is not one's work: first the officer says what for, and for a while it stays said."""

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from motcua.dossiers.access.involvement import Involvement, involvement_of
from motcua.dossiers.models import Dossier
from motcua.identity.requests import actor_in
from motcua.journal.actions import note_reading
from motcua.journal.terms import ReadingKind

#: After so long the officer says again what for.
OPEN_FOR: Final = timedelta(minutes=30)
_SESSION_KEY: Final = "purposes"
_MOST_OPEN: Final = 20
_KINDS: Final = {
    Involvement.WORKS: ReadingKind.WORK,
    Involvement.COLLEAGUE: ReadingKind.LOOK_UP,
    Involvement.OVERSEES: ReadingKind.OVERSIGHT,
}


def purpose_given(request: HttpRequest, code: str, at: datetime) -> str:
    """Return what this session said it looks at the dossier for; "" when nothing, or too long ago."""
    until, purpose = _said(request, at).get(code, ("", ""))
    return purpose if until else ""


def give_purpose(request: HttpRequest, code: str, purpose: str, at: datetime) -> None:
    """Remember in this session what the dossier is looked at for."""
    held = _said(request, at) | {code: ((at + OPEN_FOR).isoformat(), purpose)}
    request.session[_SESSION_KEY] = dict(sorted(held.items(), key=lambda pair: pair[1][0])[-_MOST_OPEN:])


def _said(request: HttpRequest, at: datetime) -> dict[str, tuple[str, str]]:
    held: dict[str, Any] = request.session.get(_SESSION_KEY, {})
    return {code: (until, purpose) for code, (until, purpose) in held.items() if until > at.isoformat()}


def sees_people(request: HttpRequest, dossier: Dossier, at: datetime) -> bool:
    """Return whether the officer sees the people of the dossier in full; if so the journal of readings says why."""
    actor = actor_in(request)
    near = involvement_of(actor, dossier)
    purpose = f"Giải quyết hồ sơ, bước «{dossier.step.name}»"
    if near != Involvement.WORKS:
        purpose = purpose_given(request, dossier.code, at)
    if purpose:
        note_reading(actor, dossier, kind=_KINDS[near], purpose=purpose, at=at, code=dossier.code)
    return bool(purpose)


def purpose_needed(request: HttpRequest, dossier: Dossier, at: datetime, *, whole: bool = False) -> HttpResponse | None:
    """Return the way to the page that asks what for, or None when the officer may go on.

    A colleague sees the dossier with its people masked; `whole`: what is asked for (a paper, a file) cannot be
    masked.
    """
    near = involvement_of(actor_in(request), dossier)
    needs = near == Involvement.OVERSEES or (whole and near == Involvement.COLLEAGUE)
    if not needs or purpose_given(request, dossier.code, at):
        return None
    query = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('desk:purpose', args=[dossier.code])}?{query}")
