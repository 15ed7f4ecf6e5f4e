"""Thẩm định hồ sơ, dự thảo kết quả."""

import pytest

from motcua.dossiers.models import DraftResult
from motcua.dossiers.rules.application import FileRef
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform
from motcua.dossiers.tests.world import STEPS, World, definition
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken


def test_a_draft_goes_to_the_head(world: World) -> None:
    dossier = perform(world, Act.APPRAISE, bring(world, "handling"), file=file_ref(), is_negative=True)
    event = check_traces(dossier, act="appraise", verb="dossier.appraised", by=world.specialist)
    assert (event["draft_number"], event["unit_id"]) == (1, world.division.pk)
    assert event["journal"]["file"] == file_ref().sha256
    assert (dossier.status, dossier.step_key, dossier.holder_id) == (Status.PROCESSING, "review", None)
    draft = DraftResult.objects.get()
    assert (draft.number, draft.is_negative, draft.opinion, draft.text) == (1, True, "Đủ điều kiện", "Dự thảo")
    assert (draft.author_id, draft.author_name, draft.at) == (world.specialist.account_id, world.specialist.name, AT)
    assert draft.attachment is not None
    assert (draft.attachment.purpose, draft.attachment.name) == ("draft", "to-khai.pdf")


def test_versions_of_the_draft_are_numbered(world: World) -> None:
    dossier = bring(world, "deciding")
    perform(world, Act.SEND_BACK, dossier)
    perform(world, Act.APPRAISE, dossier, text="Dự thảo sửa")
    assert list(dossier.drafts.order_by("number").values_list("number", "text")) == [(1, "Dự thảo"), (2, "Dự thảo sửa")]


def test_who(world: World) -> None:
    check_who(world, Act.APPRAISE, may=["specialist"])


def test_gate(world: World) -> None:
    check_gate(world, Act.APPRAISE, again=Conflict)


def test_without_an_assignment_the_first_of_the_unit_may(world: World) -> None:
    short = [step for step in STEPS if step["key"] not in {"assign", "review"}]
    short[0] = {**short[0], "forward": ["appraise"]}
    short[1] = {**short[1], "forward": ["approve"]}
    world.definition = definition(code="1.001194", steps=short)
    world.build()
    dossier = world.received()
    dossier = perform(world, Act.FORWARD, dossier, at=AT)
    assert dossier.holder_id is None
    refused_act(NotPermitted, world, Act.APPRAISE, dossier, by="head")
    dossier = perform(world, Act.APPRAISE, dossier, by="second_specialist")
    assert (dossier.step_key, dossier.unit_id) == ("approve", world.ward.pk)
    refused_act(Conflict, world, Act.APPRAISE, dossier, by="specialist")


@pytest.mark.parametrize(("stage", "by"), [("assigning", "system"), ("asked", "specialist")])
def test_only_at_its_step(world: World, stage: str, by: str) -> None:
    error = NotPermitted if by == "system" else RuleBroken
    refused_act(error, world, Act.APPRAISE, bring(world, stage), by=by)


def test_what_is_wrong(world: World) -> None:
    dossier = bring(world, "handling")
    both = refused_act(Invalid, world, Act.APPRAISE, dossier, opinion=" ", text="", to_step="seal")
    assert codes(both) == [("required", "opinion"), ("no_draft", "text"), ("no_such_move", "to_step")]
    assert codes(refused_act(Invalid, world, Act.APPRAISE, dossier, text="x" * 20_001)) == [("too_long", "text")]
    refused_act(NotFound, world, Act.APPRAISE, dossier, file=FileRef("cd" * 32, "x.pdf"))
