"""Xin lỗi và gia hạn; xin lỗi vì trễ hạn; dự thảo."""

from datetime import datetime, timedelta

import pytest

from motcua.dossiers.actions.apology import draft_apology, drop_apology
from motcua.dossiers.models import Apology, Dossier
from motcua.dossiers.rules.causes import cause_text
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import (
    check_gate,
    check_traces,
    check_who,
    codes,
    paper_of,
    refused,
    refused_act,
)
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import Conflict, Invalid, RuleBroken

DUE, NEW = moment(5, 9, 15), moment(20, 9, 15, month=4)


def test_it_moves_the_due_moment_and_says_sorry(world: World) -> None:
    dossier = perform(world, Act.EXTEND, bring(world, "handling"))
    event = check_traces(dossier, act="extend", verb="dossier.extended", by=world.chair)
    assert event["cause"] == "Số lượng hồ sơ tăng đột biến, thiếu người giải quyết: Hồ sơ tăng gấp đôi"
    assert (dossier.original_due_at, dossier.due_at, dossier.extension_count) == (DUE, NEW, 1)
    assert "gia hạn từ 09:15 05/03/2026 đến 09:15 20/04/2026" in dossier.due_working["text"]
    assert dossier.step_due_at is not None
    assert dossier.step_due_at > moment(3, 11)
    apology = Apology.objects.get()
    assert (apology.extends, apology.due_before, apology.promised_at) == (True, DUE, NEW)
    assert (apology.signed_at, apology.signer_name, apology.signer_title) == (AT, world.chair.name, "Chủ tịch")
    paper = paper_of(dossier, "apology")
    assert (paper["agency_name"], paper["parent_name"], paper["extends"]) == ("UBND phường Hồng Gai", "", True)


def test_a_step_without_a_term_of_its_own(world: World) -> None:
    dossier = perform(world, Act.EXTEND, bring(world, "deciding"))
    assert (dossier.due_at, dossier.step_due_at) == (NEW, None)


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (moment(4, 23, 59), ""),
        (moment(5, 0, 0), "too_late_to_extend"),
        (moment(9, 8), "too_late_to_extend"),
    ],
)
def test_at_the_latest_one_day_before(world: World, at: datetime, code: str) -> None:
    dossier = bring(world, "handling")
    if not code:
        assert perform(world, Act.EXTEND, dossier, at=at).extension_count == 1
        return
    error = refused_act(RuleBroken, world, Act.EXTEND, dossier, at=at)
    assert codes(error)[0] == (code, "")
    assert "«Xin lỗi vì trễ hạn»" in error.problems[0].message
    assert "05/03/2026" in error.problems[0].message


def test_who(world: World) -> None:
    check_who(world, Act.EXTEND, may=["chair"])


def test_gate(world: World) -> None:
    dossier = bring(world, "handling")
    refused_act(Conflict, world, Act.EXTEND, dossier, revision=dossier.revision - 1)
    early = refused_act(RuleBroken, world, Act.EXTEND, dossier, at=dossier.last_act_at - timedelta(seconds=1))
    assert codes(early) == [("before_last_act", "at")]
    done = perform(world, Act.EXTEND, dossier, revision=dossier.revision)
    second = refused_act(RuleBroken, world, Act.EXTEND, done, at=AT + timedelta(minutes=1))
    assert "«Xin lỗi và gia hạn» lúc 10:00 ngày 04/03/2026" in second.problems[-1].message


def test_only_once(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.EXTEND, bring(world, "extended"))
    assert codes(error)[0] == ("extended_already", "")


@pytest.mark.parametrize("stage", ["asked", "obliged", "sealing", "stopped"])
def test_only_while_it_is_worked_on(world: World, stage: str) -> None:
    assert codes(refused_act(RuleBroken, world, Act.EXTEND, bring(world, stage)))[0] == ("wrong_status", "")


@pytest.mark.parametrize(
    ("promised_at", "wanted"),
    [
        (DUE, ["not_later"]),
        (moment(8, 9, 15), ["not_working"]),  # a Sunday
        (moment(9, 12), ["not_working"]),  # the lunch break
        (moment(1, 9), ["not_later", "not_working"]),
    ],
)
def test_the_new_moment(world: World, promised_at: datetime, wanted: list[str]) -> None:
    error = refused_act(Invalid, world, Act.EXTEND, bring(world, "handling"), promised_at=promised_at)
    assert codes(error) == [(code, "promised_at") for code in wanted]


def test_the_cause(world: World) -> None:
    dossier = bring(world, "handling")
    error = refused_act(Invalid, world, Act.EXTEND, dossier, cause="weather", reason="x" * 4001)
    assert codes(error) == [("unknown_cause", "cause"), ("too_long", "reason")]
    assert codes(refused_act(Invalid, world, Act.EXTEND, dossier, cause="other", reason=" ")) == [
        ("required", "reason")
    ]
    assert cause_text("other", "Mất điện") == "Mất điện"
    assert cause_text("own_fault", "") == "Cán bộ, cơ quan xử lý chậm"


class TestApologising:
    def test_it_names_a_day_and_moves_nothing(self, world: World) -> None:
        dossier = perform(world, Act.APOLOGISE, bring(world, "extended"))
        event = check_traces(dossier, act="apologise", verb="dossier.apologised", by=world.chair)
        assert event["journal"]["promised_at"] == moment(21, 9, 15, month=5).isoformat()
        assert (dossier.due_at, dossier.extension_count) == (NEW, 1)
        assert Apology.objects.latest("number").extends is False
        assert paper_of(dossier, "apology", version=2)["extends"] is False

    def test_who(self, world: World) -> None:
        check_who(world, Act.APOLOGISE, may=["chair"])

    def test_gate(self, world: World) -> None:
        check_gate(world, Act.APOLOGISE, again=RuleBroken)

    def test_not_while_it_may_be_extended(self, world: World) -> None:
        error = refused_act(RuleBroken, world, Act.APOLOGISE, bring(world, "handling"))
        assert codes(error)[0] == ("may_be_extended", "")

    def test_when_it_is_late_and_again_when_the_promise_is_broken(self, world: World) -> None:
        dossier = bring(world, "handling")
        first = perform(world, Act.APOLOGISE, dossier, at=moment(9, 8), promised_at=moment(11, 9, 15))
        early = refused_act(RuleBroken, world, Act.APOLOGISE, first, at=moment(11, 8))
        assert codes(early)[0] == ("promised_already", "")
        again = perform(world, Act.APOLOGISE, first, at=moment(12, 8), promised_at=moment(16, 9, 15))
        assert again.due_at == DUE
        past = refused_act(Invalid, world, Act.APOLOGISE, again, at=moment(17, 8), promised_at=moment(16, 9, 15))
        assert codes(past) == [("not_later", "promised_at")]


class TestDrafts:
    def test_the_house_drafts_once_for_each_due_moment(self, world: World) -> None:
        dossier = bring(world, "handling")
        for minutes in (0, 1):
            at = AT + timedelta(minutes=minutes)
            drafted = draft_apology(actor=SYSTEM, dossier_id=dossier.pk, at=at)
        draft = Apology.objects.get()
        assert (draft.drafted_by_id, draft.cause, draft.extends, draft.due_before) == (None, "", True, DUE)
        assert draft.promised_at == moment(9, 7)  # 8/3 is a Sunday
        assert drafted.moves.filter(act="draft_apology").count() == 1
        drop_apology(actor=world.head, dossier_id=dossier.pk, at=AT + timedelta(minutes=2))
        draft_apology(actor=SYSTEM, dossier_id=dossier.pk, at=AT + timedelta(minutes=3))
        assert Apology.objects.count() == 1

    def test_an_officer_mends_the_draft_and_the_leader_signs_it(self, world: World) -> None:
        dossier = bring(world, "handling")
        draft_apology(actor=SYSTEM, dossier_id=dossier.pk, at=moment(3, 8))
        dossier = perform(world, Act.DRAFT_APOLOGY, dossier)
        event = check_traces(dossier, act="draft_apology", verb="dossier.apology_drafted", by=world.specialist)
        assert (event["number"], event["journal"]["cause"]) == (1, "overload")
        perform(world, Act.EXTEND, dossier, at=AT + timedelta(minutes=1))
        apology = Apology.objects.get()
        assert (apology.drafted_by_id, apology.drafted_at) == (None, moment(3, 8))
        assert apology.signed_by_id == world.chair.account_id

    def test_who(self, world: World) -> None:
        check_who(world, Act.DRAFT_APOLOGY, may=["specialist", "head", "chair", "system"])

    def test_gate(self, world: World) -> None:
        check_gate(world, Act.DRAFT_APOLOGY, again=None)

    def test_dropping_needs_a_draft(self, world: World) -> None:
        dossier = bring(world, "handling")
        error = refused(RuleBroken, lambda: drop_apology(actor=world.head, dossier_id=dossier.pk, at=AT))
        assert codes(error) == [("no_draft", "")]

    def test_a_drafted_cause_must_be_known(self, world: World) -> None:
        error = refused_act(Invalid, world, Act.DRAFT_APOLOGY, bring(world, "handling"), cause="")
        assert codes(error) == [("unknown_cause", "cause")]
        stopped = bring(world, "stopped", confirmed_duplicate=True)
        assert codes(refused_act(RuleBroken, world, Act.DRAFT_APOLOGY, stopped, by="chair"))[0] == ("wrong_status", "")
        assert Dossier.objects.get(pk=stopped.pk).status == Status.STOPPED
