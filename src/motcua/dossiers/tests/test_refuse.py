"""Từ chối tiếp nhận."""

from typing import Any

import pytest

from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Invalid, RuleBroken


def test_the_refusal_is_written_paper_by_paper(world: World) -> None:
    dossier = perform(world, Act.REFUSE, bring(world, "submitted"))
    event = check_traces(dossier, act="refuse", verb="dossier.refused", by=world.clerk)
    assert (dossier.status, dossier.ended_at, dossier.received_at) == (Status.REFUSED, AT, None)
    why = "Tờ khai – Bản chụp, bản sao không đọc được: Trang 2 mờ. Chụp hoặc sao lại cho rõ, đủ trang."
    paper = paper_of(dossier, "refusal")
    assert event["reason"] == paper["reason"] == dossier.moves.latest("number").note == why
    assert paper["refuser"] == {"name": world.clerk.name, "title": "Công chức tiếp nhận"}
    assert event["journal"]["grounds"][0]["code"] == "illegible"


def test_who(world: World) -> None:
    check_who(world, Act.REFUSE, may=["clerk", "second_clerk", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.REFUSE, again=RuleBroken)


@pytest.mark.parametrize(
    "stage", ["asked_early", "answered_early", "received", "asked", "reviewing", "delivering", "withdrawn"]
)
def test_only_what_was_just_handed_in_is_refused(world: World, stage: str) -> None:
    assert codes(refused_act(RuleBroken, world, Act.REFUSE, bring(world, stage)))[0] == ("wrong_status", "")


@pytest.mark.parametrize(
    ("grounds", "wanted"),
    [
        ([], [("no_ground", "grounds")]),
        ([Ground("other")], [("reason_unsaid", "grounds.0.note"), ("remedy_unsaid", "grounds.0.remedy")]),
        (
            [Ground("missing", "to-khai"), Ground("weather", "giay-la", remedy="Chờ")],
            [("unknown_reason", "grounds.1.code"), ("unknown_component", "grounds.1.component")],
        ),
        ([Ground("missing", "anh")], [("unknown_component", "grounds.0.component")]),
        ([Ground("missing", note="x" * 2001)], [("too_long", "grounds.0.note")]),
    ],
)
def test_grounds(world: World, grounds: list[Ground], wanted: list[Any]) -> None:
    assert codes(refused_act(Invalid, world, Act.REFUSE, bring(world, "submitted"), grounds=grounds)) == wanted
