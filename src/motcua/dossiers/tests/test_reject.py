"""Không phê duyệt."""

from motcua.dossiers.models import Result
from motcua.dossiers.terms import Act, Status
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Conflict, Invalid, NotPermitted


def test_the_reason_becomes_a_negative_result(world: World) -> None:
    dossier = perform(world, Act.REJECT, bring(world, "deciding"))
    event = check_traces(dossier, act="reject", verb="dossier.rejected", by=world.chair)
    assert (event["draft_number"], event["reason"]) == (1, "Trái Điều 16")
    assert (dossier.status, dossier.step_key) == (Status.FINISHED, "seal")
    assert (dossier.is_negative, dossier.finished_at) == (True, AT)
    result = Result.objects.get()
    assert (result.is_negative, result.reason, result.name) == (
        True,
        "Trái Điều 16",
        "Văn bản trả lời không giải quyết",
    )
    perform(world, Act.SEAL, dossier)
    assert perform(world, Act.DELIVER, dossier).status == Status.DELIVERED


def test_who(world: World) -> None:
    check_who(world, Act.REJECT, may=["chair"])


def test_gate(world: World) -> None:
    check_gate(world, Act.REJECT, again=Conflict)


def test_never_without_a_reason(world: World) -> None:
    dossier = bring(world, "deciding")
    error = refused_act(Invalid, world, Act.REJECT, dossier, reason="\u202e\n ")
    assert codes(error) == [("required", "reason")]
    assert error.problems[0].basis == "Nghị định 118/2025/NĐ-CP"
    assert codes(refused_act(Invalid, world, Act.REJECT, dossier, reason="x" * 4001)) == [("too_long", "reason")]


def test_not_where_it_is_reviewed(world: World) -> None:
    refused_act(NotPermitted, world, Act.REJECT, bring(world, "reviewing"))
