"""Giao quyền, chấm dứt: who may, what it gives, what a refusal leaves."""

from datetime import date, timedelta
from typing import Any

import pytest

from motcua.agencies.models import Post
from motcua.agencies.terms import Right
from motcua.identity.actions import Giving, end_post, grant_delegation, revoke_delegation
from motcua.identity.models import Account, Delegation, Posting
from motcua.identity.queries import actor_of, end_of_mandate, ended_mandates
from motcua.identity.rules.delegations import Grant, Validity
from motcua.identity.terms import SYSTEM, Actor, DelegationKind, Scope
from motcua.identity.tests.world import AT, TODAY, People, as_actor, events, refused
from motcua.journal.models import Entry
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken

WEEK = Validity(AT, AT + timedelta(days=7))


class Ward:
    """The chair and a deputy without rights of his own, the head of the division, a specialist."""

    def __init__(self, people: People) -> None:
        self.people = people
        units = people.units
        self.chair = self._officer("chutich", units.ward, "Chủ tịch", Right.LEAD_AGENCY)
        self.deputy = self._officer("phochutich", units.ward, "Phó Chủ tịch")
        self.head = self._officer("truongphong", units.division, "Trưởng phòng", Right.LEAD_DIVISION)
        self.specialist = self._officer("chuyenvien", units.division, "Chuyên viên", Right.HANDLE)

    def _officer(self, username: str, unit: Any, title: str, *rights: Right) -> Account:
        account = self.people.officer(username, full_name=f"Nguyễn {username}")
        self.people.hold(account, self.people.post(unit, *rights, title=title))
        return account

    def post(self, account: Account) -> Post:
        return Posting.objects.get(account=account).post

    def grant(self, by: Actor | None = None, **changes: Any) -> Delegation:
        giving = {"post_id": self.post(self.chair).pk, "account_id": self.chair.pk, "to_account_id": self.deputy.pk}
        grant = {
            "kind": DelegationKind.KT,
            "rights": frozenset({"lead_agency"}),
            "validity": WEEK,
            "basis_number": "12/QĐ-UBND",
            "basis_date": date(2026, 3, 1),
        }
        for name, value in changes.items():
            if name in Giving.__dataclass_fields__:
                giving[name] = value
            elif name in Grant.__dataclass_fields__:
                grant[name] = value
        confirmed = changes.get("confirmed_overlap", False)
        actor = by or as_actor(self.chair)
        return grant_delegation(
            actor=actor, giving=Giving(**giving), grant=Grant(**grant), at=AT, confirmed_overlap=confirmed
        )


@pytest.fixture
def ward(people: People) -> Ward:
    return Ward(people)


def test_the_deputy_may_what_the_chair_may(ward: Ward) -> None:
    made = ward.grant(reason=" Phân công  mảng hộ tịch ", scope=Scope(frozenset({"HT"})))
    deputy = as_actor(ward.deputy)
    assert [post.post_title for post in deputy.postings] == ["Phó Chủ tịch", "Phó Chủ tịch"]
    mandate = deputy.mandates[0]
    assert (mandate.kind, mandate.giver, mandate.basis) == (
        DelegationKind.KT,
        "Chủ tịch Nguyễn chutich",
        "12/QĐ-UBND ngày 01/03/2026",
    )
    assert (mandate.since, mandate.until) == (WEEK.starts, WEEK.ends)
    assert mandate.words == "ký thay Chủ tịch Nguyễn chutich"
    assert deputy.has(Right.LEAD_AGENCY)
    assert events("identity.delegation_granted") == [
        {"delegation_id": made.pk, "account_ids": sorted([ward.chair.pk, ward.deputy.pk])}
    ]
    entry = Entry.objects.get(verb="delegation.granted")
    assert (entry.object_type, entry.object_id, entry.actor_id) == (
        "identity.delegation", str(made.pk), ward.chair.pk,
    )  # fmt: skip
    assert (entry.data["kind"], entry.data["receiver"], entry.data["note"]) == (
        "Ký thay", "Nguyễn phochutich", "Phân công mảng hộ tịch",
    )  # fmt: skip


def test_reading_it_costs_no_query_more(ward: Ward, django_assert_num_queries: Any) -> None:
    ward.grant()
    account = Account.objects.get(pk=ward.deputy.pk)
    with django_assert_num_queries(1):
        assert len(actor_of(account, TODAY).postings) == 2


@pytest.mark.parametrize("receiver", ["post", "unit"])
def test_to_a_post_or_to_those_who_lead_a_unit(ward: Ward, receiver: str) -> None:
    to = (
        {"to_post_id": ward.post(ward.head).pk} if receiver == "post" else {"to_unit_id": ward.people.units.division.pk}
    )
    ward.grant(to_account_id=None, kind=DelegationKind.TL, **to)
    assert as_actor(ward.head).has(Right.LEAD_AGENCY, agency_id=ward.people.units.ward.pk)
    assert not as_actor(ward.specialist).has(Right.LEAD_AGENCY)
    assert as_actor(ward.head).mandates[0].words == "thừa lệnh Chủ tịch Nguyễn chutich"


def test_from_level_to_level(ward: Ward) -> None:
    ward.grant(
        by=ward.people.admin(ward.people.units.ward),
        post_id=None,
        account_id=None,
        unit_id=ward.people.units.ward.pk,
        to_account_id=None,
        to_unit_id=ward.people.units.division.pk,
        kind=DelegationKind.PHAN_CAP,
        validity=Validity(AT),
    )
    mandate = as_actor(ward.head).mandates[0]
    assert (mandate.giver_name, mandate.until) == ("", None)
    assert mandate.words == "theo phân cấp của UBND phường Hồng Gai"


def test_it_ends_when_the_giver_leaves_the_post(ward: Ward) -> None:
    ward.grant()
    posting = Posting.objects.get(account=ward.chair)
    end_post(actor=SYSTEM, posting_id=posting.pk, successor_id=None, on=TODAY, reason="Theo quyết định 5/QĐ", at=AT)
    assert as_actor(ward.deputy).mandates == ()


def test_nothing_for_somebody_without_a_post(ward: Ward) -> None:
    ward.grant()
    Posting.objects.filter(account=ward.deputy).update(valid_to=TODAY)
    assert as_actor(ward.deputy).postings == ()


def test_by_the_administrator_on_a_written_decision(ward: Ward) -> None:
    made = ward.grant(by=ward.people.admin(ward.people.units.province))
    assert made.given_by_id not in {None, ward.chair.pk}
    assert ward.grant(by=SYSTEM, kind=DelegationKind.TL, to_account_id=ward.head.pk, confirmed_overlap=True).pk


def test_by_nobody_else(ward: Ward) -> None:
    for account in (ward.deputy, ward.head, ward.specialist):
        refused(lambda account=account: ward.grant(by=as_actor(account)), NotPermitted, "not_giver")
    other = ward.people.admin(ward.people.units.other, "quantri2")
    refused(lambda: ward.grant(by=other), NotPermitted, "not_giver")
    refused(lambda: ward.grant(by=as_actor(ward.chair), account_id=ward.head.pk), NotPermitted, "not_giver")


def test_nobody_gives_on_what_was_lent(ward: Ward) -> None:
    ward.grant()
    mine = {"post_id": ward.post(ward.deputy).pk, "account_id": ward.deputy.pk, "to_account_id": ward.head.pk}
    refused(lambda: ward.grant(by=as_actor(ward.deputy), kind=DelegationKind.TL, **mine), Invalid, "delegated_only")


def test_every_problem_is_told(ward: Ward) -> None:
    refused(
        lambda: ward.grant(to_account_id=ward.head.pk, validity=Validity(AT - timedelta(days=1)), basis_number=" "),
        Invalid,
        "starts_in_past",
        "wrong_receiver",
        "required",
    )
    refused(lambda: ward.grant(to_account_id=None), Invalid, "one_receiver")
    refused(lambda: ward.grant(to_post_id=ward.post(ward.head).pk), Invalid, "one_receiver")
    refused(lambda: ward.grant(by=SYSTEM, account_id=ward.head.pk), Invalid, "post_not_held")
    refused(lambda: ward.grant(post_id=0), NotFound, "post_unknown")
    refused(lambda: ward.grant(post_id=None, unit_id=0), NotFound, "unit_unknown")
    division = ward.people.units.division.pk
    refused(lambda: ward.grant(by=SYSTEM, post_id=None, account_id=None, unit_id=division), Invalid, "not_an_agency")


def test_two_deputies_only_when_confirmed(ward: Ward) -> None:
    ward.grant()
    refused(ward.grant, Invalid, "overlap_same")
    second = ward._officer("phochutich2", ward.people.units.ward, "Phó Chủ tịch")
    refused(lambda: ward.grant(to_account_id=second.pk), Conflict, "overlap")
    assert ward.grant(to_account_id=second.pk, confirmed_overlap=True).pk
    assert ward.grant(validity=Validity(AT + timedelta(days=8), AT + timedelta(days=9))).pk


def test_no_circle(ward: Ward) -> None:
    rights = frozenset({"lead_agency"})
    Post.objects.filter(pk=ward.post(ward.deputy).pk).update(rights=["lead_agency"])
    ward.grant()
    back = {"post_id": ward.post(ward.deputy).pk, "account_id": ward.deputy.pk, "to_account_id": ward.chair.pk}
    refused(
        lambda: ward.grant(by=as_actor(ward.deputy), rights=rights, confirmed_overlap=True, **back), Invalid, "circle"
    )


def test_taken_back_at_once(ward: Ward) -> None:
    made = ward.grant()
    deputy = as_actor(ward.deputy)
    later = AT + timedelta(hours=3)
    revoke_delegation(actor=as_actor(ward.chair), delegation_id=made.pk, at=later, reason=" Đã  về ")
    assert as_actor(ward.deputy).mandates == ()
    assert events("identity.delegation_revoked")[0]["delegation_id"] == made.pk
    entry = Entry.objects.get(verb="delegation.revoked")
    assert (entry.at, entry.data["reason"]) == (later, "Đã về")
    ended = end_of_mandate(deputy.mandates[0], at=later)
    assert ended is not None
    assert (ended.at, ended.was_revoked) == (later, True)
    assert end_of_mandate(deputy.mandates[0], at=later - timedelta(seconds=1)) is None
    refused(
        lambda: revoke_delegation(actor=as_actor(ward.chair), delegation_id=made.pk, at=later),
        Conflict,
        "revoked_already",
    )


def test_taken_back_by_nobody_else(ward: Ward) -> None:
    made = ward.grant()
    for account in (ward.deputy, ward.head):
        actor = as_actor(account)
        refused(
            lambda actor=actor: revoke_delegation(actor=actor, delegation_id=made.pk, at=AT), NotPermitted, "not_giver"
        )
    refused(lambda: revoke_delegation(actor=SYSTEM, delegation_id=0, at=AT), NotFound, "no_delegation")
    over = AT + timedelta(days=7)
    refused(lambda: revoke_delegation(actor=SYSTEM, delegation_id=made.pk, at=over), RuleBroken, "ended")
    assert revoke_delegation(actor=ward.people.admin(ward.people.units.ward), delegation_id=made.pk, at=AT).revoked_at


def test_what_ended_is_remembered_for_a_while(ward: Ward) -> None:
    made = ward.grant()
    deputy = as_actor(ward.deputy)
    over = AT + timedelta(days=7, minutes=1)
    assert [end.at for _, end in ended_mandates(deputy, at=over, since=AT)] == [WEEK.ends]
    assert ended_mandates(deputy, at=over, since=over) == []
    assert ended_mandates(deputy, at=AT + timedelta(days=1), since=AT - timedelta(days=1)) == []
    before, end = ended_mandates(deputy, at=over, since=AT)[0]
    assert before.has(Right.LEAD_AGENCY)
    assert (end.mandate.delegation_id, end.was_revoked) == (made.pk, False)
    assert deputy.at(over).mandates == ()
    assert deputy.at(WEEK.starts) == deputy
