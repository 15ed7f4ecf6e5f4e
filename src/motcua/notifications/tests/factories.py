"""Accounts for the room's tests."""

from itertools import count

from motcua.identity.models import Account

_numbers = count(1)


def citizen(name: str = "Trần Thị Bưởi") -> Account:
    return Account.objects.create(username=f"cong-dan-{next(_numbers)}", full_name=name)
