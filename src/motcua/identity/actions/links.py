"""Liên kết dùng một lần để kích hoạt tài khoản hoặc đặt lại mật khẩu."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from motcua.identity.access import lock_account
from motcua.identity.actions.passwords import replace_password
from motcua.identity.models import Account, OneTimeLink
from motcua.identity.queries import actor_of
from motcua.identity.rules.secrets import hash_of, new_secret
from motcua.identity.terms import Actor, LinkPurpose
from motcua.journal.actions import record
from motcua.kernel.errors import NotFound, Problem, RuleBroken

LIFE = {LinkPurpose.ACTIVATE: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=24)}


@transaction.atomic
def make_link(*, actor: Actor, account_id: int, at: datetime, purpose: LinkPurpose = LinkPurpose.ACTIVATE) -> str:
    """Cấp liên kết dùng một lần: returns the secret of the link, shown this once; an earlier link ends.

    Good for seven days (activation) or a day (reset). Raises NotFound, NotPermitted, RuleBroken.
    """
    account = lock_account(actor, account_id, at=at)
    if not account.is_active:
        raise RuleBroken(Problem("account_inactive", "Tài khoản đang bị khóa; hãy mở lại trước.", "account"))
    OneTimeLink.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
    secret = new_secret()
    OneTimeLink.objects.create(
        account=account, purpose=purpose, token_hash=hash_of(secret), created_at=at, expires_at=at + LIFE[purpose]
    )
    record(actor, "account.link_made", account, at=at, data={"purpose": purpose})
    return secret


def reset_password(*, actor: Actor, account_id: int, at: datetime) -> str:
    """Đặt lại mật khẩu: the secret of a one-time link; the old password works until the link is used."""
    return make_link(actor=actor, account_id=account_id, at=at, purpose=LinkPurpose.RESET)


@transaction.atomic
def activate(*, secret: str, password: str, at: datetime) -> Account:
    """Kích hoạt tài khoản: the person sets a password through a one-time link; other sessions end.

    Raises NotFound when the link is unknown, used or expired, Invalid when the password is too easy.
    """
    link = OneTimeLink.objects.select_for_update().filter(token_hash=hash_of(secret)).first()
    account = Account.objects.select_for_update().get(pk=link.account_id) if link else None
    if link is None or account is None or link.used_at or link.expires_at <= at or not account.is_active:
        message = "Liên kết không đúng, đã dùng hoặc đã hết hạn; hãy xin người quản trị liên kết mới."
        raise NotFound(Problem("link_unknown", message))
    replace_password(account, password)
    link.used_at = at
    link.save(update_fields=["used_at"])
    record(
        actor_of(account, timezone.localdate(at)), "account.activated", account, at=at, data={"purpose": link.purpose}
    )
    return account
