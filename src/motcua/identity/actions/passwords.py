"""Đổi mật khẩu."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.rules.accounts import password_problems
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid


@transaction.atomic
def change_password(*, account_id: int, password: str, at: datetime) -> Account:
    """Đổi mật khẩu: the person, who has just proved to be that, sets a new password; other sessions end.

    Raises Invalid with every problem of the password.
    """
    account = Account.objects.select_for_update().get(pk=account_id)
    replace_password(account, password)
    record(actor_of(account, timezone.localdate(at)), "account.password_changed", account, at=at)
    return account


def replace_password(account: Account, password: str) -> None:
    """Set the password of a locked account; raises Invalid with every problem of it."""
    known = [word for word in (account.username, account.phone, account.personal_id) if word]
    if problems := password_problems(password, known=known):
        raise Invalid(problems)
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
