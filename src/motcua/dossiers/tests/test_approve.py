"""Phê duyệt kết quả."""

import pytest

from motcua.agencies.actions import add_post
from motcua.agencies.terms import Right
from motcua.dossiers.models import Result
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, file_ref, perform
from motcua.dossiers.tests.world import LAID, MONDAY, SINCE, STEPS, World, definition
from motcua.identity.models import Account, Posting
from motcua.identity.queries import actor_of
from motcua.identity.terms import SYSTEM
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken


def test_processing_is_finished(world: World) -> None:
    dossier = perform(world, Act.APPROVE, bring(world, "deciding"), note="Đồng ý")
    event = check_traces(dossier, act="approve", verb="dossier.approved", by=world.chair)
    assert (event["draft_number"], event["unit_id"]) == (1, world.ward.pk)
    assert (dossier.status, dossier.step_key, dossier.finished_at) == (Status.FINISHED, "seal", AT)
    assert (dossier.is_negative, dossier.ended_at) == (False, None)
    result = Result.objects.get()
    assert (result.draft.number, result.name, result.is_negative, result.reason) == (1, "Giấy khai sinh", False, "")
    assert (result.approved_by_id, result.approved_at) == (world.chair.account_id, AT)
    assert (result.signer_name, result.signer_title) == (world.chair.name, "Chủ tịch")
    assert (result.number, result.sealed_at) == ("", None)


@pytest.mark.parametrize(("text", "reason"), [("Không đủ điều kiện", "Không đủ điều kiện"), ("", "Đủ điều kiện")])
def test_a_negative_draft_becomes_a_negative_result(world: World, text: str, reason: str) -> None:
    dossier = bring(world, "handling")
    perform(world, Act.APPRAISE, dossier, is_negative=True, text=text, file=file_ref())
    perform(world, Act.FORWARD, dossier, by="head")
    dossier = perform(world, Act.APPROVE, dossier)
    assert dossier.is_negative
    result = Result.objects.get()
    assert (result.is_negative, result.reason, result.name) == (True, reason, "Văn bản trả lời không giải quyết")


def test_the_title_is_that_of_the_post_that_signs(world: World) -> None:
    chair = world.chair
    account = Account.objects.get(pk=chair.account_id)
    early = world.officer("kiem-nhiem", world.other_ward, "Bí thư", Right.OVERSEE)
    post = add_post(
        actor=SYSTEM, unit_id=world.ward.pk, title="Phó Chủ tịch", rights=[Right.LEAD_AGENCY], on=SINCE, at=LAID
    )
    Posting.objects.create(account_id=early.account_id, post=post, valid_from=SINCE)
    both = actor_of(Account.objects.get(pk=early.account_id), MONDAY.date())
    perform(world, Act.APPROVE, bring(world, "deciding"), by=both)
    assert Result.objects.get().signer_title == "Phó Chủ tịch"
    assert account.is_active


def test_a_result_without_a_name_is_called_after_the_procedure(world: World) -> None:
    steps = [{**step} for step in STEPS if step["key"] != "seal"]
    next(step for step in steps if step["key"] == "approve")["forward"] = ["deliver"]
    world.definition = definition(code="1.001194", results=[{"code": "", "name": "x"}], steps=steps)
    world.build()
    dossier = bring(world, "deciding")
    dossier = perform(world, Act.APPROVE, dossier)
    assert (dossier.step_key, dossier.unit_id) == ("deliver", world.desk.pk)
    assert perform(world, Act.DELIVER, dossier).status == Status.DELIVERED


def test_who(world: World) -> None:
    check_who(world, Act.APPROVE, may=["chair"])


def test_gate(world: World) -> None:
    check_gate(world, Act.APPROVE, again=Conflict)


@pytest.mark.parametrize("act", [Act.APPROVE, Act.REJECT])
def test_only_the_draft_that_was_read(world: World, act: Act) -> None:
    dossier = bring(world, "deciding")
    perform(world, Act.SEND_BACK, dossier)
    perform(world, Act.APPRAISE, dossier, text="Dự thảo sửa")
    perform(world, Act.FORWARD, dossier, by="head")
    assert codes(refused_act(Conflict, world, act, dossier)) == [("draft_changed", "draft_number")]
    assert codes(refused_act(Conflict, world, act, dossier, draft_number=3)) == [("draft_changed", "draft_number")]
    perform(world, act, dossier, draft_number=2)
    assert Result.objects.get().draft.text == "Dự thảo sửa"


@pytest.mark.parametrize("act", [Act.APPROVE, Act.REJECT])
def test_never_without_a_draft(world: World, act: Act) -> None:
    steps = [step for step in STEPS if step["key"] in {"receive", "approve", "seal", "deliver"}]
    steps[0] = {**steps[0], "forward": ["approve"]}
    steps[1] = {**steps[1], "back": ["receive"]}
    world.definition = definition(code="1.001194", steps=steps)
    world.build()
    dossier = world.received()
    perform(world, Act.FORWARD, dossier, at=AT)
    assert codes(refused_act(RuleBroken, world, act, dossier))[0] == ("no_draft", "")


@pytest.mark.parametrize(("stage", "by"), [("reviewing", "head"), ("deciding", "head"), ("deciding", "system")])
def test_reviewing_is_not_deciding(world: World, stage: str, by: str) -> None:
    error = RuleBroken if stage == "reviewing" else NotPermitted
    refused_act(error, world, Act.APPROVE, bring(world, stage), by=by)


def test_a_note_has_an_end(world: World) -> None:
    assert codes(refused_act(Invalid, world, Act.APPROVE, bring(world, "deciding"), note="x" * 4001)) == [
        ("too_long", "note")
    ]
