"""Pages of one's own account that django-allauth has not got."""

import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from requests import RequestException

from motcua.identity.actions import activate
from motcua.identity.adapters import home_of
from motcua.identity.models import Account
from motcua.identity.queries import account_of_link, actor_of
from motcua.identity.web.forms import ActivateForm
from motcua.kernel.errors import NotFound, Problem

_log = logging.getLogger(__name__)


@login_required
@never_cache
def account_home(request: HttpRequest) -> HttpResponse:
    """Tài khoản của tôi: who one is here, which posts one holds, and where to change what."""
    account = request.user
    if not isinstance(account, Account):
        raise NotFound(Problem("account_unknown", "Không tìm thấy tài khoản này."))
    actor = actor_of(account, timezone.localdate())
    sessions = UserSession.objects.filter(user_id=account.pk).count()
    is_two_fold = is_mfa_enabled(account)
    facts = {
        "account": account,
        "is_two_fold": is_two_fold,
        "postings": actor.postings,
        "home": home_of(actor),
        "session_count": sessions,
    }
    return render(request, "account/home.html", facts)


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """`POST /tai-khoan/phien/<id>/ket-thuc/`: sign out one other place where the account is signed in."""
    found = UserSession.objects.filter(pk=pk, user_id=request.user.pk).first()
    if found is None:
        raise NotFound(Problem("session_unknown", "Không tìm thấy nơi đăng nhập này; có thể đã đăng xuất."))
    found.end()
    messages.success(request, "Đã đăng xuất nơi đó.")
    return redirect("usersessions_list")


@sensitive_post_parameters("password1", "password2")
@never_cache
def activate_account(request: HttpRequest, secret: str) -> HttpResponse:
    """Kích hoạt tài khoản: a one-time link; looking at it does not use it up."""
    now = timezone.now()
    account = account_of_link(secret, at=now)
    if account is None or (account.is_demo and not settings.DEMO):
        return render(request, "account/link_unknown.html", status=404)
    known = [word for word in (account.username, account.phone, account.personal_id) if word]
    form = ActivateForm(request.POST or None, known=known)
    if request.method == "POST" and form.is_valid():
        activate(secret=secret, password=form.cleaned_data["password1"], at=now)
        messages.success(request, "Đã đặt mật khẩu. Hãy đăng nhập bằng mật khẩu mới.")
        return redirect("account_login")
    return render(request, "account/activate.html", {"form": form, "account": account})


def through_provider(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view of django-allauth, with words for the case that the identity provider cannot be reached."""

    def asked(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException:
            _log.exception("the identity provider %s did not answer", provider_id)
            return render(request, "socialaccount/authentication_error.html", status=503)

    return asked


provider_login = through_provider(oidc.login)
provider_callback = through_provider(oidc.callback)
