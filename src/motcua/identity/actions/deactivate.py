"""Khóa và mở lại tài khoản."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from motcua.identity.access import lock_account
from motcua.identity.actions.posts import end_posting, problems_of_successor
from motcua.identity.events import OfficerDeactivated
from motcua.identity.models import Account, ApiToken, OneTimeLink, Posting
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import emit, record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def deactivate(*, actor: Actor, account_id: int, successor_id: int | None, reason: str, at: datetime) -> Account:
    """Khóa tài khoản: the person cannot sign in any more; posts end today and their open work is handed over.

    The successor holds a post in every unit the officer leaves (None: the work goes back to the units). Keys and
    one-time links end as well. Raises NotFound, NotPermitted, Invalid without a reason, RuleBroken with every problem.
    """
    account, said = lock_account(actor, account_id, at=at), _said(reason)
    today = timezone.localdate(at)
    still_held = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    held = list(Posting.objects.filter(still_held, account=account).select_related("post").order_by("id"))
    problems = problems_of_successor(successor_id, account, {posting.post.unit_id for posting in held}, on=today)
    if not account.is_active:
        problems.append(Problem("account_inactive_already", "Tài khoản đã bị khóa từ trước.", "account"))
    if actor.account_id == account.pk:
        problems.append(Problem("deactivate_oneself", "Không thể tự khóa tài khoản của mình.", "account"))
    if problems:
        raise RuleBroken(problems)
    for posting in held:
        end_posting(actor, account, posting, successor_id, on=today, reason=said, at=at)
    account.is_active = False
    account.save(update_fields=["is_active"])
    ApiToken.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=at)
    OneTimeLink.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
    if account.kind == AccountKind.OFFICER:
        emit(OfficerDeactivated(account_id=account.pk, successor_id=successor_id), at=at)
    record(actor, "account.deactivated", account, at=at, data={"successor": successor_id, "reason": said})
    return account


@transaction.atomic
def reactivate(*, actor: Actor, account_id: int, reason: str, at: datetime) -> Account:
    """Mở lại tài khoản: the person may sign in again; posts are to be given anew.

    Raises NotFound, NotPermitted, Invalid without a reason, RuleBroken when it is open.
    """
    account, said = lock_account(actor, account_id, at=at), _said(reason)
    if account.is_active:
        raise RuleBroken(Problem("account_active", "Tài khoản đang hoạt động.", "account"))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(actor, "account.reactivated", account, at=at, data={"reason": said})
    return account


def _said(reason: str) -> str:
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    return said
