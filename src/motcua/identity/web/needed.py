"""The way to a second factor for those who must have one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.identity.adapters import home_of
from motcua.identity.duty import owed_by
from motcua.identity.models import Account
from motcua.identity.requests import actor_in
from motcua.kernel.errors import NotFound, Problem


@login_required
@never_cache
@require_safe
def factor_needed(request: HttpRequest) -> HttpResponse:
    """`GET /tai-khoan/bao-mat/can-dat/?next=`: which ways there are, until when; done, the way on."""
    account, actor = request.user, actor_in(request)
    if not isinstance(account, Account):
        raise NotFound(Problem("account_unknown", "Không tìm thấy tài khoản này."))
    onward = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = home_of(actor)
    owed = owed_by(account, actor, timezone.now())
    if owed is None:
        return HttpResponseRedirect(onward)
    return render(request, "mfa/needed.html", {"owed": owed, "onward": onward})
