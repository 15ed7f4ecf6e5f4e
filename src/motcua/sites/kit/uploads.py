"""The files that a form brings: in the form itself, or sent in pieces before it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.http import HttpRequest

from motcua.files.actions.store import store_upload
from motcua.files.queries import arrived
from motcua.files.terms import StoredFile
from motcua.identity.terms import Actor

#: What the script `ui/tep.js` adds to the name of a file input for the numbers of the files it has sent.
SENT = "__tai"


def incoming(
    actor: Actor, request: HttpRequest, name: str, at: datetime
) -> Iterator[tuple[str, Callable[[], StoredFile]]]:
    """Return for each file of an input how problems begin ("a.pdf: ") and how to get it stored (raises MotCuaError)."""
    for number in request.POST.getlist(name + SENT):
        yield "", partial(arrived, actor, number)
    for upload in request.FILES.getlist(name):
        declared, said = upload.content_type or "", upload.name or "tep"
        yield f"{said}: ", partial(store_upload, actor, upload, name=said, declared_type=declared, at=at)
