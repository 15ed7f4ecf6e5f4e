"""Đăng ký, thôi tiếp nhận thủ tục."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from motcua.agencies.models import Unit
from motcua.agencies.terms import Right
from motcua.identity.terms import ANONYMOUS, Actor
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import NotFound, NotPermitted, RuleBroken
from motcua.procedures.actions import create_draft_version, offer, stop_offering
from motcua.procedures.models import Offering, Procedure
from motcua.procedures.queries import offered_at

from .conftest import AT, Tree, definition, everything, officer

TODAY = date(2026, 3, 2)
CODE = "1.001193"
pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure(published: Callable[..., Procedure]) -> Procedure:
    return published()


def offered(actor: Actor, agency: Unit, handling: Unit, valid_from: date | None = None) -> Offering:
    return offer(
        actor=actor, code=CODE, agency_id=agency.pk, handling_unit_id=handling.pk, at=AT, valid_from=valid_from
    )


def test_an_agency_offers_a_procedure(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    offering = offered(admin, tree.commune, tree.division)
    assert (offering.valid_from, offering.valid_to) == (TODAY, None)
    event = OutboxEvent.objects.get(name="procedure.offered")
    assert event.payload["handling_unit_id"] == tree.division.pk
    assert Entry.objects.get(verb="procedure.offered").data["agency"] == "UBND xã Tân Hòa"


def test_the_same_again_writes_nothing(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    first = offered(admin, tree.commune, tree.division)
    before = everything()
    assert offered(admin, tree.commune, tree.division) == first
    assert everything() == before


def test_another_unit_takes_over(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    offered(admin, tree.commune, tree.division, date(2026, 1, 1))
    offered(admin, tree.commune, tree.commune)
    spans = [(o.handling_unit_id, o.valid_from, o.valid_to) for o in Offering.objects.order_by("valid_from")]
    assert spans == [(tree.division.pk, date(2026, 1, 1), TODAY), (tree.commune.pk, TODAY, None)]
    now = offered_at(procedure.pk, tree.commune.pk, AT)
    then = offered_at(procedure.pk, tree.commune.pk, AT - timedelta(days=1))
    assert now is not None
    assert then is not None
    assert (now.handling_unit_id, then.handling_unit_id) == (tree.commune.pk, tree.division.pk)


def test_on_the_same_day_the_unit_is_only_corrected(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    offered(admin, tree.commune, tree.division)
    offered(admin, tree.commune, tree.commune)
    assert [o.handling_unit_id for o in Offering.objects.all()] == [tree.commune.pk]


def test_one_that_begins_earlier_ends_where_the_later_begins(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    offered(admin, tree.commune, tree.division)
    earlier = offered(admin, tree.commune, tree.commune, date(2026, 1, 1))
    assert earlier.valid_to == TODAY


def test_every_problem_at_once(tree: Tree, admin: Actor) -> None:
    create_draft_version(actor=admin, definition=definition(), at=AT)
    before = everything()
    with pytest.raises(RuleBroken) as refusal:
        offered(admin, tree.division, tree.other, date(2025, 1, 1))
    assert [problem.code for problem in refusal.value.problems] == [
        "not_in_force",
        "not_an_agency",
        "agency_gone",
        "handled_elsewhere",
        "handling_unit_gone",
    ]
    assert everything() == before


def test_whose_right_it_is(procedure: Procedure, tree: Tree) -> None:
    before = everything()
    refused = [ANONYMOUS, officer(tree.other, Right.ADMIN), officer(tree.commune, Right.RECEIVE)]
    for actor in refused:
        with pytest.raises(NotPermitted):
            offered(actor, tree.commune, tree.division)
        with pytest.raises(NotPermitted):
            stop_offering(actor=actor, code=CODE, agency_id=tree.commune.pk, reason="Theo quyết định 5/QĐ", at=AT)
    assert everything() == before
    assert offered(officer(tree.commune, Right.ADMIN), tree.commune, tree.division).pk


def test_unknown_things(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    with pytest.raises(NotFound):
        offer(actor=admin, code="9.999999", agency_id=tree.commune.pk, handling_unit_id=tree.division.pk, at=AT)
    with pytest.raises(NotFound):
        offer(actor=admin, code=CODE, agency_id=0, handling_unit_id=tree.division.pk, at=AT)


def test_an_agency_stops_offering(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    offered(admin, tree.commune, tree.division, date(2026, 1, 1))
    stopped = stop_offering(actor=admin, code=CODE, agency_id=tree.commune.pk, reason="Theo quyết định 5/QĐ", at=AT)
    assert stopped.valid_to == TODAY
    assert offered_at(procedure.pk, tree.commune.pk, AT) is None
    assert Entry.objects.filter(verb="procedure.offering_stopped").count() == 1
    before = everything()
    with pytest.raises(RuleBroken):
        stop_offering(actor=admin, code=CODE, agency_id=tree.commune.pk, reason="Theo quyết định 5/QĐ", at=AT)
    assert everything() == before


def test_what_began_today_leaves_no_row(procedure: Procedure, tree: Tree, admin: Actor) -> None:
    offered(admin, tree.commune, tree.division)
    stop_offering(actor=admin, code=CODE, agency_id=tree.commune.pk, reason="Theo quyết định 5/QĐ", at=AT)
    assert not Offering.objects.exists()
