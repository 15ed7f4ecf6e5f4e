"""What the command line asks of the other rooms. Every import waits until Django is set up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

Report = Callable[[str], None]
TOKEN_LIFE = timedelta(days=365)


@dataclass(frozen=True)
class DemoAccount:
    """A demo account as shown on the console."""

    account: str
    password: str
    name: str
    unit: str
    rights: tuple[str, ...]


def is_for_real() -> bool:
    """Tell whether somebody has an account and nobody is there for show: no place for demo data."""
    from motcua.identity.models import Account

    return Account.objects.exists() and not Account.objects.filter(is_demo=True).exists()


def load_baseline(report: Report) -> None:
    """Load what every installation needs: territory, calendar, clocks. May be run again."""
    from django.utils import timezone

    from motcua.agencies.actions.load_territories import load_territories
    from motcua.deadlines.actions.load_calendar import load_calendar
    from motcua.identity.terms import SYSTEM

    now = timezone.now()
    report("Đang nạp danh mục địa bàn và lịch làm việc…")
    load_territories(actor=SYSTEM, at=now)
    load_calendar(actor=SYSTEM, at=now)


def load_demo(dossiers: int, report: Report) -> None:
    """Load the demo until at least `dossiers` dossiers are there; goes on where it stopped."""
    from django.utils import timezone

    from motcua.project import demo

    demo.load(at=timezone.now(), dossiers=dossiers, report=report)


def demo_accounts() -> list[DemoAccount]:
    """Every demo account, in the order to show them in."""
    from motcua.project import demo

    return [
        DemoAccount(found.account, found.password, found.name, found.unit, tuple(map(str, found.rights)))
        for found in demo.accounts()
    ]


def create_admin(**facts: Any) -> None:
    """Create the first administrator of an installation."""
    from django.utils import timezone

    from motcua.identity.actions.create_admin import create_admin as act
    from motcua.identity.terms import SYSTEM

    act(actor=SYSTEM, at=timezone.now(), **facts)


def remove_factors(username: str, reason: str) -> None:
    """Take the second factor of the account away; raises Account.DoesNotExist."""
    from django.utils import timezone

    from motcua.identity.actions.remove_factors import remove_factors as remove
    from motcua.identity.models import Account
    from motcua.identity.terms import SYSTEM

    account = Account.objects.get_by_natural_key(username)
    remove(actor=SYSTEM, account_id=account.pk, reason=reason, at=timezone.now())


def issue_token(username: str, name: str) -> str:
    """Issue an API token for an account and return it; it is shown this once."""
    from django.utils import timezone

    from motcua.identity.actions.issue_token import issue_token as act
    from motcua.identity.models import Account
    from motcua.identity.terms import SYSTEM

    now, account = timezone.now(), Account.objects.get(username=username)
    return act(actor=SYSTEM, account_id=account.pk, name=name, at=now, expires_at=now + TOKEN_LIFE)
