"""Bàn giao công việc."""

import pytest

from motcua.dossiers.actions.hand_over_work import hand_over_work
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.checks import check_traces, refused, snapshot
from motcua.dossiers.tests.stages import AT, bring, everyone, role
from motcua.dossiers.tests.world import World, moment
from motcua.journal.models import OutboxEvent
from motcua.kernel.errors import NotPermitted


def _hand_over(world: World, by: str = "head", to: str | None = "second_specialist", **facts: object) -> int:
    said: dict[str, object] = {"unit_ids": None, "at": AT, **facts}
    said.setdefault("from_account_id", world.specialist.account_id)
    return hand_over_work(actor=role(world, by), to_account_id=role(world, to).account_id if to else None, **said)


def test_everything_open_goes_to_another(world: World) -> None:
    first, second = bring(world, "handling"), bring(world, "asked", confirmed_duplicate=True)
    ended = bring(world, "reviewing", confirmed_duplicate=True)
    assert _hand_over(world) == 2
    for dossier in (first, second):
        fresh = Dossier.objects.get(pk=dossier.pk)
        assert fresh.holder_id == world.second_specialist.account_id
        assert (fresh.status, fresh.step_key, fresh.step_due_at) == (dossier.status, "appraise", dossier.step_due_at)
    event = check_traces(
        Dossier.objects.get(pk=second.pk),
        act="hand_over",
        verb="dossier.work_handed_over",
        recorded="dossier.handed_over",
        by=world.head,
    )
    assert event["account_id"] == world.second_specialist.account_id
    assert Dossier.objects.get(pk=ended.pk).revision == ended.revision
    before = snapshot()
    assert _hand_over(world) == 0
    assert snapshot() == before


def test_back_to_the_unit(world: World) -> None:
    dossier = bring(world, "handling")
    events = OutboxEvent.objects.count()
    assert _hand_over(world, to=None) == 1
    assert Dossier.objects.get(pk=dossier.pk).holder_id is None
    assert OutboxEvent.objects.count() == events


def test_back_to_the_unit_when_the_other_may_not_work_there(world: World) -> None:
    dossier = bring(world, "handling")
    assert _hand_over(world, to="head") == 1
    assert Dossier.objects.get(pk=dossier.pk).holder_id is None


def test_only_in_these_units(world: World) -> None:
    dossier = bring(world, "handling")
    assert _hand_over(world, unit_ids=frozenset({world.desk.pk})) == 0
    assert _hand_over(world, unit_ids=frozenset({world.division.pk})) == 1
    assert Dossier.objects.get(pk=dossier.pk).holder_id == world.second_specialist.account_id


def test_to_oneself_is_nothing(world: World) -> None:
    bring(world, "handling")
    assert _hand_over(world, to="specialist") == 0


def test_the_moment_is_never_before_the_last_act(world: World) -> None:
    dossier = bring(world, "handling")
    assert _hand_over(world, at=moment(2, 7)) == 1
    assert Dossier.objects.get(pk=dossier.pk).last_act_at == dossier.last_act_at


@pytest.mark.parametrize("by", ["head", "chair", "admin", "system"])
def test_by_whoever_leads_or_administers(world: World, by: str) -> None:
    bring(world, "handling")
    assert _hand_over(world, by=by) == 1


def test_by_nobody_else(world: World) -> None:
    bring(world, "handling")
    others = set(everyone(world)) - {"head", "chair", "admin", "system"}
    for name in sorted(others):
        refused(NotPermitted, lambda name=name: _hand_over(world, by=name))


def test_not_when_one_of_them_is_another_units(world: World) -> None:
    bring(world, "received")
    assert all(actor.account_id for actor in (world.specialist, world.second_clerk, world.head))
    refused(NotPermitted, lambda: _hand_over(world, from_account_id=world.clerk.account_id, to="second_clerk"))
    assert _hand_over(world, by="chair", from_account_id=world.clerk.account_id, to="second_clerk") == 1
