"""Looking at a dossier that is not one's work: first the officer says what for, and for a while it stays said."""

from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from motcua.dossiers.access.involvement import Involvement, involvement_of
from motcua.dossiers.actions.read_people import read_people
from motcua.dossiers.models import Dossier
from motcua.identity.requests import actor_in
from motcua.kernel.errors import Invalid

#: After so long the officer says again what for.
OPEN_FOR: Final = timedelta(minutes=30)
_SESSION_KEY: Final = "purposes"
_MOST_OPEN: Final = 20


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


def sees_people(request: HttpRequest, dossier: Dossier, at: datetime, *, whole: bool = False) -> bool:
    """Return whether the officer sees the people of the dossier in full; if so the journal of readings says why.

    Raises Invalid as `read_people` does when the officer has to say first what for.
    """
    purpose = purpose_given(request, dossier.code, at)
    return read_people(actor_in(request), dossier, purpose=purpose, at=at, whole=whole)


def purpose_needed(request: HttpRequest, dossier: Dossier, at: datetime, *, whole: bool = False) -> HttpResponse | None:
    """Return the way to the page that asks what for, or None when the officer may go on.

    `whole`: what is asked for (a paper, a file) cannot be masked; that it was read is kept here.
    """
    if not whole and involvement_of(actor_in(request), dossier) != Involvement.OVERSEES:
        return None
    try:
        sees_people(request, dossier, at, whole=whole)
    except Invalid:
        query = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('desk:purpose', args=[dossier.code])}?{query}")
    return None
