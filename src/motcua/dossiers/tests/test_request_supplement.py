"""Yêu cầu bổ sung."""

from datetime import date

import pytest

from motcua.dossiers.models import SupplementRequest, Suspension
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Conflict, Invalid, NotPermitted, RuleBroken


def test_a_running_clock_stops(world: World) -> None:
    dossier = perform(
        world, Act.REQUEST_SUPPLEMENT, bring(world, "handling"), by="specialist", answer_until=date(2026, 3, 9)
    )
    event = check_traces(dossier, act="request_supplement", verb="dossier.supplement_requested", by=world.specialist)
    assert event["number"] == dossier.supplement_count == 1
    assert (dossier.status, dossier.step_key) == (Status.SUPPLEMENT_REQUESTED, "appraise")
    assert (dossier.holder_id, dossier.unit_id) == (world.specialist.account_id, world.division.pk)
    request, pause = SupplementRequest.objects.get(), Suspension.objects.get()
    assert (pause.kind, pause.request, pause.since, pause.until) == ("supplement", request, AT, None)
    assert (request.requested_at, request.requested_by_id) == (AT, world.specialist.account_id)
    assert (request.due_before, request.answered_at) == (dossier.due_at, None)
    need = "Bản chụp, bản sao không đọc được: Trang 2 mờ. Chụp hoặc sao lại cho rõ, đủ trang."
    assert request.items == [{"component": "to-khai", "code": "illegible", "name": "Tờ khai", "need": need}]
    paper = paper_of(dossier, "supplement")
    assert paper["items"] == [{"name": "Tờ khai", "note": need}]
    assert (paper["answer_by"], paper["adviser"]["title"]) == ("2026-03-09", "Chuyên viên")


def test_before_receipt_no_clock_runs(world: World) -> None:
    dossier = perform(world, Act.REQUEST_SUPPLEMENT, bring(world, "submitted"))
    assert (dossier.status, dossier.due_at) == (Status.SUPPLEMENT_REQUESTED, None)
    assert not Suspension.objects.exists()


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        ("submitted", ["clerk", "second_clerk"]),
        ("received", ["clerk", "second_clerk"]),
        ("handling", ["specialist"]),
        ("answered", ["head", "chair"]),
    ],
)
def test_who(world: World, stage: str, may: list[str]) -> None:
    check_who(world, Act.REQUEST_SUPPLEMENT, stage=stage, may=may)


def test_gate(world: World) -> None:
    check_gate(world, Act.REQUEST_SUPPLEMENT, again=Conflict)


def test_one_request_at_a_time(world: World) -> None:
    dossier = bring(world, "asked")
    assert codes(refused_act(RuleBroken, world, Act.REQUEST_SUPPLEMENT, dossier, by="head"))[0] == ("request_open", "")
    refused_act(Conflict, world, Act.REQUEST_SUPPLEMENT, dossier, by="specialist")


def test_a_second_one_is_the_leaders_with_a_reason(world: World) -> None:
    dossier = bring(world, "answered")
    error = refused_act(NotPermitted, world, Act.REQUEST_SUPPLEMENT, dossier, by="specialist")
    assert codes(error) == [("second_supplement", "")]
    unsaid = refused_act(Invalid, world, Act.REQUEST_SUPPLEMENT, dossier, by="head", exception_reason=" ")
    assert codes(unsaid) == [("exception_reason", "exception_reason")]
    dossier = perform(world, Act.REQUEST_SUPPLEMENT, dossier, by="head")
    event = check_traces(dossier, act="request_supplement", verb="dossier.supplement_requested", by=world.head)
    assert event["journal"]["exception_reason"] == "Mới phát hiện"
    assert dossier.supplement_count == 2
    paper_of(dossier, "supplement", version=2)


@pytest.mark.parametrize("stage", ["assigning", "reviewing", "deciding"])
def test_only_where_the_papers_are_read(world: World, stage: str) -> None:
    by = "chair" if stage == "deciding" else "head"
    error = refused_act(RuleBroken, world, Act.REQUEST_SUPPLEMENT, bring(world, stage), by=by)
    assert codes(error)[0] == ("wrong_step", "")


def test_not_when_it_has_ended(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.REQUEST_SUPPLEMENT, bring(world, "withdrawn"))
    assert codes(error)[0] == ("wrong_status", "")


def test_everything_wrong_at_once(world: World) -> None:
    facts = {"grounds": [Ground("other", "x")], "answer_until": date(2026, 3, 3), "exception_reason": "x" * 4001}
    assert codes(refused_act(Invalid, world, Act.REQUEST_SUPPLEMENT, bring(world, "received"), **facts)) == [
        ("unknown_component", "grounds.0.component"),
        ("reason_unsaid", "grounds.0.note"),
        ("remedy_unsaid", "grounds.0.remedy"),
        ("too_long", "exception_reason"),
        ("answer_until_past", "answer_until"),
    ]


def test_papers_never_handed_in_may_be_asked_for(world: World) -> None:
    dossier = perform(
        world, Act.REQUEST_SUPPLEMENT, bring(world, "received"), grounds=[Ground("missing", "anh"), Ground("unsigned")]
    )
    assert [item["name"] for item in SupplementRequest.objects.get(dossier=dossier).items] == ["Ảnh", "Hồ sơ"]
