"""Giao, nhận hồ sơ: read from the timeline."""

from datetime import timedelta

import pytest

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.handovers import given_rows, handovers_of, waiting_rows
from motcua.dossiers.rules.handovers import Punctual, punctual
from motcua.dossiers.terms import Act
from motcua.dossiers.tests.stages import AT, bring, perform
from motcua.dossiers.tests.world import World, moment


@pytest.mark.parametrize(
    ("done", "result"),
    [
        (moment(4, 8), Punctual.EARLY),
        (moment(5, 7), Punctual.ON_TIME),
        (moment(5, 10), Punctual.ON_TIME),
        (moment(5, 10, 1), Punctual.LATE),
    ],
)
def test_in_time_or_not(done: object, result: Punctual) -> None:
    assert punctual(done, moment(5, 10)) == result  # type: ignore[arg-type]
    assert punctual(done, None) == Punctual.UNTIMED  # type: ignore[arg-type]


def test_every_pair_of_a_whole_life(world: World) -> None:
    dossier = bring(world, "delivering")
    rows = handovers_of(dossier)
    assert [(row.act, row.from_unit, row.to_unit) for row in rows] == [
        ("forward", world.desk.name, world.division.name),
        ("forward", world.division.name, world.ward.name),
        ("seal", world.ward.name, world.desk.name),
    ]
    first, second, last = rows
    assert (first.given_at, first.given_by, first.taken_at, first.taken_by) == (
        moment(2, 10), world.clerk.name, moment(2, 11), world.head.name,
    )  # fmt: skip
    assert (first.step, first.step_due_at, first.result) == ("Tiếp nhận", moment(2, 15, 15), Punctual.ON_TIME)
    assert (second.step, second.result, second.taken_by) == ("Soát xét", Punctual.UNTIMED, world.chair.name)
    assert (last.taken_at, last.taken_by) == (None, "")
    assert handovers_of(dossier, list(dossier.moves.order_by("number"))) == rows


def test_what_waits_to_be_taken_over(world: World) -> None:
    dossier = bring(world, "assigning")
    bring(world, "handling", confirmed_duplicate=True)
    bring(world, "received", confirmed_duplicate=True)
    (row,) = waiting_rows({world.division.pk, world.ward.pk})
    assert (row.dossier.pk, row.number, row.given_by) == (dossier.pk, dossier.revision, world.clerk.name)
    perform(world, Act.CORRECT, dossier, by="clerk")
    assert len(waiting_rows({world.division.pk})) == 1
    assert waiting_rows({world.desk.pk}) == []
    perform(world, Act.ASSIGN, dossier)
    assert waiting_rows({world.division.pk}) == []


def test_what_was_given_today(world: World) -> None:
    dossier = bring(world, "assigning")
    yesterday = [row.number for row in given_rows({world.desk.pk}, at=moment(2, 18))]
    assert yesterday == [dossier.revision]
    assert given_rows({world.desk.pk}, at=AT) == []
    assert given_rows({world.division.pk}, at=moment(2, 18)) == []
    assert given_rows({world.desk.pk}, at=moment(2, 10) - timedelta(seconds=1)) == []
    assert Dossier.objects.count() == 1
