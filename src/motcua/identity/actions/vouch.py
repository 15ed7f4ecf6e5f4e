"""Đăng nhập bằng tài khoản định danh điện tử: the account of a person the identity provider vouches for."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.identity.events import CitizenRegistered
from motcua.identity.models import Account, ApiToken, OneTimeLink
from motcua.identity.rules.claims import Claims, claims_problems
from motcua.identity.terms import SYSTEM, AccountKind
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.kernel.text import name_sort_key

_PREFIX = "dinhdanh."


@transaction.atomic
def vouched_account(*, claims: Claims, at: datetime, account_id: int | None = None) -> Account:
    """Xác thực định danh: the citizen's account that belongs to the claims, made or brought up to date.

    `account_id`: the account this identity signed in to before. Otherwise the citizen's account with that personal
    identity number is linked, or one is made. If nobody had vouched for it until now, anyone could have made it: its
    password and keys end, so that only the person vouched for gets in. Raises Invalid with every problem of the
    claims, Conflict when another account has the number.
    """
    if problems := claims_problems(claims):
        raise Invalid(problems)
    citizens = Account.objects.select_for_update().filter(kind=AccountKind.CITIZEN)
    bearer = citizens.filter(personal_id=claims.personal_id).first()
    account = (citizens.filter(pk=account_id).first() if account_id is not None else None) or bearer
    if bearer is not None and account is not None and bearer.pk != account.pk:
        message = "Số định danh của bạn đang gắn với một tài khoản khác; hãy liên hệ bộ phận một cửa."
        raise Conflict(Problem("personal_id_elsewhere", message, "personal_id"))
    if account is None:
        return _register(claims, at)
    if not account.identity_level:
        _take_back(account, at)
    _bring_up_to_date(account, claims, at)
    return account


def _register(claims: Claims, at: datetime) -> Account:
    account = Account(
        username=_free_username(claims.personal_id),
        password=make_password(None),
        kind=AccountKind.CITIZEN,
        created_at=at,
        **_columns(claims),
    )
    account.phone, account.email = claims.phone, claims.email
    account.save()
    emit(CitizenRegistered(account_id=account.pk, is_verified=True), at=at)
    record(SYSTEM, "account.vouched", account, at=at, data={"level": claims.level}, is_new=True)
    return account


def _free_username(personal_id: str) -> str:
    base = f"{_PREFIX}{personal_id}"
    taken = set(Account.objects.filter(username__startswith=base).values_list("username", flat=True))
    return next(one for one in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _columns(claims: Claims) -> dict[str, object]:
    return {
        "full_name": claims.full_name,
        "sort_name": name_sort_key(claims.full_name)[:300],
        "personal_id": claims.personal_id,
        "born": claims.born,
        "identity_level": claims.level,
    }


def _take_back(account: Account, at: datetime) -> None:
    account.set_unusable_password()
    account.save(update_fields=["password"])
    ApiToken.objects.filter(account=account, revoked_at__isnull=True).update(revoked_at=at)
    OneTimeLink.objects.filter(account=account, used_at__isnull=True).update(used_at=at)
    record(SYSTEM, "account.password_ended", account, at=at, data={"reason": "vouched"})


def _bring_up_to_date(account: Account, claims: Claims, at: datetime) -> None:
    wanted = _columns(claims)
    changed = sorted(name for name, value in wanted.items() if getattr(account, name) != value)
    if not account.phone and claims.phone:
        changed.append("phone")
    if not account.email and claims.email:
        changed.append("email")
    if not changed:
        return
    wanted |= {"phone": claims.phone, "email": claims.email}
    for name in changed:
        setattr(account, name, wanted[name])
    account.save(update_fields=changed)
    record(SYSTEM, "account.vouched", account, at=at, data={"level": claims.level, "fields": changed})
