"""Phân công thụ lý."""

from datetime import date

import pytest

from motcua.agencies.terms import Right
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.identity.models import Posting
from motcua.kernel.errors import Conflict, Invalid, RuleBroken


def test_the_head_names_the_specialist(world: World) -> None:
    dossier = perform(world, Act.ASSIGN, bring(world, "assigning"), note="Ưu tiên")
    event = check_traces(dossier, act="assign", verb="dossier.assigned", by=world.head)
    assert event["account_id"] == dossier.holder_id == world.second_specialist.account_id
    assert event["journal"]["to"] == world.second_specialist.name
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (Status.PROCESSING, "appraise", world.division.pk)
    assert dossier.step_due_at == moment(5, 10)
    assert dossier.moves.latest("number").note == "Ưu tiên"


def test_another_one_has_what_is_left_of_the_term(world: World) -> None:
    dossier = bring(world, "handling")
    assert dossier.step_due_at == moment(3, 11)
    dossier = perform(world, Act.ASSIGN, dossier)
    check_traces(dossier, act="assign", verb="dossier.assigned", by=world.head)
    assert (dossier.holder_id, dossier.step_due_at) == (world.second_specialist.account_id, moment(3, 11))
    error = refused_act(Conflict, world, Act.APPRAISE, dossier, by="specialist")
    assert f"{world.head.name} đã thực hiện «Phân công»" in error.problems[0].message
    assert perform(world, Act.APPRAISE, dossier, by="second_specialist").step_key == "review"


def test_not_to_the_same_person_again(world: World) -> None:
    error = refused_act(Conflict, world, Act.ASSIGN, bring(world, "handling"), to_account_id="@specialist")
    assert codes(error)[0] == ("assigned_already", "to")


@pytest.mark.parametrize("stage", ["assigning", "handling"])
def test_who(world: World, stage: str) -> None:
    check_who(world, Act.ASSIGN, stage=stage, may=["head", "chair", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.ASSIGN, again=Conflict)


@pytest.mark.parametrize(
    ("stage", "code"), [("received", "wrong_step"), ("sealing", "wrong_status"), ("asked", "wrong_status")]
)
def test_only_where_somebody_works_on_it(world: World, stage: str, code: str) -> None:
    assert codes(refused_act(RuleBroken, world, Act.ASSIGN, bring(world, stage), by="system"))[0] == (code, "")


@pytest.mark.parametrize("to", ["head", "clerk", "stranger", "citizen"])
def test_only_to_those_who_handle_dossiers_there(world: World, to: str) -> None:
    error = refused_act(Invalid, world, Act.ASSIGN, bring(world, "assigning"), to_account_id=f"@{to}", note="x" * 4001)
    assert codes(error) == [("not_a_handler", "to"), ("too_long", "note")]


def test_whoever_has_left_gets_no_work(world: World) -> None:
    leaver = world.officer("nguoi-cu", world.division, "Chuyên viên", Right.HANDLE)
    dossier = bring(world, "assigning")
    perform(world, Act.CORRECT, dossier, by="clerk")
    Posting.objects.filter(account_id=leaver.account_id).update(valid_to=date(2026, 3, 4))
    refused_act(Invalid, world, Act.ASSIGN, dossier, to_account_id=leaver.account_id)
    too_long = refused_act(Invalid, world, Act.ASSIGN, dossier, note="x" * 4001)
    assert codes(too_long) == [("too_long", "note")]
