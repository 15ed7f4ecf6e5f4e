"""Many dossiers at one press: each its own act; what differs is said; pressing again does nothing twice."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers.actions.appraise import appraise_dossier
from motcua.dossiers.actions.approve import approve_dossier
from motcua.dossiers.actions.correct import correct_dossier
from motcua.dossiers.actions.open_batch import Chosen, open_batch
from motcua.dossiers.actions.send_back import send_back_dossier
from motcua.dossiers.actions.work_batch import work_batch
from motcua.dossiers.jobs import finish_batch
from motcua.dossiers.models import Batch, BatchItem, Dossier, DossierComponent, IssuedPaper
from motcua.dossiers.queries.batches import open_batches, outcome_of, review
from motcua.dossiers.terms import Act, Collector, Status
from motcua.dossiers.tests.checks import refused
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World, moment
from motcua.identity.terms import Actor
from motcua.journal.models import Entry, OutboxEvent
from motcua.journal.queries import verify_chain
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

#: Queries for one approval in a batch: the item's lock and save, two savepoints, the act itself.
CEILING_OF_APPROVAL = 30


def several(world: World, stage: str, count: int) -> list[Dossier]:
    """Return that many dossiers at the same stage."""
    return [bring(world, stage, confirmed_duplicate=True) for _ in range(count)]


def chosen(dossiers: list[Dossier], **facts: object) -> list[Chosen]:
    return [Chosen(one.pk, one.revision, facts) for one in dossiers]


def press(actor: Actor, act: Act, items: list[Chosen], key: str = "k1", **facts: object) -> Batch:
    batch = open_batch(actor=actor, act=act, items=items, at=AT, key=key, facts=facts)
    return work_batch(actor=actor, batch_id=batch.pk, at=AT)


def states(batch: Batch) -> list[str]:
    return list(batch.items.order_by("position").values_list("state", flat=True))


def test_every_dossier_is_an_act_of_its_own(world: World) -> None:
    found = several(world, "deciding", 3)
    batch = press(world.chair, Act.APPROVE, chosen(found, draft_number=1), note="Đồng ý")
    assert batch.finished_at == AT
    assert states(batch) == ["done"] * 3
    for one in found:
        stored = Dossier.objects.get(pk=one.pk)
        last = stored.moves.latest("number")
        assert (stored.status, last.act, last.note, last.actor_id) == (
            Status.FINISHED, Act.APPROVE, "Đồng ý", world.chair.account_id,
        )  # fmt: skip
        assert verify_chain("dossiers.dossier", str(one.pk)) == []
    assert OutboxEvent.objects.filter(name="dossier.approved").count() == 3
    opened = Entry.objects.get(verb="batch.opened")
    assert opened.data == {"act": "approve", "count": 3}


def test_a_failing_one_stops_no_other_and_says_why(world: World) -> None:
    first, second, third = several(world, "deciding", 3)
    items = chosen([first, second, third], draft_number=1)
    send_back_dossier(actor=world.chair, dossier_id=second.pk, at=AT - timedelta(minutes=5), reason="Sai tên mẹ")
    batch = press(world.chair, Act.APPROVE, items)
    assert states(batch) == ["done", "refused", "done"]
    said = batch.items.get(dossier=second).said
    assert "Trả lại bước trước" in said
    assert world.chair.name in said
    assert Dossier.objects.get(pk=second.pk).status == Status.PROCESSING


def test_a_draft_that_was_not_read_is_not_approved(world: World) -> None:
    (one,) = several(world, "deciding", 1)
    send_back_dossier(actor=world.chair, dossier_id=one.pk, at=AT - timedelta(hours=1), reason="Sai tên mẹ")
    facts = {"opinion": "Đã sửa", "text": "Dự thảo 2"}
    appraise_dossier(
        actor=world.specialist, dossier_id=one.pk, at=AT - timedelta(minutes=50), to_step="review", **facts
    )
    now = Dossier.objects.get(pk=one.pk)
    Dossier.objects.filter(pk=one.pk).update(step_key="approve", unit_id=world.ward.pk)
    batch = press(world.chair, Act.APPROVE, [Chosen(one.pk, now.revision, {"draft_number": 1})])
    assert states(batch) == ["refused"]
    assert "phiên bản mới hơn" in batch.items.get().said


def test_pressing_again_is_the_same_batch(world: World) -> None:
    found = several(world, "deciding", 2)
    items = chosen(found, draft_number=1)
    first = press(world.chair, Act.APPROVE, items)
    again = press(world.chair, Act.APPROVE, items)
    assert again.pk == first.pk
    assert Batch.objects.count() == 1
    assert OutboxEvent.objects.filter(name="dossier.approved").count() == 2
    refused(Conflict, lambda: open_batch(actor=world.chair, act=Act.APPROVE, items=items[:1], at=AT, key="k1"))


def test_a_batch_that_was_cut_off_is_finished_by_the_worker(world: World) -> None:
    found = several(world, "deciding", 3)
    batch = open_batch(actor=world.chair, act=Act.APPROVE, items=chosen(found, draft_number=1), at=AT, key="k1")
    work_batch(actor=world.chair, batch_id=batch.pk, at=AT, seconds=0)
    assert states(batch) == ["waiting"] * 3
    (left,) = open_batches(world.chair)
    assert (left.pk, getattr(left, "left", None)) == (batch.pk, 3)
    finish_batch(batch.pk)
    assert states(batch) == ["done"] * 3
    finish_batch(batch.pk)
    assert open_batches(world.chair) == []
    assert OutboxEvent.objects.filter(name="dossier.approved").count() == 3


def test_what_breaks_unforeseen_waits_and_stops_no_other(world: World) -> None:
    found = several(world, "deciding", 2)
    items = [Chosen(found[0].pk, found[0].revision, {}), *chosen(found[1:], draft_number=1)]
    batch = press(world.chair, Act.APPROVE, items)  # the first lacks the number of its draft
    assert states(batch) == ["waiting", "done"]
    assert batch.finished_at is None


@pytest.mark.parametrize(
    ("act", "stage", "by", "facts", "status"),
    [
        (Act.RECEIVE, "submitted", "clerk", {}, Status.RECEIVED),
        (Act.RECEIVE, "submitted", "clerk", {"then": "forward"}, Status.PROCESSING),
        (Act.FORWARD, "received", "clerk", {"note": "Kính chuyển"}, Status.PROCESSING),
        (Act.ASSIGN, "assigning", "head", {"to": "@specialist"}, Status.PROCESSING),
        (Act.DELIVER, "delivering", "clerk", {"collector": Collector.OWNER, "signed_by_hand": True}, Status.DELIVERED),
    ],
)
def test_every_act_of_batches(
    world: World, act: Act, stage: str, by: str, facts: dict[str, object], status: Status
) -> None:
    said = {name: world.specialist.account_id if value == "@specialist" else value for name, value in facts.items()}
    found = several(world, stage, 1 if stage == "delivering" else 2)
    batch = press(getattr(world, by), act, chosen(found), **said)
    assert set(states(batch)) == {"done"}
    assert {Dossier.objects.get(pk=one.pk).status for one in found} == {status}
    if act == Act.RECEIVE:
        assert IssuedPaper.objects.filter(form="receipt").count() == 2


def test_results_are_numbered_one_by_one(world: World) -> None:
    first, second = several(world, "sealing", 2)
    items = [Chosen(first.pk, first.revision, {"number": "21"}), Chosen(second.pk, second.revision, {"number": "21"})]
    batch = press(world.sealer, Act.SEAL, items, symbol="GKS")
    assert states(batch) == ["done", "refused"]
    assert f"Số này đã cấp trong năm 2026 cho kết quả của hồ sơ {first.code}" in batch.items.get(dossier=second).said


def test_who_may_open_and_work_a_batch(world: World) -> None:
    found = several(world, "deciding", 2)
    items = chosen(found, draft_number=1)

    assert {one.kind for one in (world.stranger, world.chair, world.other_citizen)} == {"officer", "citizen"}

    def opening(actor: Actor, act: Act = Act.APPROVE, wanted: list[Chosen] = items) -> object:
        return open_batch(actor=actor, act=act, items=wanted, at=AT, key="k2")

    refused(NotFound, lambda: opening(world.stranger))
    refused(NotFound, lambda: opening(world.other_citizen))
    refused(Invalid, lambda: opening(world.chair, Act.REFUSE))
    refused(Invalid, lambda: opening(world.chair, wanted=[]))
    refused(Invalid, lambda: opening(world.chair, wanted=[Chosen(number, 1) for number in range(201)]))
    batch = press(world.chair, Act.APPROVE, items)
    refused(NotPermitted, lambda: work_batch(actor=world.head, batch_id=batch.pk, at=AT))
    refused(NotFound, lambda: outcome_of(world.head, batch.pk))
    third = bring(world, "deciding", confirmed_duplicate=True)
    by_head = press(world.head, Act.APPROVE, chosen([third], draft_number=1))
    assert states(by_head) == ["refused"]


def test_the_review_shows_first_what_differs(world: World) -> None:
    plain, negative, changed = several(world, "deciding", 3)
    away = bring(world, "handling", confirmed_duplicate=True)
    negative.drafts.update(is_negative=True)
    DossierComponent.objects.filter(dossier=negative).update(is_present=False)
    correct_dossier(
        actor=world.clerk, dossier_id=changed.pk, at=AT, changes={"owner.phone": "0911111111"}, reason="Ghi sai"
    )
    wanted: dict[int, int | None] = {one.pk: one.revision for one in (plain, negative, changed, away)}
    review(world.chair, Act.APPROVE, wanted, at=AT)
    with CaptureQueriesContext(connection) as queries:
        found = review(world.chair, Act.APPROVE, wanted | {0: None}, at=AT)
    assert len(queries) <= 9, [one["sql"][:150] for one in queries]
    assert [row.dossier.pk for row in found.plain] == [plain.pk]
    assert {row.dossier.pk: [one.code for one in row.differs] for row in found.differing} == {
        negative.pk: ["negative", "missing_paper"],
        changed.pk: ["changed"],
    }
    assert [row.dossier.pk for row in found.refused] == [away.pk]
    assert found.unknown == 1
    assert found.plain[0].draft is not None


def test_lateness_is_a_difference(world: World) -> None:
    (one,) = several(world, "deciding", 1)
    Dossier.objects.filter(pk=one.pk).update(due_at=moment(3, 9), supplement_count=2)
    (row,) = review(world.chair, Act.APPROVE, {one.pk: None}, at=AT).differing
    assert row.differs[0].message == "Quá hạn 1 ngày."
    assert [problem.code for problem in row.differs] == ["late", "twice"]


def test_queries_per_dossier_stay_below_their_ceiling(world: World) -> None:
    found = several(world, "deciding", 6)
    batch = open_batch(actor=world.chair, act=Act.APPROVE, items=chosen(found, draft_number=1), at=AT, key="k1")
    with CaptureQueriesContext(connection) as queries:
        work_batch(actor=world.chair, batch_id=batch.pk, at=AT)
    assert set(states(batch)) == {"done"}
    assert len(queries) / 6 <= CEILING_OF_APPROVAL, len(queries)


def test_an_item_belongs_to_one_state(world: World) -> None:
    found = several(world, "deciding", 1)
    batch = press(world.chair, Act.APPROVE, chosen(found, draft_number=1))
    item = BatchItem.objects.get(batch=batch)
    assert (item.state, item.settled_at, item.said) == ("done", AT, "")
    outcome = outcome_of(world.chair, batch.pk)
    assert (outcome.done, outcome.refused, outcome.waiting, outcome.settled, outcome.total) == (1, 0, 0, 1, 1)
    approve = {"actor": world.chair, "dossier_id": found[0].pk, "at": AT + timedelta(minutes=1), "draft_number": 1}
    refused(Conflict, lambda: approve_dossier(**approve))
