"""Acting with lent rights and for the absent: only inside scope and time; both names everywhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from motcua.agencies.terms import Right
from motcua.dossiers.access import acts_open_to, capacities_open_to, visible_to
from motcua.dossiers.actions.take_in import take_in_dossier
from motcua.dossiers.models import Dossier, Move, Result
from motcua.dossiers.queries.delegated import acts_by, counts_by, kinds_of_acts_by
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.checks import codes, outcome, paper_of, refused
from motcua.dossiers.tests.mandates import ENDS_AT, away, deputy, lend, now
from motcua.dossiers.tests.stages import AT, DEEDS, bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.identity.actions import end_leave, revoke_delegation
from motcua.identity.models import Account
from motcua.identity.terms import SYSTEM, Actor, DelegationKind, Scope
from motcua.journal.models import Entry
from motcua.kernel.errors import MotCuaError, NotFound, NotPermitted

CIVIL = Scope(domains=frozenset({"HT"}))
LAND = Scope(domains=frozenset({"DD"}))
_DECISIONS = (Act.APPROVE, Act.REJECT, Act.SEND_BACK)


def listed(actor: Actor, dossier: Dossier, at: Any = AT) -> set[str]:
    """The boxes in which the actor finds the dossier."""
    work = Work(actor, at)
    counts = work.counts()
    found = {box for box in work.boxes() if dossier.pk in {one.pk for one in work.page(box).rows}}
    assert found == {box for box, count in counts.items() if count}
    return {box.name for box in found}


def _refused(world: World, dossier: Dossier, by: Actor, at: datetime = AT) -> MotCuaError:
    return refused(NotPermitted, lambda: perform(world, Act.APPROVE, dossier, by=by, at=at))


def test_signs_for_the_chair_with_both_names(world: World) -> None:
    given = lend(world)
    dossier = perform(world, Act.APPROVE, bring(world, "deciding"), by=now(deputy(world)))
    title = f"Phó Chủ tịch Ủy ban nhân dân – {world.ward.name}, ký thay Chủ tịch {world.chair.name}"
    move = dossier.moves.latest("number")
    assert (move.actor_id, move.actor_title, move.delegation_id) == (deputy(world).pk, title, given.pk)
    entry = Entry.objects.get(verb="dossier.approved")
    assert (entry.actor_id, entry.actor_name, entry.actor_title) == (
        deputy(world).pk, "Cán bộ pho-chu-tich", title,
    )  # fmt: skip
    result = Result.objects.get()
    assert (result.signer_name, result.signer_title) == ("Cán bộ pho-chu-tich", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
    assert counts_by([given.pk]) == {given.pk: (1, AT)}
    assert kinds_of_acts_by(given.pk) == [("approve", 1)]
    assert [one.dossier_id for one in acts_by(given.pk)] == [dossier.pk]


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (DelegationKind.TL, "TL. CHỦ TỊCH / TRƯỞNG PHÒNG"),
        (DelegationKind.TUQ, "TUQ. CHỦ TỊCH / TRƯỞNG PHÒNG"),
        (DelegationKind.PHAN_CAP, "Trưởng phòng"),
    ],
)
def test_the_head_of_a_division_signs(world: World, kind: DelegationKind, title: str) -> None:
    dossier = bring(world, "deciding")
    lend(world, to=Account.objects.get(pk=world.head.account_id), kind=kind, scope=CIVIL)
    perform(world, Act.APPROVE, dossier, by=now(world.head))
    assert Result.objects.get().signer_title == title


def test_papers_of_the_desk_bear_both_titles(world: World) -> None:
    dossier = bring(world, "deciding")
    lend(world)
    perform(world, Act.REQUEST_SUPPLEMENT, bring(world, "answered", confirmed_duplicate=True), by=now(deputy(world)))
    assert paper_of(Dossier.objects.exclude(pk=dossier.pk).get(), "supplement", 2)["adviser"] == {
        "name": "Cán bộ pho-chu-tich", "title": "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "may"),
    [(Scope(), True), (CIVIL, True), (LAND, False), (Scope(procedures=frozenset({"1.001193"})), True),
     (Scope(procedures=frozenset({"1.1"})), False), (Scope(frozenset({"DD"}), frozenset({"1.001193"})), True)],
)  # fmt: skip
def test_list_sight_and_acts_agree(world: World, scope: Scope, may: bool) -> None:
    dossier = bring(world, "deciding")
    lend(world, scope=scope)
    actor = now(deputy(world))
    assert listed(actor, dossier) == ({"ALL", "APPROVE"} if may else set())
    assert visible_to(actor).filter(pk=dossier.pk).exists() is may
    opened = acts_open_to(actor, dossier, AT)
    assert (set(_DECISIONS) <= set(opened)) is may
    for act in _DECISIONS:
        done = outcome(lambda act=act: perform(world, act, dossier, by=actor))
        assert (done == "done") is may is (act in opened)
    assert Box.APPROVE in Work(actor, AT).boxes()


def test_only_while_it_holds(world: World) -> None:
    given = lend(world)
    dossier = bring(world, "deciding")
    actor = now(deputy(world))
    over = ENDS_AT + timedelta(minutes=5)
    error = _refused(world, dossier, by=actor, at=over)
    assert codes(error) == [("delegation_ended", "")]
    told = error.problems[0].message
    assert "ký thay Chủ tịch Cán bộ chu-tich" in told
    assert "12/QĐ-UBND" in told
    assert "đã hết hiệu lực lúc 17:00 ngày 20/03/2026" in told
    assert listed(now(deputy(world), over), dossier, over) == set()
    later = _refused(world, dossier, by=now(deputy(world), over), at=over)
    assert codes(later) == [("delegation_ended", "")]
    long_ago = ENDS_AT + timedelta(days=40)
    refused(NotFound, lambda: perform(world, Act.APPROVE, dossier, by=now(deputy(world), long_ago), at=long_ago))
    assert given.revoked_at is None


def test_taken_back_while_the_form_lay_open(world: World) -> None:
    given = lend(world)
    dossier = bring(world, "deciding")
    actor = now(deputy(world))
    revoke_delegation(actor=world.chair, delegation_id=given.pk, at=moment(4, 9, 30))
    error = _refused(world, dossier, by=actor)
    assert codes(error) == [("delegation_ended", "")]
    assert "đã bị chấm dứt lúc 09:30 ngày 04/03/2026" in error.problems[0].message
    fresh = _refused(world, dossier, by=now(deputy(world)))
    assert codes(fresh) == [("delegation_ended", "")]


def test_somebody_of_another_house_is_told_too(world: World) -> None:
    dossier = bring(world, "deciding")
    over = ENDS_AT + timedelta(minutes=5)
    error = _refused(world, dossier, by=_centre_head(world, over), at=over)
    assert codes(error) == [("delegation_ended", "")]


def _centre_head(world: World, at: Any) -> Actor:
    world.officer("giam-doc", world.desk, "Giám đốc Trung tâm", Right.LEAD_DIVISION)
    account = Account.objects.get(username="giam-doc")
    lend(world, to=account, kind=DelegationKind.TUQ, scope=CIVIL)
    return now(account, at)


def test_two_capacities_own_right_first(world: World) -> None:
    vice = world.officer("pho-2", world.ward, "Phó Chủ tịch", Right.LEAD_AGENCY)
    given = lend(world, to=Account.objects.get(pk=vice.account_id))
    dossier = bring(world, "deciding")
    actor = now(vice)
    found = capacities_open_to(actor, dossier, Act.APPROVE, AT)
    assert [one.mandate and one.mandate.delegation_id for one in found] == [None, given.pk]
    assert listed(actor, dossier) == {"ALL", "APPROVE"}
    perform(world, Act.SEND_BACK, dossier, by=actor)
    assert Move.objects.latest("pk").delegation_id is None
    perform(world, Act.APPRAISE, dossier)
    perform(world, Act.FORWARD, dossier, by="head")
    perform(world, Act.APPROVE, dossier, by=actor.preferring(given.pk), draft_number=2)
    assert Move.objects.latest("pk").delegation_id == given.pk
    assert Result.objects.get().signer_title == "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"


def test_what_waits_for_the_absent_is_the_stand_ins(world: World) -> None:
    dossier = bring(world, "handling")
    stand_in = now(world.second_specialist)
    assert (listed(stand_in, dossier), Act.APPRAISE in acts_open_to(stand_in, dossier, AT)) == (set(), False)
    given = away(world)
    stand_in = now(world.second_specialist)
    assert listed(stand_in, dossier) == {"ALL", "MINE", "APPRAISE"}
    assert Act.APPRAISE in acts_open_to(stand_in, dossier, AT)
    over = ENDS_AT + timedelta(minutes=1)
    assert listed(now(world.second_specialist, over), dossier, over) == set()
    dossier = perform(world, Act.APPRAISE, dossier, by=stand_in)
    move = dossier.moves.latest("number")
    assert move.delegation_id == given.pk
    assert move.actor_title.endswith(f"làm thay Chuyên viên {world.specialist.name}")


def test_what_is_assigned_to_the_absent_goes_to_the_stand_in(world: World) -> None:
    away(world)
    to = world.specialist.account_id
    dossier = perform(world, Act.ASSIGN, bring(world, "assigning"), to_account_id=to, note="Gấp")
    assert dossier.holder_id == world.second_specialist.account_id
    assert dossier.moves.latest("number").note == f"{world.specialist.name} vắng mặt; giao người làm thay.\nGấp"
    end_leave(actor=SYSTEM, account_id=world.specialist.known_id, at=moment(4, 9))
    again = perform(world, Act.ASSIGN, dossier, to_account_id=to, at=AT + timedelta(minutes=1))
    assert again.holder_id == to


def test_a_lent_desk_takes_in_only_its_procedures(world: World) -> None:
    clerk = world.officer("kinh-te", world.desk, "Chuyên viên kinh tế")
    account = Account.objects.get(pk=clerk.account_id)
    lend(world, giver=world.clerk, to=account, right=Right.RECEIVE, kind=DelegationKind.PHAN_CAP, scope=LAND)
    refused(NotPermitted, lambda: _take_in(world, now(account)))
    given = lend(world, giver=world.clerk, to=account, right=Right.RECEIVE, kind=DelegationKind.PHAN_CAP, scope=CIVIL)
    dossier = _take_in(world, now(account))
    assert dossier.moves.get().delegation_id == given.pk


def _take_in(world: World, actor: Actor) -> Dossier:
    return take_in_dossier(actor=actor, application=world.application(), at=AT)


def test_a_lent_right_leads_nothing_else(world: World) -> None:
    lend(world, scope=CIVIL)
    actor = now(deputy(world))
    assert not actor.has(Right.LEAD_AGENCY, agency_id=world.ward.pk)
    assert actor.has(Right.LEAD_AGENCY)
    assert DEEDS[Act.APPROVE].by == "chair"
