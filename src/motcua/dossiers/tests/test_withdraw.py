"""Rút hồ sơ."""

import pytest

from motcua.dossiers.models import Suspension
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Invalid, RuleBroken


def test_it_ends_where_it_is(world: World) -> None:
    dossier = perform(world, Act.WITHDRAW, bring(world, "handling"), reason=" Nộp\u200b nhầm ")
    event = check_traces(dossier, act="withdraw", verb="dossier.withdrawn", by=world.citizen)
    assert (event["unit_id"], event["account_id"]) == (world.division.pk, world.specialist.account_id)
    assert event["journal"]["reason"] == dossier.moves.latest("number").note == "Nộp nhầm"
    assert (dossier.status, dossier.ended_at) == (Status.WITHDRAWN, AT)


def test_an_open_pause_ends_with_it(world: World) -> None:
    perform(world, Act.WITHDRAW, bring(world, "asked"))
    assert Suspension.objects.get().until == AT


@pytest.mark.parametrize("stage", ["submitted", "deciding", "asked_early"])
def test_who(world: World, stage: str) -> None:
    check_who(world, Act.WITHDRAW, stage=stage, may=["citizen", "clerk", "second_clerk", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.WITHDRAW, again=RuleBroken)


@pytest.mark.parametrize("stage", ["sealing", "delivering", "delivered", "refused", "withdrawn"])
def test_not_once_the_result_is_there(world: World, stage: str) -> None:
    assert codes(refused_act(RuleBroken, world, Act.WITHDRAW, bring(world, stage)))[0] == ("wrong_status", "")


@pytest.mark.parametrize(("reason", "code"), [("", "required"), ("\u2066\n", "required"), ("x" * 4001, "too_long")])
def test_a_reason(world: World, reason: str, code: str) -> None:
    assert codes(refused_act(Invalid, world, Act.WITHDRAW, bring(world, "submitted"), reason=reason)) == [
        (code, "reason")
    ]
