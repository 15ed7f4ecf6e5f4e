"""Tạm dừng và tiếp tục tính thời hạn."""

from datetime import date, timedelta

import pytest

from motcua.dossiers.models import Suspension, SuspensionRule
from motcua.dossiers.terms import Act, Status, SuspensionKind
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.kernel.errors import Invalid, RuleBroken


def test_the_clock_stands_still_until_it_runs_on(world: World) -> None:
    dossier = perform(world, Act.SUSPEND, bring(world, "handling"), at=moment(2, 14))
    event = check_traces(dossier, act="suspend", verb="dossier.suspended", by=world.head, at=moment(2, 14))
    assert (event["kind"], event["basis"]) == ("public_notice", "Luật Đất đai")
    assert dossier.moves.latest("number").note == "Niêm yết công khai: Niêm yết 15 ngày. Căn cứ: Luật Đất đai"
    assert (dossier.status, dossier.due_at) == (Status.PROCESSING, moment(5, 9, 15))
    dossier = perform(world, Act.RESUME, dossier)
    event = check_traces(dossier, act="resume", verb="dossier.resumed", by=world.specialist)
    # 14:00 on Monday to 10:00 on Wednesday: 3 + 8 + 3 working hours.
    assert (dossier.original_due_at, dossier.due_at) == (moment(5, 9, 15), moment(9, 7, 15))
    assert event["journal"]["due_at"] == moment(9, 7, 15).isoformat()
    assert dossier.due_working["text"].endswith(
        "; tạm dừng niêm yết công khai 14:00 02/03 – 10:00 04/03 (14 giờ làm việc)"
    )
    pause = Suspension.objects.get()
    assert (pause.since, pause.until, pause.at_most_until) == (moment(2, 14), AT, None)


def test_a_pause_counts_no_longer_than_its_rule_allows(world: World) -> None:
    SuspensionRule.objects.filter(kind=SuspensionKind.PUBLIC_NOTICE).update(most_days=1)
    dossier = perform(world, Act.RESUME, bring(world, "suspended"))
    assert Suspension.objects.get().until == moment(3, 14)
    assert dossier.due_at == moment(6, 9, 15)


@pytest.mark.parametrize("kind", [SuspensionKind.CONSULTATION, SuspensionKind.SUPPLEMENT, SuspensionKind.OBLIGATION])
def test_not_for_what_does_not_stop_the_clock(world: World, kind: SuspensionKind) -> None:
    error = refused_act(Invalid, world, Act.SUSPEND, bring(world, "handling"), kind=kind)
    wanted = "clock_runs_on" if kind == SuspensionKind.CONSULTATION else "of_other_act"
    assert codes(error) == [(wanted, "kind")]


def test_a_rule_of_the_procedure_goes_before_the_general_one(world: World) -> None:
    dossier = bring(world, "handling")
    rule = SuspensionRule(
        kind=SuspensionKind.PUBLIC_NOTICE, procedure_id=dossier.procedure_id, stops_clock=False, valid_from="2026-01-01"
    )
    rule.save()
    assert codes(refused_act(Invalid, world, Act.SUSPEND, dossier)) == [("clock_runs_on", "kind")]
    rule.valid_to = date(2026, 3, 4)
    rule.save()
    assert perform(world, Act.SUSPEND, dossier).revision == dossier.revision + 1


def test_without_any_rule(world: World) -> None:
    SuspensionRule.objects.all().delete()
    assert codes(refused_act(Invalid, world, Act.SUSPEND, bring(world, "handling"))) == [("clock_runs_on", "kind")]


def test_everything_wrong_at_once(world: World) -> None:
    error = refused_act(Invalid, world, Act.SUSPEND, bring(world, "handling"), reason=" ", basis="x" * 4001)
    assert codes(error) == [("required", "reason"), ("too_long", "basis")]
    suspended = bring(world, "suspended", confirmed_duplicate=True)
    assert codes(refused_act(Invalid, world, Act.RESUME, suspended, note="x" * 4001)) == [("too_long", "note")]


def test_who(world: World) -> None:
    check_who(world, Act.SUSPEND, may=["head", "chair"])


def test_who_resumes(world: World) -> None:
    check_who(world, Act.RESUME, may=["specialist", "head", "chair", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.SUSPEND, again=RuleBroken)


def test_gate_of_resuming(world: World) -> None:
    check_gate(world, Act.RESUME, again=RuleBroken)


def test_nothing_goes_on_while_it_stands_still(world: World) -> None:
    dossier = bring(world, "suspended")
    assert codes(refused_act(RuleBroken, world, Act.APPRAISE, dossier))[0] == ("suspended", "")
    assert codes(refused_act(RuleBroken, world, Act.EXTEND, dossier))[0] == ("suspended", "")


def test_an_end_ends_the_pause(world: World) -> None:
    later = AT + timedelta(minutes=5)
    perform(world, Act.STOP, bring(world, "suspended"), at=later)
    assert Suspension.objects.get().until == later


@pytest.mark.parametrize("stage", ["obliged", "asked", "stopped"])
def test_only_while_it_is_worked_on(world: World, stage: str) -> None:
    dossier = bring(world, stage)
    assert codes(refused_act(RuleBroken, world, Act.SUSPEND, dossier))[0] == ("wrong_status", "")
    assert codes(refused_act(RuleBroken, world, Act.RESUME, dossier, by="head"))[0] == ("wrong_status", "")
