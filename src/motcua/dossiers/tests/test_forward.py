"""Chuyển bước tiếp theo."""

import pytest

from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.kernel.errors import Conflict, Invalid, RuleBroken


def test_to_the_division(world: World) -> None:
    dossier = perform(world, Act.FORWARD, bring(world, "received"), note=" Đủ\u200b giấy tờ ")
    event = check_traces(dossier, act="forward", verb="dossier.forwarded", by=world.clerk)
    assert (event["unit_id"], event["step_key"]) == (world.division.pk, "assign")
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (Status.PROCESSING, "assign", world.division.pk)
    assert (dossier.holder_id, dossier.step_due_at) == (None, moment(4, 16))
    last = dossier.moves.latest("number")
    assert (last.from_step, last.from_unit_id, last.note) == ("receive", world.desk.pk, "Đủ giấy tờ")


def test_to_the_leader_of_the_agency(world: World) -> None:
    dossier = perform(world, Act.FORWARD, bring(world, "reviewing"), by="head", to_step="approve")
    check_traces(dossier, act="forward", verb="dossier.forwarded", by=world.head)
    assert (dossier.unit_id, dossier.step_due_at) == (world.ward.pk, None)


@pytest.mark.parametrize(
    ("stage", "may", "late"),
    [
        ("received", ["clerk", "second_clerk", "system"], []),
        ("reviewing", ["head", "system"], []),
        ("assigning", [], []),
    ],
)
def test_who(world: World, stage: str, may: list[str], late: list[str]) -> None:
    if stage == "assigning":  # a step with an act of its own: its leader has the right, yet the rule forbids it
        dossier = bring(world, stage)
        assert codes(refused_act(RuleBroken, world, Act.FORWARD, dossier, by="head"))[0] == ("wrong_step", "")
        assert codes(refused_act(Conflict, world, Act.FORWARD, dossier, by="clerk")) == [("changed_meanwhile", "")]
    else:
        check_who(world, Act.FORWARD, stage=stage, may=may, late=late)


def test_gate(world: World) -> None:
    check_gate(world, Act.FORWARD, again=Conflict)


@pytest.mark.parametrize(
    ("stage", "by", "code"),
    [
        ("submitted", "clerk", "wrong_status"),
        ("handling", "specialist", "wrong_step"),
        ("deciding", "chair", "wrong_step"),
        ("sealing", "sealer", "wrong_status"),
        ("delivering", "clerk", "wrong_status"),
        ("asked", "specialist", "wrong_status"),
    ],
)
def test_steps_with_an_act_of_their_own(world: World, stage: str, by: str, code: str) -> None:
    assert codes(refused_act(RuleBroken, world, Act.FORWARD, bring(world, stage), by=by))[0] == (code, "")


def test_what_is_wrong(world: World) -> None:
    dossier = bring(world, "received")
    assert codes(refused_act(Invalid, world, Act.FORWARD, dossier, to_step="seal")) == [("no_such_move", "to_step")]
    assert codes(refused_act(Invalid, world, Act.FORWARD, dossier, note="x" * 4001)) == [("too_long", "note")]
