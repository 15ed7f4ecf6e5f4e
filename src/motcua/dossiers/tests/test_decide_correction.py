"""Duyệt đề nghị đính chính."""

from motcua.dossiers.access import acts_open_to
from motcua.dossiers.models import Correction, Dossier
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, paper_of, refused_act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import Invalid, NotPermitted, RuleBroken


def test_approved_it_is_put_right_and_printed_anew(world: World) -> None:
    dossier = perform(world, Act.DECIDE_CORRECTION, bring(world, "correcting"))
    event = check_traces(dossier, act="decide_correction", verb="dossier.correction_decided", by=world.head)
    assert event["is_approved"] is True
    assert event["journal"]["proposed_by"] == world.clerk.name
    assert event["journal"]["changes"] == {"owner.name": ["Nguyễn Thị Hoà", "Nguyễn Thị Hậu"]}
    assert Dossier.objects.get(pk=dossier.pk).owner.name == "Nguyễn Thị Hậu"
    assert "thi hau" in dossier.search_keys
    paper = paper_of(dossier, "receipt", version=2)
    assert (paper["correction"], paper["receiver"]["name"]) == ("đính chính họ tên chủ hồ sơ", world.clerk.name)
    correction = Correction.objects.get()
    assert (correction.decided_at, correction.decided_by_id, correction.is_approved, correction.decision_note) == (
        AT, world.head.account_id, True, "Đúng căn cước",
    )  # fmt: skip
    assert dossier.moves.latest("number").note == "Đồng ý: Họ tên chủ hồ sơ. Đúng căn cước"
    assert perform(world, Act.CORRECT, dossier, by="clerk", changes={"abstract": "Sinh đôi"}).abstract == ""


def test_refused_nothing_changes(world: World) -> None:
    dossier = bring(world, "correcting")
    error = refused_act(Invalid, world, Act.DECIDE_CORRECTION, dossier, approve=False, note=" ")
    assert codes(error) == [("required", "note")]
    done = perform(world, Act.DECIDE_CORRECTION, dossier, approve=False, note="Không có giấy tờ chứng minh")
    event = check_traces(done, act="decide_correction", verb="dossier.correction_decided", by=world.head)
    assert event["is_approved"] is False
    assert Dossier.objects.get(pk=done.pk).owner.name == "Nguyễn Thị Hoà"
    assert done.papers.count() == 1
    assert Correction.objects.get().is_approved is False


def test_who_decides(world: World) -> None:
    check_who(world, Act.DECIDE_CORRECTION, may=["head", "chair"])


def test_who_proposed_it_does_not_decide_it(world: World) -> None:
    """A small ward: one person takes in and leads. Two pairs of eyes look at what is put right all the same."""
    dossier = bring(world, "correcting")
    Correction.objects.update(proposed_by_id=world.head.account_id)
    error = refused_act(NotPermitted, world, Act.DECIDE_CORRECTION, dossier, by="head")
    assert codes(error) == [("own_correction", "")]
    assert "người duyệt phải là người khác" in error.problems[0].message
    assert Act.DECIDE_CORRECTION not in acts_open_to(world.head, dossier, AT)
    assert Work(world.head, AT).page(Box.CORRECTION).rows == []
    assert perform(world, Act.DECIDE_CORRECTION, dossier, by="chair").owner.name == "Nguyễn Thị Hậu"


def test_gate(world: World) -> None:
    check_gate(world, Act.DECIDE_CORRECTION, again=RuleBroken)


def test_nothing_to_decide(world: World) -> None:
    error = refused_act(RuleBroken, world, Act.DECIDE_CORRECTION, bring(world, "handling"))
    assert codes(error)[0] == ("no_correction", "")
    error = refused_act(RuleBroken, world, Act.DECIDE_CORRECTION, bring(world, "withdrawn", confirmed_duplicate=True))
    assert codes(error)[0] == ("wrong_status", "")


def test_it_waits_in_the_leaders_box(world: World) -> None:
    dossier = bring(world, "correcting")
    for actor in (world.head, world.chair):
        assert [one.pk for one in Work(actor, AT).page(Box.CORRECTION).rows] == [dossier.pk]
    perform(world, Act.DECIDE_CORRECTION, dossier)
    assert Work(world.head, AT).counts()[Box.CORRECTION] == 0
