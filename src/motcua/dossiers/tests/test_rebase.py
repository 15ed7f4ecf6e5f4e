"""Chuyển hồ sơ sang phiên bản thủ tục mới."""

from datetime import date
from typing import Any

import pytest

from motcua.agencies.terms import Right
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers.actions.rebase import Preview, preview_rebase
from motcua.dossiers.actions.rebase_many import newest_version, rebase_many
from motcua.dossiers.actions.recompute_due import recompute_due
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.behind import counts_behind
from motcua.dossiers.rules.rebasing import Standing, case_problems
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.checks import check_gate, check_traces, check_who, codes, refused, refused_act
from motcua.dossiers.tests.stages import AT, bring, outdated, perform, renewed
from motcua.dossiers.tests.world import STEPS, World, definition, moment
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, RuleBroken

SHORTER = [
    {
        "key": "default",
        "name": "Thông thường",
        "terms": {"any": {"amount": 2, "unit": "working_day"}},
        "fees": [{"name": "Lệ phí", "kind": "charge", "amount": 0}],
    }
]


def _steps(**by_key: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The usual steps, some changed, some gone (None)."""
    changed = [{**step, **(by_key.get(step["key"], {}) or {})} for step in STEPS]
    return [step for step, one in zip(changed, STEPS, strict=True) if by_key.get(one["key"], {}) is not None]


@pytest.fixture
def keeper(world: World) -> Actor:
    """Who keeps the catalogue of the province."""
    return world.officer("danh-muc", world.province, "Quản trị danh mục", Right.ADMIN)


def _texts(preview: Preview) -> list[str]:
    return [f"{one.part_name}: {one.text}" for one in preview.meanings]


def test_it_goes_on_under_the_newer_version(world: World) -> None:
    before = bring(world, "outdated")
    dossier = perform(world, Act.REBASE, before)
    event = check_traces(dossier, act="rebase", verb="dossier.rebased", by=world.head)
    assert (event["before"], event["number"], event["reason"]) == (1, 2, "Theo quyết định công bố mới")
    assert event["journal"]["steps"] == ["appraise", "appraise"]
    assert (dossier.version.number, dossier.definition.summary) == (2, "Đổi từ ngày 02/3/2026.")
    stays = ("status", "step_key", "unit_id", "holder_id", "due_at", "original_due_at", "step_due_at", "code")
    assert [getattr(dossier, name) for name in stays] == [getattr(before, name) for name in stays]
    assert Dossier.objects.get(pk=dossier.pk).definition == dossier.definition
    assert perform(world, Act.APPRAISE, dossier, at=moment(4, 11)).step_key == "review"


def test_who(world: World) -> None:
    check_who(world, Act.REBASE, may=["head", "chair", "system"])


def test_gate(world: World) -> None:
    check_gate(world, Act.REBASE, again=RuleBroken)


@pytest.mark.parametrize("stage", ["sealing", "delivering", "delivered", "withdrawn", "stopped"])
def test_only_until_the_result_is_decided(world: World, stage: str) -> None:
    dossier = outdated(world, stage)
    assert codes(refused_act(RuleBroken, world, Act.REBASE, dossier))[0] == ("wrong_status", "")


def test_only_when_a_newer_one_holds(world: World) -> None:
    dossier = bring(world, "handling")
    assert codes(refused_act(RuleBroken, world, Act.REBASE, dossier))[0] == ("no_newer_version", "")
    renewed(definition(summary="Mới"), valid_from=date(2026, 3, 3))
    early = refused_act(RuleBroken, world, Act.REBASE, dossier, at=moment(2, 23))
    assert codes(early)[0] == ("no_newer_version", "")
    with pytest.raises(RuleBroken):
        preview_rebase(world.head, dossier.pk, dossier.version_id, at=AT)
    with pytest.raises(NotFound):
        preview_rebase(world.stranger, dossier.pk, at=AT)


def test_a_reason(world: World) -> None:
    assert codes(refused_act(Invalid, world, Act.REBASE, bring(world, "outdated"), reason=" ")) == [
        ("required", "reason")
    ]


def test_the_promise_is_kept_whatever_the_new_term_says(world: World) -> None:
    dossier = bring(world, "handling")
    renewed(definition(cases=SHORTER))
    preview = preview_rebase(world.head, dossier.pk, at=AT)
    assert _texts(preview) == [
        "Bước đang ở: Hồ sơ tiếp tục ở bước «Thẩm định».",
        "Thời hạn: 3 ngày làm việc → 2 ngày làm việc; ngày hẹn trả đã ghi cho người nộp được giữ nguyên.",
        "Phí, lệ phí: Lệ phí: 8.000 đồng → 0 đồng; khoản đã tính không tự đổi.",
    ]
    assert [one.asks for one in preview.meanings] == [False, False, True]
    due = dossier.due_at
    done = perform(world, Act.REBASE, dossier)
    assert done.due_at == due
    assert not recompute_due(dossier_id=done.pk, at=moment(4, 15), cause="thử")
    assert Dossier.objects.get(pk=done.pk).due_at == due


def test_before_receipt_the_new_term_and_fees_apply(world: World) -> None:
    dossier = bring(world, "submitted")
    renewed(definition(cases=SHORTER))
    assert [one.text.rpartition("; ")[2] for one in preview_rebase(world.head, dossier.pk, at=AT).meanings[1:]] == [
        "áp dụng khi tiếp nhận.", "áp dụng khi tiếp nhận.",
    ]  # fmt: skip
    done = perform(world, Act.REBASE, dossier)
    received = perform(world, Act.RECEIVE, done, at=moment(4, 11))
    assert received.due_at is not None
    assert received.due_at.astimezone(VIET_NAM).date() == date(2026, 3, 6)


def test_papers_that_are_asked_for_besides_are_listed(world: World) -> None:
    dossier = bring(world, "handling")
    extra = {"key": "giay-chung-sinh", "name": "Giấy chứng sinh", "originals": 1}
    renewed(definition(components=[extra]))
    texts = _texts(preview_rebase(world.head, dossier.pk, at=AT))
    assert "Giấy tờ: Cần thêm giấy tờ: Giấy chứng sinh." in texts
    assert "Giấy tờ: 1 giấy tờ đã nộp không còn bắt buộc; vẫn giữ trong hồ sơ." in texts
    done = perform(world, Act.REBASE, dossier)
    rows = done.components.order_by("position").values_list("key", "is_present")
    assert list(rows) == [("to-khai", True), ("giay-chung-sinh", False)]


class TestSteps:
    def test_a_step_that_is_gone_is_chosen(self, world: World) -> None:
        dossier = bring(world, "assigning")
        steps = _steps(assign=None, receive={"forward": ["appraise"]}, appraise={"back": ["receive"]})
        renewed(definition(steps=steps))
        preview = preview_rebase(world.head, dossier.pk, at=AT)
        assert (preview.step, [one.key for one in preview.steps]) == (None, ["review"])
        assert [one.code for one in preview.problems] == ["step_unmapped"]
        assert codes(refused_act(RuleBroken, world, Act.REBASE, dossier)) == [("step_unmapped", "to_step")]
        wrong = refused_act(RuleBroken, world, Act.REBASE, dossier, to_step="appraise")
        assert codes(wrong) == [("step_impossible", "to_step")]
        done = perform(world, Act.REBASE, dossier, to_step="review")
        assert (done.step_key, done.unit_id, done.step.name) == ("review", dossier.unit_id, "Soát xét")

    def test_a_step_of_another_right_under_the_same_key_is_another_step(self, world: World) -> None:
        dossier = bring(world, "reviewing")
        renewed(definition(steps=_steps(review={"right": "handle"})))
        assert codes(refused_act(RuleBroken, world, Act.REBASE, dossier)) == [("step_unmapped", "to_step")]
        done = perform(world, Act.REBASE, dossier, to_step="assign")
        assert (done.step_key, done.unit_id) == ("assign", world.division.pk)

    def test_no_step_of_that_right_at_all(self, world: World) -> None:
        dossier = bring(world, "deciding")
        steps = _steps(approve=None, review={"right": "lead_division", "forward": ["seal"]})
        renewed(definition(steps=steps))
        assert codes(refused_act(RuleBroken, world, Act.REBASE, dossier)) == [("step_gone", "to_step")]


def test_a_case_that_is_gone(world: World) -> None:
    dossier = bring(world, "handling")
    renewed(definition(cases=[{**SHORTER[0], "key": "other"}]))
    error = refused_act(RuleBroken, world, Act.REBASE, dossier)
    assert codes(error) == [("case_gone", "version")]
    assert preview_rebase(world.head, dossier.pk, at=AT).meanings == ()


def test_a_case_without_a_term_for_this_channel() -> None:
    new = definition(cases=[{**SHORTER[0], "terms": {"post": {"amount": 2, "unit": "day"}}}])
    standing = Standing("default", "online", new.steps[0], is_received=False)
    assert [one.code for one in case_problems(new, standing)] == ["no_term"]


def test_the_catalogue_moves_one_of_many(world: World, keeper: Actor) -> None:
    dossier = bring(world, "outdated")
    finished = bring(world, "sealing", confirmed_duplicate=True)
    facts = {"code": dossier.definition.code, "reason": "Nghị định mới", "at": AT}
    assert counts_behind(newest_version(dossier.definition.code, AT)) == [(1, 1)]
    (done,) = rebase_many(actor=keeper, **facts)
    assert (done.code, done.problems) == (dossier.code, ())
    moved = Dossier.objects.get(pk=dossier.pk)
    check_traces(moved, act="rebase", verb="dossier.rebased", by=keeper)
    assert rebase_many(actor=keeper, **facts) == []
    assert Dossier.objects.get(pk=finished.pk).version_id == finished.version_id


def test_what_needs_a_choice_stays_and_says_why(world: World, keeper: Actor) -> None:
    dossier = bring(world, "assigning")
    other = bring(world, "handling", confirmed_duplicate=True)
    renewed(definition(steps=_steps(assign=None, receive={"forward": ["appraise"]}, appraise={"back": ["receive"]})))
    facts = {"code": dossier.definition.code, "reason": "Nghị định mới", "at": AT}
    found = rebase_many(actor=keeper, **facts)
    assert [(one.dossier_id, [problem.code for problem in one.problems]) for one in found] == [
        (dossier.pk, ["step_unmapped"]), (other.pk, []),
    ]  # fmt: skip
    assert rebase_many(actor=keeper, after=dossier.pk, **facts) == []
    assert Dossier.objects.get(pk=dossier.pk).version.number == 1


def test_only_whoever_keeps_the_catalogue(world: World, keeper: Actor) -> None:
    bring(world, "outdated")
    facts = {"code": world.definition.code, "at": AT}
    chair = world.chair
    refused(NotPermitted, lambda: rebase_many(actor=chair, reason="Mới", **facts))
    refused(Invalid, lambda: rebase_many(actor=keeper, reason=" ", **facts))
    refused(NotFound, lambda: rebase_many(actor=keeper, code="1.999999", reason="Mới", at=AT))


def test_only_when_there_is_a_newer_version(world: World, keeper: Actor) -> None:
    bring(world, "handling")
    error = refused(RuleBroken, lambda: rebase_many(actor=keeper, code=world.definition.code, reason="Mới", at=AT))
    assert codes(error) == [("no_newer_version", "version")]


def test_everything_in_which_the_versions_differ(world: World) -> None:
    dossier = bring(world, "handling")
    renewed(definition(cases=SHORTER))
    parts = {part for part, _text in preview_rebase(world.head, dossier.pk, at=AT).differences}
    assert parts == {"Trường hợp, thời hạn, phí"}
