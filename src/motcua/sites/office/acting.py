"""From a form to an act and back: done once, refused with everything that was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from motcua.files.web.uploads import problems_of_upload
from motcua.identity.requests import actor_in
from motcua.journal.idempotency import Reply, once
from motcua.kernel.errors import Invalid, MotCuaError, NotFound
from motcua.sites.kit.thread import Link
from motcua.sites.office.forms import OfficeForm
from motcua.sites.office.shell import office_page

SEE_OTHER: Final = 303


@dataclass(frozen=True, slots=True)
class Done:
    """What an act leaves: a sentence and where to go on."""

    message: str
    url: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the form of one act."""

    title: str
    button: str
    back: Sequence[Link]
    lead: str = ""
    warning: str = ""
    danger: bool = False
    template: str = "office/form.html"
    more: Mapping[str, Any] = field(default_factory=dict)


Act = Callable[[], Done]


def form_page(request: HttpRequest, form: OfficeForm, act: Act, frame: Frame) -> HttpResponse:
    """Answer a GET with the form; do the act of a POST once and go on; show a refused form as it was typed."""
    status = 200
    if request.method == "POST":
        answer, status = try_act(request, form, act)
        if answer is not None:
            return answer
    return show_form(request, form, frame, status=status)


def show_form(request: HttpRequest, form: OfficeForm, frame: Frame, *, status: int = 200) -> HttpResponse:
    """Return the page of a form."""
    return office_page(request, frame.template, {"form": form, "frame": frame, **frame.more}, status=status)


def try_act(request: HttpRequest, form: OfficeForm, act: Act) -> tuple[HttpResponse | None, int]:
    """Do the act once; return the way on, or None and the status of the refusal, its problems in the form."""
    if problems := problems_of_upload(request):
        raise Invalid(problems)
    if not form.is_valid():
        return None, Invalid.status
    try:
        reply = _once(request, form, act)
    except NotFound:
        raise
    except MotCuaError as refusal:
        form.take(refusal.problems)
        return None, refusal.status
    if reply.body:
        messages.success(request, str(reply.body))
    answer = HttpResponseRedirect(reply.location)
    answer.status_code = reply.status
    return answer, reply.status


def _once(request: HttpRequest, form: OfficeForm, act: Act) -> Reply:
    def perform() -> Reply:
        done = act()
        return Reply(SEE_OTHER, body=done.message, location=done.url)

    return once(
        scope=f"backoffice:{actor_in(request).account_id}",
        key=form.cleaned_data["key"],
        fingerprint=form.fingerprint(request.path),
        act=perform,
    )
