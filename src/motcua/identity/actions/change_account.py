"""Sửa thông tin tài khoản."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.identity.access import lock_account
from motcua.identity.actions.create_account import details_of, taken_problems
from motcua.identity.models import Account
from motcua.identity.rules.accounts import Person, account_problems, tidy
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import name_sort_key

#: What people may change of their own account; the rest is for the administrator or the identity provider.
OWN = frozenset({"email", "phone", "address", "organisation_name", "tax_code"})
#: What the national identity provider vouches for.
VOUCHED = frozenset({"full_name", "personal_id", "born"})
_ALL = OWN | VOUCHED


@transaction.atomic
def change_account(*, actor: Actor, account_id: int, at: datetime, **changes: Any) -> Account:
    """Sửa thông tin: some of full_name, personal_id, born, email, phone, address, organisation_name, tax_code.

    People change their own contacts, and, until the identity provider has vouched for them, their own name and
    numbers when they are citizens; administrators change everything else. Raises NotFound, NotPermitted, Invalid,
    RuleBroken. The journal keeps which fields changed, not their values.
    """
    if unknown := set(changes) - _ALL:
        raise TypeError(f"no such detail: {unknown}")
    account = lock_account(actor, account_id, at=at, own=True)
    _refuse_vouched(actor, account, set(changes))
    person = tidy(replace(_person(account), **changes))
    problems = account_problems(person, account.kind, today=timezone.localdate(at))
    if problems := problems + taken_problems(person, account.kind, besides=account.pk):
        raise Invalid(problems)
    wanted = details_of(person)
    changed = sorted(name for name, value in wanted.items() if getattr(account, name) != value)
    if not changed:
        raise RuleBroken(Problem("nothing_changed", "Không có thông tin nào thay đổi."))
    for name in changed:
        setattr(account, name, wanted[name])
    account.sort_name = name_sort_key(account.full_name)[:300]
    account.save(update_fields=[*changed, "sort_name"])
    record(actor, "account.changed", account, at=at, data={"fields": changed})
    return account


def _refuse_vouched(actor: Actor, account: Account, fields: set[str]) -> None:
    is_own = actor.account_id == account.pk
    if is_own and fields & VOUCHED and (account.identity_level or account.kind == AccountKind.OFFICER):
        message = "Họ tên, số định danh, ngày sinh đã được xác thực; hãy liên hệ nơi quản lý tài khoản để sửa."
        raise RuleBroken(Problem("vouched", message, sorted(fields & VOUCHED)[0]))
    if account.identity_level and fields & VOUCHED:
        message = "Thông tin này do hệ thống định danh quốc gia xác thực nên không sửa ở đây."
        raise RuleBroken(Problem("vouched", message, sorted(fields & VOUCHED)[0]))


def _person(account: Account) -> Person:
    return Person(
        username=account.username,
        full_name=account.full_name,
        email=account.email,
        phone=account.phone,
        personal_id=account.personal_id,
        born=account.born,
        tax_code=account.tax_code,
        organisation_name=account.organisation_name,
        address=account.address,
    )
