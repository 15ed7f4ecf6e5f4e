"""Ghi lần đăng nhập."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.journal.actions import record


@transaction.atomic
def note_sign_in(*, account_id: int, way: str, ip: str, at: datetime) -> None:
    """Ghi lần đăng nhập: who came in when, how ("password", "socialaccount"), from which address."""
    account = Account.objects.select_for_update(no_key=True).get(pk=account_id)
    record(actor_of(account, timezone.localdate(at)), "account.signed_in", account, at=at, data={"way": way, "ip": ip})
