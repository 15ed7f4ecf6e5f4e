"""Who stands before the counter of the portal."""

from typing import cast

from django.http import HttpRequest

from motcua.identity.models import Account
from motcua.identity.requests import actor_in
from motcua.identity.terms import Actor
from motcua.kernel.errors import NotPermitted, Problem


def citizen_in(request: HttpRequest) -> Actor:
    """Return the citizen who asks; raises NotPermitted for officers, who hand in with an account of their own."""
    actor = actor_in(request)
    if actor.kind != "citizen":
        message = "Trang này dành cho tài khoản công dân, tổ chức. Cán bộ nộp hồ sơ của mình bằng tài khoản công dân."
        raise NotPermitted(Problem("citizens_only", message))
    return actor


def account_in(request: HttpRequest) -> Account:
    """Return the account of a signed-in citizen."""
    return cast(Account, request.user)
