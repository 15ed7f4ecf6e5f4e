"""Cấp và thu hồi khóa truy cập cho phần mềm."""

from datetime import datetime

from django.db import transaction

from motcua.identity.access import lock_account
from motcua.identity.models import ApiToken
from motcua.identity.rules.secrets import hash_of, new_secret
from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import length_problems, reason_problems, required_problems
from motcua.kernel.errors import Invalid, NotFound, Problem, RuleBroken
from motcua.kernel.text import clean

PREFIX = "mc_"


@transaction.atomic
def issue_token(*, actor: Actor, account_id: int, name: str, at: datetime, expires_at: datetime | None = None) -> str:
    """Cấp khóa truy cập: returns the key of a program that acts for the account, shown this once.

    People make keys for themselves, administrators for the accounts they administer. Raises NotFound, NotPermitted,
    Invalid, RuleBroken.
    """
    account = lock_account(actor, account_id, at=at, own=True)
    named = clean(name)
    problems = required_problems(named, label="tên của khóa", field="name")
    problems += length_problems(named, longest=100, label="Tên của khóa", field="name")
    if expires_at is not None and expires_at <= at:
        problems.append(Problem("expired_already", "Ngày hết hạn của khóa đã qua.", "expires_at"))
    if problems:
        raise Invalid(problems)
    if not account.is_active:
        raise RuleBroken(Problem("account_inactive", "Tài khoản đã bị khóa.", "account"))
    secret = PREFIX + new_secret()
    token = ApiToken.objects.create(
        account=account, token_hash=hash_of(secret), name=named, created_at=at, expires_at=expires_at
    )
    record(actor, "token.issued", token, at=at, data={"account": account.pk, "name": named}, is_new=True)
    return secret


@transaction.atomic
def revoke(*, actor: Actor, token_id: int, reason: str, at: datetime) -> ApiToken:
    """Thu hồi khóa truy cập: the key stops working at once.

    Raises NotFound, NotPermitted, Invalid without a reason, RuleBroken.
    """
    token = ApiToken.objects.select_for_update(of=("self",)).filter(pk=token_id).first()
    if token is None:
        raise NotFound(Problem("token_unknown", "Không tìm thấy khóa truy cập này.", "token"))
    lock_account(actor, token.account_id, at=at, own=True)
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    if token.revoked_at is not None:
        raise RuleBroken(Problem("token_revoked_already", "Khóa truy cập đã bị thu hồi.", "token"))
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(actor, "token.revoked", token, at=at, data={"account": token.account_id, "name": token.name, "reason": said})
    return token
