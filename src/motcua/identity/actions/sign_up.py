"""Công dân đăng ký tài khoản."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from motcua.identity.actions.create_account import build_account
from motcua.identity.events import CitizenRegistered
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.rules.accounts import Person, contacts_of, is_contact, tidy_username
from motcua.identity.terms import AccountKind
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem


@transaction.atomic
def sign_up(
    *,
    username: str,
    full_name: str,
    personal_id: str,
    password: str,
    agreed: bool,
    at: datetime,
    born: date | None = None,
) -> Account:
    """Đăng ký tài khoản: a citizen makes an account; the username is their phone number or e-mail address.

    `agreed`: consent to the use of personal data (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15), kept in the journal.
    What they say of themselves is not verified. Raises Invalid with every problem.
    """
    bare = tidy_username(username)
    contacts = contacts_of(bare) if is_contact(bare) else {}
    problems = [] if agreed else [_not_agreed()]
    try:
        person = Person(
            bare,
            full_name,
            email=contacts.get("email", ""),
            phone=contacts.get("phone", ""),
            personal_id=personal_id,
            born=born,
        )
        account = build_account(person, AccountKind.CITIZEN, at=at, password=password)
    except Invalid as refusal:
        raise Invalid([*refusal.problems, *problems]) from refusal
    if problems:
        raise Invalid(problems)
    account.save()
    emit(CitizenRegistered(account_id=account.pk, is_verified=False), at=at)
    told = {"username": account.username, "consent": "91/2025/QH15"}
    record(actor_of(account, timezone.localdate(at)), "account.signed_up", account, at=at, data=told, is_new=True)
    return account


def _not_agreed() -> Problem:
    message = "Bạn cần đồng ý cho xử lý dữ liệu cá nhân để giải quyết thủ tục thì mới lập được tài khoản."
    return Problem("consent_missing", message, "agreed", "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15")
