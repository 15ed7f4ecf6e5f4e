"""Khai báo vắng mặt, trở lại làm việc."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.agencies.terms import Right
from motcua.identity.actions import declare_leave, end_leave
from motcua.identity.models import Account, Delegation
from motcua.identity.queries import stand_ins
from motcua.identity.rules.delegations import Validity
from motcua.identity.terms import SYSTEM, DelegationKind
from motcua.identity.tests.world import AT, People, as_actor, events, refused
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, NotFound, NotPermitted

WEEK = Validity(AT, AT + timedelta(days=7))


class Division:
    """Two specialists and their head."""

    def __init__(self, people: People) -> None:
        self.people, unit = people, people.units.division
        self.away = people.officer("kien", unit, Right.HANDLE, full_name="Trần Đức Kiên")
        self.stand_in = people.officer("lan", unit, Right.HANDLE, full_name="Lê Thị Lan")
        self.head = people.officer("truongphong", unit, Right.LEAD_DIVISION)
        self.chair = people.officer("chutich", people.units.ward, Right.LEAD_AGENCY)

    def declare(self, by: Account | None = None, **changes: Any) -> list[Delegation]:
        said = {"account_id": self.away.pk, "stand_in_id": self.stand_in.pk, "validity": WEEK, "reason": "Nghỉ phép"}
        return declare_leave(actor=as_actor(by or self.away), at=AT, **said | changes)


@pytest.fixture
def division(people: People) -> Division:
    return Division(people)


def test_the_colleague_stands_in(division: Division) -> None:
    made = division.declare()
    actor = as_actor(division.stand_in)
    assert (len(made), made[0].kind, made[0].rights) == (1, DelegationKind.LEAVE, ["handle"])
    assert actor.stands_for == {division.away.pk}
    assert actor.mandates[0].words == "làm thay Chuyên viên Trần Đức Kiên"
    unit = division.people.units.division.pk
    found = stand_ins([division.away.pk], unit, at=AT)[division.away.pk]
    assert (found.account.pk, found.until) == (division.stand_in.pk, WEEK.ends)
    assert stand_ins([division.away.pk], unit, at=AT + timedelta(days=7)) == {}
    assert stand_ins([division.away.pk], division.people.units.desk.pk, at=AT) == {}
    assert Entry.objects.get(verb="account.leave_declared").data["to"] == "Lê Thị Lan"
    assert sorted(events("identity.delegation_granted")[0]["account_ids"]) == sorted(
        [division.away.pk, division.stand_in.pk]
    )


@pytest.mark.parametrize("who", ["head", "chair"])
def test_their_leader_declares_it(division: Division, who: str) -> None:
    assert division.declare(getattr(division, who))


def test_nobody_else_declares_it(division: Division) -> None:
    refused(lambda: division.declare(division.stand_in), NotPermitted, "not_own_leave")
    refused(lambda: division.declare(account_id=0), NotFound, "account_unknown")


def test_what_is_wrong(division: Division) -> None:
    refused(lambda: division.declare(stand_in_id=division.away.pk), Invalid, "own_stand_in")
    refused(lambda: division.declare(stand_in_id=division.head.pk), Invalid, "stand_in_elsewhere")
    refused(lambda: division.declare(division.head, account_id=division.head.pk), Invalid, "nothing_to_handle")
    division.declare()
    refused(division.declare, Invalid, "absent_already")
    third = division.people.officer("hoa", division.people.units.division, Right.HANDLE)
    refused(
        lambda: division.declare(division.stand_in, account_id=division.stand_in.pk, stand_in_id=third.pk),
        Invalid,
        "stands_in_now",
    )
    refused(
        lambda: division.declare(third, account_id=third.pk, stand_in_id=division.away.pk), Invalid, "stand_in_absent"
    )


def test_back_at_work(division: Division) -> None:
    division.declare()
    later = AT + timedelta(days=2)
    refused(
        lambda: end_leave(actor=as_actor(division.chair), account_id=division.stand_in.pk, at=later),
        NotFound,
        "no_leave",
    )
    assert end_leave(actor=as_actor(division.away), account_id=division.away.pk, at=later) == 1
    assert as_actor(division.stand_in).stands_for == frozenset()
    assert Delegation.objects.get().revoked_at == later
    assert Entry.objects.filter(verb="account.leave_ended", object_id=str(division.away.pk)).count() == 1
    refused(lambda: end_leave(actor=SYSTEM, account_id=division.away.pk, at=later), NotFound, "no_leave")
    assert division.declare(validity=Validity(AT + timedelta(days=1), AT + timedelta(days=5)))


def test_the_stand_in_may_give_it_back(division: Division) -> None:
    division.declare()
    assert end_leave(actor=as_actor(division.stand_in), account_id=division.away.pk, at=AT) == 1


def test_their_leader_ends_it_a_stranger_does_not(division: Division) -> None:
    division.declare()
    third = as_actor(division.people.officer("hoa", division.people.units.division, Right.HANDLE))
    refused(lambda: end_leave(actor=third, account_id=division.away.pk, at=AT), NotPermitted, "not_giver")
    assert end_leave(actor=as_actor(division.head), account_id=division.away.pk, at=AT) == 1


def test_the_database_holds_one_absence_at_a_time(division: Division) -> None:
    row = division.declare()[0]
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
