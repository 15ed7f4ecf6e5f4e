"""People for tests: officers of a small province and a citizen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest

from motcua.agencies.actions import add_post
from motcua.agencies.models import Post, Unit
from motcua.agencies.terms import Right
from motcua.agencies.tests.world import AT, SINCE, TODAY, Small, traces
from motcua.identity.actions import assign_post, create_account
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.models import OutboxEvent
from motcua.kernel.errors import MotCuaError

PASSWORD = "một cửa mở rộng"
__all__ = ["AT", "PASSWORD", "SINCE", "TODAY", "People", "events", "refused"]


def refused(act: Callable[[], Any], error: type[MotCuaError], *codes: str) -> None:
    """The act is refused with these codes and leaves neither journal nor outbox entries."""
    before = traces()
    with pytest.raises(error) as refusal:
        act()
    assert tuple(problem.code for problem in refusal.value.problems) == codes
    assert traces() == before


def events(name: str) -> list[dict[str, Any]]:
    return list(OutboxEvent.objects.filter(name=name).order_by("id").values_list("payload", flat=True))


@dataclass
class People:
    """A small province and whoever is asked for."""

    units: Small = field(default_factory=Small)

    def post(self, unit: Unit, *rights: Right, title: str = "Chuyên viên") -> Post:
        return add_post(actor=SYSTEM, unit_id=unit.pk, title=title, rights=rights, on=SINCE, at=AT)

    def officer(self, username: str, unit: Unit | None = None, *rights: Right, **facts: Any) -> Account:
        given = {"full_name": "Nguyễn Văn Nam", "password": PASSWORD} | facts
        account = create_account(actor=SYSTEM, at=AT, username=username, **given)
        if unit is not None:
            self.hold(account, self.post(unit, *rights))
        return account

    def hold(self, account: Account, post: Post, on: date = SINCE) -> Posting:
        return assign_post(actor=SYSTEM, account_id=account.pk, post_id=post.pk, on=on, at=AT)

    def admin(self, unit: Unit, username: str = "quantri") -> Actor:
        return as_actor(self.officer(username, unit, Right.ADMIN))


def as_actor(account: Account, on: date = TODAY) -> Actor:
    return actor_of(account, on)


def later(days: int) -> datetime:
    return AT.replace(day=AT.day + days)
