"""The buttons: for every stage and role exactly the acts that would not be refused."""

import pytest

from motcua.dossiers.access import acts_open_to, get_visible, get_visible_by_code, visible_to
from motcua.dossiers.actions.advance import advance
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.acts import known_acts
from motcua.dossiers.terms import TRANSITIONS, Act, Status
from motcua.dossiers.tests.checks import OUTSIDE, codes, outcome, refused
from motcua.dossiers.tests.stages import AT, STAGES, bring, everyone, perform
from motcua.dossiers.tests.world import World
from motcua.kernel.errors import NotFound, RuleBroken


@pytest.mark.parametrize("stage", STAGES)
def test_open_is_what_is_not_refused(world: World, stage: str) -> None:
    actors = everyone(world)
    dossier = bring(world, stage)
    for name, actor in actors.items():
        wanted = acts_open_to(actor, dossier, AT)
        if name in {*OUTSIDE, "overseer"}:
            assert wanted == ([Act.ANSWER_CONSULT] if (stage, name) == ("consulted", "stranger") else [])
            continue
        if name == "second_clerk":
            assert wanted == acts_open_to(actors["clerk"], dossier, AT)
            continue
        done = [
            act
            for act in known_acts()
            if outcome(lambda act=act, actor=actor: perform(world, act, dossier, by=actor)) == "done"
        ]
        assert done == wanted, name


def test_who_sees_it(world: World) -> None:
    actors = everyone(world)
    dossier = bring(world, "handling")
    seen = {name for name, actor in actors.items() if visible_to(actor).filter(pk=dossier.pk).exists()}
    assert seen == set(actors) - OUTSIDE
    for name, actor in actors.items():
        if name in seen:
            assert get_visible(actor, dossier.pk) == get_visible_by_code(actor, f" {dossier.code.lower()} ") == dossier
        else:
            with pytest.raises(NotFound):
                get_visible(actor, dossier.pk)
            with pytest.raises(NotFound):
                get_visible_by_code(actor, dossier.code)
    assert visible_to(actors["anonymous"]).count() == 0


def test_no_act_gets_past_the_table(world: World) -> None:
    dossier = bring(world, "submitted")
    error = refused(RuleBroken, lambda: advance(dossier, actor=world.clerk, act="x", at=AT, status=Status.DELIVERED))
    assert codes(error) == [("status_change", "")]


#: Domain facts 3.4, to the letter.
_LAW = {
    1: {2, 3, 5, 7}, 2: {4, 5, 6, 7, 8}, 3: set(), 4: {4, 5, 6, 7, 8, 9}, 5: {2, 4, 7, 8}, 6: {4, 7, 8},
    7: set(), 8: set(), 9: {10, 4}, 10: {9},
}  # fmt: skip


def test_the_table_of_transitions() -> None:
    assert {int(before): {int(after) for after in afters} for before, afters in TRANSITIONS.items()} == _LAW


@pytest.mark.parametrize("status", [status.value for status in Status])
def test_labels_are_those_of_the_national_portal(status: int) -> None:
    labels = (
        "Mới đăng ký", "Được tiếp nhận", "Không được tiếp nhận", "Đang xử lý", "Yêu cầu bổ sung giấy tờ",
        "Yêu cầu thực hiện nghĩa vụ tài chính", "Công dân yêu cầu rút hồ sơ", "Dừng xử lý", "Đã xử lý xong",
        "Đã trả kết quả",
    )  # fmt: skip
    assert Status(status).label == labels[status - 1]
    assert Dossier(status=status).is_open == (status not in {3, 7, 8, 10})
