"""Nhận bàn giao, từ chối nhận, thu hồi, chuyển đơn vị thụ lý."""

import pytest

from motcua.dossiers.actions.take_over import refuse_hand_over
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.handovers import handovers_of
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import STEPS, World, definition, moment
from motcua.identity.terms import Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken


def _refuse(actor: Actor, dossier: Dossier, reason: str = "Thiếu bản chính") -> Dossier:
    return refuse_hand_over(actor=actor, dossier_id=dossier.pk, at=AT, reason=reason)


def test_the_unit_confirms(world: World) -> None:
    before = bring(world, "assigning")
    dossier = perform(world, Act.TAKE_OVER, before)
    event = check_traces(dossier, act="take_over", verb="dossier.taken_over", by=world.head)
    assert event["unit_id"] == world.division.pk
    assert (dossier.step_key, dossier.status, dossier.step_due_at) == ("assign", before.status, before.step_due_at)
    (row,) = handovers_of(dossier)
    assert (row.taken_at, row.taken_by) == (AT, world.head.name)
    assert codes(refused_act(RuleBroken, world, Act.TAKE_OVER, dossier))[0] == ("nothing_handed_over", "")


def test_anybody_who_works_there(world: World) -> None:
    # The clerks had it a moment ago: they are told who gave it on.
    check_who(world, Act.TAKE_OVER, may=["head", "specialist", "second_specialist"], late=["clerk", "second_clerk"])


def test_gate(world: World) -> None:
    check_gate(world, Act.TAKE_OVER, again=RuleBroken)


def test_what_waits_elsewhere_is_not_taken_over(world: World) -> None:
    assert codes(refused_act(RuleBroken, world, Act.TAKE_OVER, bring(world, "submitted"), by="clerk"))[0] == (
        "wrong_status",
        "",
    )
    too_long = refused_act(
        Invalid, world, Act.TAKE_OVER, bring(world, "assigning", confirmed_duplicate=True), note="x" * 4001
    )
    assert codes(too_long) == [("too_long", "note")]


def test_refused_it_goes_back_to_the_giver(world: World) -> None:
    before = bring(world, "assigning")
    assert world.head.account_id
    dossier = _refuse(world.head, before)
    event = check_traces(dossier, act="refuse_hand_over", verb="dossier.hand_over_refused", by=world.head)
    assert (event["unit_id"], event["account_id"], event["reason"]) == (
        world.desk.pk, world.clerk.account_id, "Thiếu bản chính",
    )  # fmt: skip
    assert (dossier.step_key, dossier.unit_id, dossier.holder_id) == ("receive", world.desk.pk, world.clerk.account_id)
    assert dossier.step_due_at == moment(2, 15, 15)
    perform(world, Act.FORWARD, dossier)


def test_refusing_needs_a_reason_and_no_decision(world: World) -> None:
    dossier = bring(world, "assigning")
    assert world.head.account_id
    assert world.specialist.account_id
    assert codes(refused(Invalid, lambda: _refuse(world.head, dossier, " "))) == [("required", "reason")]
    refused(Conflict, lambda: _refuse(world.clerk, dossier))
    assert world.sealer.account_id
    refused(NotPermitted, lambda: _refuse(world.sealer, dossier))
    sealed = bring(world, "delivering", confirmed_duplicate=True)
    back = _refuse(world.clerk, sealed)
    assert (back.step_key, back.status, back.unit_id) == ("seal", Status.FINISHED, world.ward.pk)
    again = perform(world, Act.SEAL, back, number="12")
    assert again.step_key == "deliver"


def test_a_decision_is_not_sent_back(db: None) -> None:
    steps = [step | ({"forward": ["deliver"]} if step["key"] == "approve" else {}) for step in STEPS]
    world = World(definition(steps=[step for step in steps if step["key"] != "seal"])).build()
    decided = perform(world, Act.APPROVE, bring(world, "deciding"))
    error = refused(RuleBroken, lambda: _refuse(world.clerk, decided))
    assert codes(error) == [("not_sent_back", "")]
    assert perform(world, Act.TAKE_OVER, decided, by="clerk").step_key == "deliver"


def test_taken_back_while_nobody_touched_it(world: World) -> None:
    dossier = perform(world, Act.TAKE_BACK, bring(world, "assigning"))
    event = check_traces(dossier, act="take_back", verb="dossier.taken_back", by=world.clerk)
    assert event["unit_id"] == world.division.pk
    assert (dossier.step_key, dossier.unit_id, dossier.holder_id, dossier.status) == (
        "receive", world.desk.pk, world.clerk.account_id, Status.PROCESSING,
    )  # fmt: skip
    assert perform(world, Act.FORWARD, dossier).step_key == "assign"


def test_who_takes_back(world: World) -> None:
    check_who(world, Act.TAKE_BACK, may=["clerk", "second_clerk"])


def test_gate_of_taking_back(world: World) -> None:
    check_gate(world, Act.TAKE_BACK, again=RuleBroken)


def test_not_once_it_was_taken_over(world: World) -> None:
    dossier = perform(world, Act.TAKE_OVER, bring(world, "assigning"), at=moment(3, 8))
    error = refused_act(RuleBroken, world, Act.TAKE_BACK, dossier)
    assert codes(error)[0] == ("taken_already", "")
    assert world.head.name in error.problems[-1].message
    assert codes(refused_act(RuleBroken, world, Act.TAKE_BACK, perform(world, Act.ASSIGN, dossier)))[0] == (
        "taken_already",
        "",
    )


def test_it_never_left_or_was_decided(world: World) -> None:
    refused_act(NotPermitted, world, Act.TAKE_BACK, bring(world, "received"))
    sealed = bring(world, "delivering", confirmed_duplicate=True)
    assert codes(refused_act(RuleBroken, world, Act.TAKE_BACK, sealed, by="sealer"))[0] == ("wrong_status", "")
    dossier = bring(world, "assigning", confirmed_duplicate=True)
    dossier.moves.filter(number=dossier.revision).update(act="hand_over")
    assert codes(refused_act(RuleBroken, world, Act.TAKE_BACK, dossier))[0] == ("not_taken_back", "")
    assert codes(
        refused_act(Invalid, world, Act.TAKE_BACK, bring(world, "assigning", confirmed_duplicate=True), reason="")
    ) == [("required", "reason")]


def test_another_division_handles_it(world: World) -> None:
    before = bring(world, "handling")
    dossier = perform(world, Act.TRANSFER, before)
    event = check_traces(dossier, act="transfer", verb="dossier.transferred", by=world.head)
    assert (event["unit_id"], event["reason"]) == (world.second_division.pk, "Đúng chức năng")
    assert event["journal"]["to"] == world.second_division.name
    assert (dossier.unit_id, dossier.handling_unit_id) == (world.second_division.pk, world.second_division.pk)
    assert (dossier.holder_id, dossier.step_key, dossier.step_due_at) == (None, "appraise", before.step_due_at)
    taken = perform(world, Act.TAKE_BACK, dossier, by="head")
    assert (taken.unit_id, taken.handling_unit_id, taken.holder_id) == (
        world.division.pk, world.division.pk, world.specialist.account_id,
    )  # fmt: skip


def test_before_it_is_there_only_the_way_changes(world: World) -> None:
    dossier = perform(world, Act.TRANSFER, bring(world, "received"))
    check_traces(dossier, act="transfer", verb="dossier.transferred", by=world.head)
    assert (dossier.unit_id, dossier.holder_id) == (world.desk.pk, world.clerk.account_id)
    assert perform(world, Act.FORWARD, dossier).unit_id == world.second_division.pk


def test_who_transfers(world: World) -> None:
    check_who(world, Act.TRANSFER, may=["head", "chair"])


def test_gate_of_transferring(world: World) -> None:
    dossier = bring(world, "handling")
    refused_act(Conflict, world, Act.TRANSFER, dossier, revision=dossier.revision - 1)
    refused(NotFound, lambda: perform(world, Act.TRANSFER, Dossier(pk=0)))
    assert codes(refused_act(RuleBroken, world, Act.TRANSFER, bring(world, "asked", confirmed_duplicate=True)))[0] == (
        "wrong_status",
        "",
    )


@pytest.mark.parametrize(
    ("to", "code"),
    [
        ("#other_ward", "other_agency"),
        ("#desk", "other_agency"),
        ("#division", "same_unit"),
        ("#ward", "nobody_there"),
        (0, "unit_unknown"),
    ],
)
def test_only_to_a_division_that_works(world: World, to: object, code: str) -> None:
    error = refused_act(Invalid, world, Act.TRANSFER, bring(world, "handling"), to_unit_id=to, reason=" ")
    assert codes(error) == [(code, "to"), ("required", "reason")]
