"""What waits for whom, in which order, page by page; what is found by whom."""

from datetime import timedelta

import pytest

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.assign import assign_dossier
from motcua.dossiers.actions.forward import forward_dossier
from motcua.dossiers.actions.request_supplement import request_supplement
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.finding import Due, Wanted, find
from motcua.dossiers.queries.pages import handlers_in, last_symbol, most_used_procedures, parts_of
from motcua.dossiers.queries.steps import StepKind, kind_of
from motcua.dossiers.queries.work import Box, Work
from motcua.dossiers.rules.application import PartyFacts
from motcua.dossiers.rules.reasons import Ground
from motcua.dossiers.terms import Status
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import SYSTEM, Actor
from motcua.kernel.errors import Invalid

NOON = moment(2, 12)


def boxes(actor: Actor, dossier: Dossier) -> set[str]:
    """Return the names of the boxes in which the actor finds the dossier."""
    mine = Work(actor, NOON)
    counts = mine.counts()
    found = {box for box in mine.boxes() if dossier.pk in {one.pk for one in mine.page(box).rows}}
    assert found == {box for box, count in counts.items() if count}
    return {box.name for box in found}


def test_the_dossier_moves_from_box_to_box(world: World) -> None:
    dossier = world.received(moment(2, 8))
    assert boxes(world.clerk, dossier) == {"ALL", "MINE", "FORWARD"}
    assert boxes(world.second_clerk, dossier) == {"ALL", "FORWARD"}
    assert boxes(world.head, dossier) == set()
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 8, 10))
    assert boxes(world.clerk, dossier) == set()
    assert boxes(world.head, dossier) == {"ALL", "ASSIGN"}
    to = world.specialist.account_id or 0
    assign_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 8, 20), to_account_id=to)
    assert boxes(world.specialist, dossier) == {"ALL", "MINE", "APPRAISE"}
    assert boxes(world.second_specialist, dossier) == set()
    assert boxes(world.head, dossier) == set()
    appraise_dossier(actor=world.specialist, dossier_id=dossier.pk, at=moment(2, 9), opinion="Đủ", text="Cấp")
    assert boxes(world.head, dossier) == {"ALL", "APPROVE"}
    assert boxes(world.chair, dossier) == set()
    forward_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 9, 10))
    assert boxes(world.chair, dossier) == {"ALL", "APPROVE"}
    approve_dossier(actor=world.chair, dossier_id=dossier.pk, at=moment(2, 9, 20), draft_number=1)
    assert boxes(world.sealer, dossier) == {"ALL", "SEAL"}
    assert boxes(world.stranger, dossier) == set()
    assert boxes(world.overseer, dossier) == set()


def test_what_waits_for_the_applicant_comes_last(world: World) -> None:
    asked = world.received(moment(2, 7, 30))
    request_supplement(actor=world.clerk, dossier_id=asked.pk, at=moment(2, 7, 40), grounds=[Ground("unsigned")])
    later = world.received(moment(2, 8), confirmed_duplicate=True)
    rows = Work(world.clerk, NOON).page(Box.ALL).rows
    assert [one.pk for one in rows] == [later.pk, asked.pk]
    assert Work(world.clerk, NOON).counts()[Box.SUPPLEMENT] == 1


def test_overdue_begins_the_day_after(world: World) -> None:
    dossier = world.received(moment(2, 8))
    assert dossier.due_at is not None
    for late, at in [(0, dossier.due_at + timedelta(hours=3)), (1, dossier.due_at + timedelta(days=1))]:
        assert Work(world.clerk, at).counts()[Box.OVERDUE] == late


def test_pages_go_on_where_they_ended(world: World) -> None:
    made = [world.received(moment(2, 8, number), confirmed_duplicate=True).pk for number in range(5)]
    seen: list[int] = []
    cursor = ""
    while True:
        page = Work(world.clerk, NOON).page(Box.ALL, cursor=cursor, limit=2)
        seen += [one.pk for one in page.rows]
        cursor = page.next_cursor
        if not cursor:
            break
    assert seen == made
    with pytest.raises(Invalid):
        Work(world.clerk, NOON).page(Box.ALL, cursor="xx")


def test_kinds_of_steps(world: World) -> None:
    content = world.definition
    kinds = [kind_of(content, step) for step in content.steps]
    assert kinds == [
        StepKind.INTAKE, StepKind.ASSIGN, StepKind.HANDLE, StepKind.REVIEW, StepKind.DECIDE, StepKind.SEAL,
        StepKind.DELIVER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["hoa", "nguyen thi hoa", "Nguyễn Thị Hoà", "0912345678", "0912 345 678", "022190001234", "H49.61-260302-0001"],
)
def test_found_by(world: World, text: str) -> None:
    dossier = world.received()
    assert [one.pk for one in find(world.clerk, Wanted(text), at=NOON).rows] == [dossier.pk]
    assert find(world.stranger, Wanted(text), at=NOON).rows == []


def test_narrowing(world: World) -> None:
    dossier = world.received()
    world.received(owner=PartyFacts("Lê Văn Tám", personal_id="022090005678", phone="0987654321"))
    assert len(find(world.clerk, Wanted(status=Status.RECEIVED), at=NOON).rows) == 2
    assert find(world.clerk, Wanted(status=Status.FINISHED), at=NOON).rows == []
    assert find(world.clerk, Wanted(unit_id=world.division.pk), at=NOON).rows == []
    assert dossier.due_at is not None
    for due, at in [(Due.LATER, NOON), (Due.TODAY, dossier.due_at), (Due.LATE, dossier.due_at + timedelta(days=1))]:
        for asked in Due:
            assert len(find(world.clerk, Wanted(due=asked), at=at).rows) == (2 if asked == due else 0)
    assert len(find(world.clerk, Wanted(due="la"), at=NOON).rows) == 2
    first = find(world.clerk, Wanted("h"), at=NOON, limit=1)
    assert Wanted().is_empty
    assert first.rows == []
    page = find(world.clerk, Wanted(status=Status.RECEIVED), at=NOON, limit=1)
    again = find(world.clerk, Wanted(status=Status.RECEIVED), at=NOON, limit=1, cursor=page.next_cursor)
    assert [one.pk for one in again.rows] == [dossier.pk]


def test_small_lists(world: World) -> None:
    dossier = world.received(moment(2, 8))
    assert most_used_procedures([world.desk.pk], at=NOON) == [("1.001193", "Đăng ký khai sinh")]
    assert most_used_procedures([world.desk.pk], at=NOON + timedelta(days=200)) == []
    forward_dossier(actor=world.clerk, dossier_id=dossier.pk, at=moment(2, 8, 10))
    to = world.specialist.account_id or 0
    assign_dossier(actor=world.head, dossier_id=dossier.pk, at=moment(2, 8, 20), to_account_id=to)
    assert [(one.id, one.load, one.late) for one in handlers_in(world.division.pk, at=NOON)] == [(to, 1, 0)]
    assert last_symbol(dossier) == ""
    parts = parts_of(dossier)
    assert [row.component.key for row in parts.components] == ["to-khai"]
    assert parts.result is None
    assert Work(SYSTEM, NOON).page(Box.ALL).rows == []
