"""The screen of an officer who went away: covered after some minutes, opened again by the password, nothing lost."""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from motcua.files.actions.store import store_upload
from motcua.identity.models import Account
from motcua.identity.requests import actor_in
from motcua.identity.web.forms import LoginForm
from motcua.kernel.errors import MotCuaError
from motcua.sites.desk.forms.uploads import KEPT, mark_of_stored

LOCKED = 423  # RFC 4918
PASSWORD, OPENS, WAS_GET = "_mat_khau", "_mo_khoa", "_chi_xem"
#: A script that looks whether something is new is no sign of a person.
POLL_HEADER = "X-Motcua-Poll"
_SEEN, _LOCKED, _WRONG = "seen_at", "screen_locked", "unlock_failures"
_OPEN_WHILE_LOCKED = frozenset(
    {"screen_lock", "screen_unlock", "screen_switch", "account_logout", "account_login", "health", "ready"}
)
_NOTED_EVERY = 30.0  # seconds: the session is not written at every click
_MOST_WRONG = 5


class IdleMiddleware:
    """Locks the session of an officer who did nothing for `settings.IDLE_MINUTES` (0: never).

    A locked session opens no page but the one that asks for the password. What was being sent comes back with it:
    the page carries the fields, and files that came along are kept as the forms of the desk keep them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:  # noqa: ARG002 (Django's signature)
        match = request.resolver_match
        if not settings.IDLE_MINUTES or match is None or match.view_name in _OPEN_WHILE_LOCKED:
            return None
        if (
            "Authorization" in request.headers
            or not isinstance(request.user, Account)
            or not actor_in(request).postings
        ):
            return None
        if not is_locked(request):
            _note(request)
            # The password was asked for here and given in another tab meanwhile: the page itself is wanted.
            is_asking = request.method == "POST" and WAS_GET in request.POST
            return HttpResponseRedirect(request.get_full_path()) if is_asking else None
        return _ask(request)


def is_locked(request: HttpRequest) -> bool:
    """Whether the screen was covered, or nothing was heard of the officer for too long."""
    session, now = request.session, timezone.now().timestamp()
    if not session.get(_LOCKED) and now - session.get(_SEEN, now) > settings.IDLE_MINUTES * 60:
        session[_LOCKED] = True
    return bool(session.get(_LOCKED))


def _note(request: HttpRequest) -> None:
    now = timezone.now().timestamp()
    if POLL_HEADER not in request.headers and now - request.session.get(_SEEN, 0.0) > _NOTED_EVERY:
        request.session[_SEEN] = now


def _open(request: HttpRequest) -> None:
    request.session.pop(_LOCKED, None)
    request.session.pop(_WRONG, None)
    request.session[_SEEN] = timezone.now().timestamp()


def _ask(request: HttpRequest) -> HttpResponse | None:
    """Answer a locked request: let it go on when the password came with it, else ask for the password."""
    if request.method not in {"GET", "HEAD", "POST"} or POLL_HEADER in request.headers:
        return JsonResponse({"problems": ["Màn hình đang khóa."]}, status=LOCKED)
    if OPENS not in request.POST:
        return _page(request, wrong=False)
    if not _is_right(request):
        return _signed_out(request) if request.session[_WRONG] >= _MOST_WRONG else _page(request, wrong=True)
    _open(request)
    return HttpResponseRedirect(request.get_full_path()) if WAS_GET in request.POST else None


def _is_right(request: HttpRequest) -> bool:
    account = request.user
    if isinstance(account, Account) and account.check_password(request.POST.get(PASSWORD, "")):
        return True
    request.session[_WRONG] = int(request.session.get(_WRONG, 0)) + 1
    return False


def _signed_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.warning(request, "Nhập sai mật khẩu nhiều lần nên đã đăng xuất. Hãy đăng nhập lại.")
    return HttpResponseRedirect(reverse("account_login"))


def _page(request: HttpRequest, *, wrong: bool) -> HttpResponse:
    is_get = request.method != "POST" or WAS_GET in request.POST
    facts = {
        "kept": [] if is_get else list(_kept(request)),
        "is_get": is_get,
        "wrong": wrong,
        "action": request.get_full_path(),
        "name": actor_in(request).name,
    }
    response = render(request, "account/locked.html", facts, status=LOCKED)
    response["Cache-Control"] = "no-store"
    return response


def _kept(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Yield every field that was sent; files as the marks under which the desk's forms take them back."""
    ours = {PASSWORD, OPENS, WAS_GET, "csrfmiddlewaretoken"}
    for name, values in request.POST.lists():
        yield from ((name, str(value)) for value in values if name not in ours)
    for name, files in request.FILES.lists():
        for file in files:
            try:
                stored = store_upload(
                    actor_in(request),
                    file,
                    name=file.name or "tep",
                    at=timezone.now(),
                    declared_type=file.content_type or "",
                )
            except MotCuaError:
                continue  # the form will ask for the file again
            yield name + KEPT, mark_of_stored(stored)


@require_POST
@never_cache
def lock(request: HttpRequest) -> HttpResponse:
    """`POST /tai-khoan/khoa/`: cover the screen now; a page without a script goes on to `next`, which asks."""
    request.session[_LOCKED] = True
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("desk:home")
    return HttpResponseRedirect(target)


@require_POST
@never_cache
@csrf_protect
@sensitive_post_parameters(PASSWORD)
def unlock(request: HttpRequest) -> HttpResponse:
    """`POST /tai-khoan/mo-khoa/`: 204 when the password is right, 403 when not, 401 after too many."""
    if _is_right(request):
        _open(request)
        return HttpResponse(status=204)
    if request.session[_WRONG] >= _MOST_WRONG:
        logout(request)
        return HttpResponse(status=401)
    return HttpResponse(status=403)


@require_POST
@never_cache
def awake(request: HttpRequest) -> HttpResponse:
    """`POST /tai-khoan/con-day/`: somebody is typing; 204, or 423 when the screen is locked."""
    request.session[_SEEN] = timezone.now().timestamp()
    return HttpResponse(status=204)


@never_cache
@sensitive_post_parameters("password")
def switch(request: HttpRequest) -> HttpResponse:
    """`/tai-khoan/doi-nguoi/`: a colleague signs in on the same machine, in two fields, and later back again."""
    before = {"login": request.session.get("before_login", ""), "name": request.session.get("before_name", "")}
    if request.method != "POST":
        form = LoginForm(initial={"login": before["login"]}, request=request)
        return render(request, "account/switch.html", {"form": form, "before": before["name"]})
    form = LoginForm(request.POST, request=request)
    leaving = request.user
    if not form.is_valid():
        return render(request, "account/switch.html", {"form": form, "before": before["name"]}, status=422)
    logout(request)
    response: HttpResponse = form.login(request)
    if isinstance(leaving, Account) and leaving != form.user:
        request.session["before_login"], request.session["before_name"] = leaving.username, leaving.full_name
    return response
