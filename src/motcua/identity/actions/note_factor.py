"""Ghi thay đổi bảo mật hai lớp."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.identity.events import SecondFactorChanged
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.journal.actions import emit, record


@transaction.atomic
def note_factor(*, account_id: int, change: str, at: datetime) -> None:
    """Ghi thay đổi bảo mật hai lớp: the account's holder set or took away a way to confirm who they are.

    `change`: a key of `FACTOR_CHANGES`.
    """
    account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
    actor = actor_of(account, timezone.localdate(at))
    emit(SecondFactorChanged(account_id=account.pk, change=change), at=at)
    record(actor, "account.factor_changed", account, at=at, data={"change": change})
