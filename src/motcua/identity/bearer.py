"""Keys of programs: finding the account behind `Authorization: Bearer …`."""

from datetime import datetime, timedelta

from django.db.models import Q

from motcua.identity.access import may_sign_in
from motcua.identity.models import Account, ApiToken
from motcua.identity.rules.secrets import hash_of

BEARER = "Bearer "
_USE_NOTED_EVERY = timedelta(minutes=5)


def account_of_bearer(token: str, *, at: datetime) -> Account | None:
    """The active account whose living token this is, else None; notes the use at most every five minutes."""
    living = Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=at))
    row = ApiToken.objects.filter(living, token_hash=hash_of(token)).select_related("account").first()
    if row is None or not may_sign_in(row.account):
        return None
    if row.last_used_at is None or at - row.last_used_at > _USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=at)
    return row.account
