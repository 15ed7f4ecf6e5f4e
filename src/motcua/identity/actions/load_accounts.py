"""Nạp tài khoản hàng loạt cho bản cài đặt mẫu."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from motcua.identity.actions.create_account import details_of
from motcua.identity.models import Account, Posting
from motcua.identity.rules.accounts import Person, tidy
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import record
from motcua.kernel.errors import NotPermitted, Problem
from motcua.kernel.text import name_sort_key


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person, the posts they hold (ids) and since when; citizens hold none.

    `identity_level`: as if the national identity provider had vouched for them.
    """

    person: Person
    kind: AccountKind
    since: date
    post_ids: tuple[int, ...] = ()
    identity_level: str = ""


@transaction.atomic
def load_accounts(*, actor: Actor, people: Sequence[DemoPerson], password: str, at: datetime) -> list[Account]:
    """Nạp tài khoản mẫu: demo accounts, all with one password, hashed once; those that are there stay as they are.

    Only the house itself does this, and only `is_demo` accounts come of it. Raises NotPermitted.
    """
    if not actor.is_system:
        raise NotPermitted(Problem("system_only", "Việc này chỉ do hệ thống thực hiện khi nạp dữ liệu mẫu."))
    held = set(Account.objects.values_list("username", flat=True))
    missing = [one for one in people if tidy(one.person).username not in held]
    hashed = make_password(password)
    accounts = Account.objects.bulk_create([_account(one, hashed, at) for one in missing], batch_size=500)
    Posting.objects.bulk_create(
        [
            Posting(account=account, post_id=post_id, valid_from=one.since)
            for account, one in zip(accounts, missing, strict=True)
            for post_id in one.post_ids
        ],
        batch_size=1000,
    )
    for account, one in zip(accounts, missing, strict=True):
        told = {"username": account.username, "kind": account.kind, "demo": True, "posts": list(one.post_ids)}
        record(actor, "account.created", account, at=at, data=told, is_new=True)
    return accounts


def _account(one: DemoPerson, hashed: str, at: datetime) -> Account:
    tidied = tidy(one.person)
    return Account(
        username=tidied.username,
        password=hashed,
        sort_name=name_sort_key(tidied.full_name)[:300],
        kind=one.kind,
        is_demo=True,
        created_at=at,
        identity_level=one.identity_level,
        **details_of(tidied),
    )
