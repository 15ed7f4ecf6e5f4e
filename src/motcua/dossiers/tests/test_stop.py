"""Dừng giải quyết; không nhận bổ sung quá hạn."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.dossiers.models import Suspension
from motcua.dossiers.rules.causes import Stopping
from motcua.dossiers.terms import Act, Status, StopGround
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import AT, STOPPING, bring, perform
from motcua.dossiers.tests.world import World, moment
from motcua.kernel.errors import Invalid, RuleBroken

_UNANSWERED = Stopping(StopGround.NOT_SUPPLEMENTED, fees="Không thu", papers="Trả đủ")


def test_it_ends_with_a_notice(world: World) -> None:
    dossier = perform(world, Act.STOP, bring(world, "handling"))
    event = check_traces(dossier, act="stop", verb="dossier.stopped", by=world.chair)
    assert (event["unit_id"], event["account_id"]) == (world.division.pk, world.specialist.account_id)
    assert event["ground"] == ("Theo quy định của pháp luật: Đất đang bị kê biên. Căn cứ: Luật Thi hành án dân sự")
    assert (dossier.status, dossier.ended_at) == (Status.STOPPED, AT)
    paper = paper_of(dossier, "stop")
    assert (paper["stage"], paper["fees"], paper["papers"]) == ("Thẩm định", "Không thu.", "Trả đủ.")
    assert (paper["agency_name"], paper["signer"]["title"]) == ("UBND phường Hồng Gai", "Chủ tịch")


@pytest.mark.parametrize("stage", ["asked", "obliged", "suspended"])
def test_an_open_pause_ends_with_it(world: World, stage: str) -> None:
    assert perform(world, Act.STOP, bring(world, stage)).status == Status.STOPPED
    assert Suspension.objects.get().until == AT


def test_before_receipt_while_a_supplement_is_waited_for(world: World) -> None:
    dossier = perform(world, Act.STOP, bring(world, "asked_early"))
    assert (dossier.status, dossier.received_at) == (Status.STOPPED, None)


@pytest.mark.parametrize("stage", ["submitted", "sealing", "delivered", "withdrawn"])
def test_not_before_and_not_after(world: World, stage: str) -> None:
    assert codes(refused_act(RuleBroken, world, Act.STOP, bring(world, stage)))[0] == ("wrong_status", "")


def test_who(world: World) -> None:
    check_who(world, Act.STOP, may=["chair"])


def test_gate(world: World) -> None:
    check_gate(world, Act.STOP, again=RuleBroken)


@pytest.mark.parametrize(
    ("stopping", "wanted"),
    [
        (Stopping(StopGround.BY_LAW), ["reason", "basis", "fees", "papers"]),
        (Stopping(StopGround.OTHER, reason="x", fees="a", papers="b"), ["basis"]),
        (replace(STOPPING, ground=StopGround.BY_REQUEST), ["asked_on"]),
        (replace(STOPPING, ground=StopGround.BY_REQUEST, asked_on=date(2026, 3, 5)), ["asked_on"]),
        (_UNANSWERED, ["ground"]),
    ],
)
def test_everything_wrong_at_once(world: World, stopping: Stopping, wanted: list[str]) -> None:
    error = refused_act(Invalid, world, Act.STOP, bring(world, "handling"), stopping=stopping)
    assert [problem.field for problem in error.problems] == wanted


def test_by_request(world: World) -> None:
    stopping = replace(STOPPING, ground=StopGround.BY_REQUEST, basis="", asked_on=date(2026, 3, 3))
    dossier = perform(world, Act.STOP, bring(world, "handling"), stopping=stopping)
    assert paper_of(dossier, "stop")["asked_on"] == "2026-03-03"


def test_for_want_of_a_supplement_only_when_its_day_has_passed(world: World) -> None:
    dossier = bring(world, "asked_too_long")
    early = refused_act(Invalid, world, Act.STOP, dossier, stopping=_UNANSWERED, at=moment(3, 23))
    assert codes(early) == [("answer_until_not_passed", "ground")]
    assert perform(world, Act.STOP, dossier, stopping=_UNANSWERED).status == Status.STOPPED


class TestRefusingSupplement:
    def test_it_ends_with_a_notice(self, world: World) -> None:
        dossier = perform(world, Act.REFUSE_SUPPLEMENT, bring(world, "asked_too_long"))
        check_traces(dossier, act="refuse_supplement", verb="dossier.stopped", by=world.clerk)
        paper = paper_of(dossier, "stop")
        assert paper["reason"] == "Hết ngày 03/03/2026 chưa bổ sung theo yêu cầu lần 1"
        assert paper["signer"]["name"] == world.clerk.name

    def test_who(self, world: World) -> None:
        check_who(
            world,
            Act.REFUSE_SUPPLEMENT,
            may=["clerk", "second_clerk", "head", "chair"],
        )

    def test_gate(self, world: World) -> None:
        dossier = bring(world, "asked_too_long")
        done = perform(world, Act.REFUSE_SUPPLEMENT, dossier, revision=dossier.revision)
        assert codes(refused_act(RuleBroken, world, Act.REFUSE_SUPPLEMENT, done))[0] == ("wrong_status", "")

    def test_not_while_there_is_time(self, world: World) -> None:
        dossier = bring(world, "asked_too_long")
        error = refused_act(RuleBroken, world, Act.REFUSE_SUPPLEMENT, dossier, at=moment(3, 23))
        assert codes(error)[0] == ("answer_until_not_passed", "")

    @pytest.mark.parametrize(("stage", "code"), [("asked", "no_answer_until"), ("answered_early", "no_request")])
    def test_not_without_a_day_nor_when_it_came(self, world: World, stage: str, code: str) -> None:
        assert codes(refused_act(RuleBroken, world, Act.REFUSE_SUPPLEMENT, bring(world, stage)))[0] == (code, "")

    def test_fees_and_papers(self, world: World) -> None:
        error = refused_act(Invalid, world, Act.REFUSE_SUPPLEMENT, bring(world, "asked_too_long"), fees="", papers=" ")
        assert codes(error) == [("required", "fees"), ("required", "papers")]
