"""Who works: the officers of the wards, each with a key for the acts and a session for the pages."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from benchmarks.province import LAID, SINCE, Ward
from motcua.agencies.terms import Right
from motcua.identity.actions.issue_token import issue_token
from motcua.identity.models import Account, Posting
from motcua.identity.terms import SYSTEM

#: The 28 officers of a busy ward, by what they do.
BUSY: dict[Right, int] = {
    Right.RECEIVE: 8,
    Right.HANDLE: 14,
    Right.LEAD_DIVISION: 3,
    Right.LEAD_AGENCY: 2,
    Right.SEAL: 1,
}
SMALL: dict[Right, int] = dict.fromkeys(BUSY, 1)


@dataclass(frozen=True)
class Officer:
    """One officer as the load knows them."""

    username: str
    token: str
    session: str


@dataclass
class Office:
    """One ward as the load knows it: its officers by what they do."""

    officers: dict[str, list[Officer]] = field(default_factory=dict)


def staff(wards: list[Ward], numbers: dict[Right, int], *, at: datetime) -> list[dict[str, Any]]:
    """Give every ward so many officers and return them, ready for JSON."""
    return [
        asdict(Office({right.value: _officers(ward, right, numbers[right], at) for right in numbers})) for ward in wards
    ]


def _officers(ward: Ward, right: Right, number: int, at: datetime) -> list[Officer]:
    first = Account.objects.get(pk=ward.people[right].known_id)
    posting = Posting.objects.get(account=first)
    accounts = [first]
    for more in range(1, number):
        name = f"{first.username}-{more + 1}"
        account = Account.objects.create(username=name, full_name=name, kind="officer", created_at=LAID)
        Posting.objects.create(account=account, post=posting.post, valid_from=SINCE)
        accounts.append(account)
    return [Officer(one.username, _token(one, at), _session(one)) for one in accounts]


def _token(account: Account, at: datetime) -> str:
    return issue_token(actor=SYSTEM, account_id=account.pk, name="benchmark", at=at)


def _session(account: Account) -> str:
    from django.test import Client

    client = Client()
    client.force_login(account)
    return str(client.cookies["sessionid"].value)
