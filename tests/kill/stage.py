"""`python -m tests.kill.stage --data FOLDER --wards N`: people of the storm; prints their keys as JSON."""

from __future__ import annotations

import argparse
import json

from motcua.project.commands.shell import inside
from motcua.project.runtime.console import say
from motcua.project.runtime.installation import Installation


def main() -> int:
    """Build the wards, give everybody a key, print them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--wards", type=int, required=True)
    options = parser.parse_args()
    with inside(Installation(options.data)):
        say(json.dumps(_keys(options.wards)))
    return 0


def _keys(wards: int) -> dict[str, object]:
    from django.utils import timezone

    from benchmarks.province import build
    from motcua.agencies.terms import Right
    from motcua.identity.actions.issue_token import issue_token
    from motcua.identity.models import Account
    from motcua.identity.terms import SYSTEM

    now = timezone.now()
    citizen = Account.objects.create(
        username="cong-dan", full_name="Nguyễn Thị Hoà", kind="citizen", phone="0912345678", created_at=now
    )

    def key_of(account_id: int) -> str:
        return issue_token(actor=SYSTEM, account_id=account_id, name="storm", at=now)

    found = [
        {
            "code": ward.agency.agency_code,
            "specialist": Account.objects.get(pk=ward.people[Right.HANDLE].known_id).username,
            "keys": {right.value: key_of(actor.known_id) for right, actor in ward.people.items()},
        }
        for ward in build(wards, at=now)
    ]
    return {"citizen": key_of(citizen.pk), "wards": found}


if __name__ == "__main__":
    raise SystemExit(main())
