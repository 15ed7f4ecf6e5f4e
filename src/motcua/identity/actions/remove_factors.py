"""Gỡ bảo mật hai lớp của một tài khoản."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from motcua.identity.access import lock_account
from motcua.identity.events import SecondFactorChanged
from motcua.identity.terms import Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import length_problems
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean

_LONGEST = 500


@transaction.atomic
def remove_factors(*, actor: Actor, account_id: int, reason: str, at: datetime) -> int:
    """Gỡ bảo mật hai lớp: an administrator helps somebody who lost phone and key, with the reason.

    Everywhere the account is signed in it is signed out. Returns how many ways to confirm were taken away. Raises
    NotFound, NotPermitted, Invalid without a reason, RuleBroken when there is nothing to take away.
    """
    account = lock_account(actor, account_id, at=at)
    said = clean(reason)
    problems = length_problems(said, longest=_LONGEST, label="Lý do", field="reason")
    if not said:
        problems.append(Problem("required", "Phải ghi lý do gỡ, ví dụ: mất điện thoại, đã đối chiếu thẻ.", "reason"))
    if problems:
        raise Invalid(problems)
    count: int = Authenticator.objects.filter(user_id=account.pk).delete()[0]
    if not count:
        raise RuleBroken(Problem("no_factor", "Tài khoản này không có bảo mật hai lớp.", "account"))
    for session in UserSession.objects.filter(user_id=account.pk):
        session.end()
    emit(SecondFactorChanged(account_id=account.pk, change="removed_by_administrator"), at=at)
    record(actor, "account.factors_removed", account, at=at, data={"reason": said, "count": count})
    return count
