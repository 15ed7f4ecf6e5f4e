"""Lập tài khoản."""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from motcua.identity.access import require_admin_somewhere
from motcua.identity.models import Account
from motcua.identity.rules.accounts import Person, account_problems, password_problems, tidy
from motcua.identity.terms import AccountKind, Actor
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import name_sort_key


@transaction.atomic
def create_account(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    full_name: str,
    kind: AccountKind = AccountKind.OFFICER,
    email: str = "",
    phone: str = "",
    personal_id: str = "",
    born: date | None = None,
    tax_code: str = "",
    organisation_name: str = "",
    address: str = "",
    password: str = "",
    must_change_password: bool = False,
) -> Account:
    """Lập tài khoản: an administrator makes an account, without posts as yet.

    Without a password nobody can sign in until the person used a one-time link (`make_link`). Raises NotPermitted,
    Invalid with every problem.
    """
    require_admin_somewhere(actor)
    person = Person(username, full_name, email, phone, personal_id, born, tax_code, organisation_name, address)
    account = build_account(person, kind, at=at, password=password)
    account.must_change_password = must_change_password
    account.save()
    record(actor, "account.created", account, at=at, data={"username": account.username, "kind": kind}, is_new=True)
    return account


def build_account(person: Person, kind: AccountKind, *, at: datetime, password: str = "") -> Account:
    """An account not saved yet; raises Invalid with every problem."""
    tidied = tidy(person)
    problems = account_problems(tidied, kind, today=timezone.localdate(at)) + taken_problems(tidied, kind)
    if password:
        known = [tidied.username, tidied.phone, tidied.personal_id]
        problems += password_problems(password, known=[word for word in known if word])
    if problems:
        raise Invalid(problems)
    return Account(
        username=tidied.username,
        password=make_password(password or None),
        sort_name=name_sort_key(tidied.full_name)[:300],
        kind=kind,
        created_at=at,
        **details_of(tidied),
    )


def details_of(person: Person) -> dict[str, object]:
    """The columns of an account that say who the person is."""
    return {
        "full_name": person.full_name,
        "email": person.email,
        "phone": person.phone,
        "personal_id": person.personal_id,
        "born": person.born,
        "tax_code": person.tax_code,
        "organisation_name": person.organisation_name,
        "address": person.address,
    }


def taken_problems(person: Person, kind: AccountKind | str, *, besides: int | None = None) -> list[Problem]:
    """Whether another account has the username or, within the kind, the personal identity number."""
    others = Account.objects.exclude(pk=besides) if besides else Account.objects.all()
    problems = []
    if others.filter(username=person.username).exists():
        problems.append(Problem("username_taken", f"Tên đăng nhập «{person.username}» đã có người dùng.", "username"))
    if person.personal_id and others.filter(kind=kind, personal_id=person.personal_id).exists():
        message = "Số định danh này đã có tài khoản; hãy đăng nhập hoặc lấy lại mật khẩu."
        problems.append(Problem("personal_id_taken", message, "personal_id"))
    return problems
