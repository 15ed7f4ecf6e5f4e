"""Tiếp nhận hồ sơ nộp trực tuyến."""

import pytest

from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.kernel.errors import RuleBroken


def test_the_clock_starts_and_mau_01_is_issued(world: World) -> None:
    dossier = perform(world, Act.RECEIVE, bring(world, "submitted"))
    event = check_traces(dossier, act="receive", verb="dossier.received", by=world.clerk)
    assert (dossier.status, dossier.step_key, dossier.unit_id) == (Status.RECEIVED, "receive", world.desk.pk)
    assert (dossier.holder_id, dossier.receiver_name) == (world.clerk.account_id, world.clerk.name)
    assert dossier.received_at == AT
    assert dossier.due_at == dossier.original_due_at == moment(9, 10)
    assert dossier.step_due_at == moment(4, 16)
    assert dossier.due_working["text"] == "3 ngày làm việc: 05/03, 06/03, 09/03"
    assert dossier.due_working["days"] == ["2026-03-05", "2026-03-06", "2026-03-09"]
    assert event["due_at"].startswith("2026-03-09T")
    paper = paper_of(dossier, "receipt")
    assert paper["components"] == [{"name": "Tờ khai", "originals": 0, "copies": 0, "note": "", "pages": 0}]
    assert paper["receiver"] == {"name": world.clerk.name, "title": "Công chức tiếp nhận"}
    assert (paper["term_text"], paper["fees_text"]) == ("03 ngày làm việc", "Lệ phí: 8.000 đồng")
    assert paper["due_explained"] == dossier.due_working["text"]
    assert paper["online"]


def test_who(world: World) -> None:
    check_who(world, Act.RECEIVE, may=["clerk", "second_clerk", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.RECEIVE, again=RuleBroken)


def test_a_request_must_be_answered_first(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.RECEIVE, bring(world, "asked_early"))
    assert codes(error)[0] == ("awaiting_supplement", "")
    assert (
        perform(world, Act.RECEIVE, bring(world, "answered_early", confirmed_duplicate=True)).status == Status.RECEIVED
    )


@pytest.mark.parametrize("stage", ["received", "handling", "asked", "delivering", "withdrawn", "refused"])
def test_only_what_awaits_its_first_answer(world: World, stage: str) -> None:
    error = refused_act(RuleBroken, world, Act.RECEIVE, bring(world, stage))
    assert codes(error)[0] == ("wrong_status", "")
