"""Trả lại bước trước."""

import pytest

from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Conflict, Invalid, RuleBroken


def test_it_comes_back_to_whoever_worked_on_it(world: World) -> None:
    dossier = perform(world, Act.SEND_BACK, bring(world, "deciding"))
    event = check_traces(dossier, act="send_back", verb="dossier.sent_back", by=world.chair)
    assert (event["account_id"], event["reason"]) == (world.specialist.account_id, "Sai tên mẹ")
    assert (dossier.step_key, dossier.unit_id) == ("appraise", world.division.pk)
    assert (dossier.holder_id, dossier.status) == (world.specialist.account_id, Status.PROCESSING)


@pytest.mark.parametrize(
    ("stage", "by", "holder"), [("assigning", "head", "clerk"), ("handling", "specialist", "clerk")]
)
def test_to_the_desk(world: World, stage: str, by: str, holder: str) -> None:
    dossier = perform(world, Act.SEND_BACK, bring(world, stage), by=by)
    assert (dossier.step_key, dossier.unit_id) == ("receive", world.desk.pk)
    assert dossier.holder_id == getattr(world, holder).account_id
    assert dossier.status == Status.PROCESSING
    assert perform(world, Act.FORWARD, dossier).step_key == "assign"


@pytest.mark.parametrize(
    ("stage", "may", "late"),
    [
        ("deciding", ["chair", "system"], ["head"]),
        ("assigning", ["head", "system"], []),
        ("handling", ["specialist", "system"], ["head"]),
    ],
)
def test_who(world: World, stage: str, may: list[str], late: list[str]) -> None:
    check_who(world, Act.SEND_BACK, stage=stage, may=may, late=late)


def test_gate(world: World) -> None:
    check_gate(world, Act.SEND_BACK, again=Conflict)


def test_too_late(world: World) -> None:
    refused_act(Conflict, world, Act.SEND_BACK, bring(world, "reviewing"), by="specialist")


@pytest.mark.parametrize(("stage", "by"), [("received", "clerk"), ("sealing", "sealer"), ("asked", "specialist")])
def test_only_where_there_is_a_way_back(world: World, stage: str, by: str) -> None:
    refused_act(RuleBroken, world, Act.SEND_BACK, bring(world, stage), by=by)


def test_everything_wrong_at_once(world: World) -> None:
    error = refused_act(Invalid, world, Act.SEND_BACK, bring(world, "deciding"), reason="\u200b ", to_step="receive")
    assert codes(error) == [("required", "reason"), ("no_such_move", "to_step")]
