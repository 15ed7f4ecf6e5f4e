"""Khai báo đơn vị thu."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from motcua.identity.terms import Actor
from motcua.journal.actions import record
from motcua.kernel.checks import tidy_number
from motcua.kernel.errors import Invalid, Problem
from motcua.kernel.text import clean
from motcua.payments.access import need_lead
from motcua.payments.models import Collecting

_BIN_LENGTH = 6
_LONGEST_ACCOUNT = 19


@dataclass(frozen=True, slots=True)
class Account:
    """Tax code, bank and account of a unit; an empty account takes no transfers."""

    tax_code: str = ""
    bank_bin: str = ""
    bank_name: str = ""
    account_number: str = ""
    account_name: str = ""


@transaction.atomic
def set_collecting(*, actor: Actor, unit_id: int, account: Account, at: datetime) -> Collecting:
    """Khai báo tài khoản thu: which account transfers go to, and the tax code on receipts. Raises Invalid."""
    need_lead(actor, unit_id)
    number = tidy_number(clean(account.account_number))
    bank_bin = tidy_number(clean(account.bank_bin))
    problems = []
    if number and not (number.isascii() and number.isalnum() and len(number) <= _LONGEST_ACCOUNT):
        problems.append(Problem("account", "Số tài khoản chỉ gồm chữ và số, tối đa 19 ký tự.", "account_number"))
    if number and not (bank_bin.isdigit() and len(bank_bin) == _BIN_LENGTH):
        problems.append(Problem("bin", "Mã ngân hàng (BIN) gồm 6 chữ số, ví dụ 970436.", "bank_bin"))
    if problems:
        raise Invalid(problems)
    said = {
        "tax_code": tidy_number(clean(account.tax_code)),
        "bank_bin": bank_bin,
        "bank_name": clean(account.bank_name),
        "account_number": number,
        "account_name": clean(account.account_name),
    }
    found, made = Collecting.objects.update_or_create(unit_id=unit_id, defaults=said)
    record(actor, "payment.account_set", found, at=at, data=dict(said), is_new=made)
    return found
