"""Keys of programs: finding the account behind `Authorization: Bearer …`."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q

from motcua.identity.access import may_sign_in
from motcua.identity.models import Account, ApiToken
from motcua.identity.rules.secrets import hash_of
from motcua.kernel.asking import Question

_SCHEME = "bearer "
_USE_NOTED_EVERY = timedelta(minutes=5)


def token_in(header: str) -> str | None:
    """The token of an `Authorization` header, None for another scheme; its name may be in any case (RFC 9110)."""
    return header[len(_SCHEME) :].strip() if header[: len(_SCHEME)].lower() == _SCHEME else None


def account_of_bearer(token: str, *, at: datetime) -> Account | None:
    """The active account whose living token this is, else None; notes the use at most every five minutes."""
    for token_id, last_used_at, *columns in _LIVING(token_hash=hash_of(token), at=at):
        account = Account.from_db(connection.alias, _ACCOUNT_COLUMNS, columns)
        if not may_sign_in(account):
            return None
        if last_used_at is None or at - last_used_at > _USE_NOTED_EVERY:
            ApiToken.objects.filter(pk=token_id).update(last_used_at=at)
        return account
    return None


_ACCOUNT_COLUMNS = [field.attname for field in Account._meta.concrete_fields]
_LIVING = Question(
    lambda token_hash, at: ApiToken.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=at), token_hash=token_hash, revoked_at__isnull=True
    ).values_list("pk", "last_used_at", *(f"account__{name}" for name in _ACCOUNT_COLUMNS)),
    token_hash=str,
    at=datetime,
)
