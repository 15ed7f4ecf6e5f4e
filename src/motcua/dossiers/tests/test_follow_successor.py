"""Chuyển hồ sơ đến đơn vị kế thừa."""

from datetime import date, timedelta

from motcua.agencies.actions import close
from motcua.agencies.queries import ended_lately
from motcua.dossiers.actions.follow_successor import follow_successor
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.checks import check_traces
from motcua.dossiers.tests.stages import AT, bring
from motcua.dossiers.tests.world import World
from motcua.identity.terms import SYSTEM
from motcua.journal.actions.deliver import deliver_pending


def _close(world: World, on: date) -> None:
    close(actor=SYSTEM, unit_id=world.division.pk, on=on, successor_id=world.second_division.pk, at=AT)


def _deliver() -> None:
    while deliver_pending(at=AT):
        pass


def test_what_the_unit_had_goes_to_its_successor(world: World) -> None:
    held, coming = bring(world, "handling"), bring(world, "received", confirmed_duplicate=True)
    ended = bring(world, "withdrawn", confirmed_duplicate=True)
    again = {"unit_id": world.division.pk, "successor_id": world.second_division.pk, "at": AT}
    assert follow_successor(**again) == 2
    moved, waiting = Dossier.objects.get(pk=held.pk), Dossier.objects.get(pk=coming.pk)
    assert (moved.unit_id, moved.handling_unit_id, moved.holder_id) == (
        world.second_division.pk, world.second_division.pk, None,
    )  # fmt: skip
    check_traces(waiting, act="hand_over", verb="dossier.moved_to_successor", by=SYSTEM)
    assert (waiting.unit_id, waiting.handling_unit_id, waiting.holder_id) == (
        world.desk.pk, world.second_division.pk, world.clerk.account_id,
    )  # fmt: skip
    assert Dossier.objects.get(pk=ended.pk).handling_unit_id == world.division.pk
    assert follow_successor(**again) == 0


def test_on_the_day_the_unit_ends(world: World) -> None:
    dossier = bring(world, "handling")
    _close(world, AT.date())
    _deliver()
    assert Dossier.objects.get(pk=dossier.pk).unit_id == world.second_division.pk


def test_not_before_the_day(world: World) -> None:
    dossier = bring(world, "handling")
    day = AT.date() + timedelta(days=3)
    _close(world, day)
    _deliver()
    assert Dossier.objects.get(pk=dossier.pk).unit_id == world.division.pk
    assert ended_lately(AT.date()) == []
    assert ended_lately(day) == [(world.division.pk, world.second_division.pk)]
    assert ended_lately(day + timedelta(days=30)) == []
