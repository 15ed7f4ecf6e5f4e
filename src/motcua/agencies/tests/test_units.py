"""Creating, renaming, moving and closing units."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from motcua.agencies import queries
from motcua.agencies.actions import assign_code, close, create_unit, move, rename
from motcua.agencies.models import Unit, UnitSuccession
from motcua.agencies.terms import UnitKind
from motcua.agencies.tests.world import AT, HOUSE, SINCE, TODAY, AdminOf, Small, traces, unit
from motcua.journal.models import OutboxEvent
from motcua.journal.queries import entries_about, verify_chain
from motcua.kernel.errors import Invalid, MotCuaError, NotFound, NotPermitted, RuleBroken

pytestmark = pytest.mark.django_db


def refused(act: Callable[[], Any], error: type[MotCuaError], *codes: str) -> None:
    before = traces()
    with pytest.raises(error) as refusal:
        act()
    assert tuple(problem.code for problem in refusal.value.problems) == codes
    assert traces() == before


def test_create_writes_path_agency_and_both_codes(small: Small) -> None:
    assert small.division.path == [small.province.pk, small.ward.pk, small.division.pk]
    assert small.division.agency_id == small.ward.pk
    assert small.department.agency_id == small.department.pk
    assert (small.department.agency_code, small.department.legacy_code) == ("H49.08", "000.00.08.H49")
    assert small.ward.legacy_code == ""
    assert [entry.verb for entry in entries_about(small.ward)] == ["unit.created"]
    assert OutboxEvent.objects.filter(name="agencies.unit_created").count() == 6


def test_create_takes_the_old_notation_and_makes_a_slug(small: Small) -> None:
    one = unit("Sở Y tế", UnitKind.DEPARTMENT, small.province, agency_code="000.00.09.H49", code_is_provisional=True)
    assert (one.slug, one.agency_code, one.code_is_provisional) == ("so-y-te", "H49.09", True)
    assert unit("Phòng Y", UnitKind.DIVISION, one).slug == "phong-y"
    assert unit("Phòng Y", UnitKind.DIVISION, small.ward).slug == "phong-y-2"


def test_create_with_predecessors(small: Small) -> None:
    heir = unit(
        "UBND phường Mới", UnitKind.COMMUNE, small.province, agency_code="H49.103", predecessor_ids=[small.ward.pk]
    )
    assert [one.id for one in queries.predecessors_of(heir.pk)] == [small.ward.pk]
    assert [one.id for one in queries.successors_of(small.ward.pk)] == [heir.pk]


def test_create_is_for_administrators_of_the_place(small: Small) -> None:
    def make(actor: Any, parent: Unit) -> Unit:
        return create_unit(actor=actor, at=AT, name="Phòng X", kind="division", valid_from=SINCE, parent_id=parent.pk)

    refused(lambda: make(AdminOf(), small.ward), NotPermitted, "not_administrator")
    refused(lambda: make(AdminOf((small.other.pk,)), small.ward), NotPermitted, "not_administrator")
    assert make(AdminOf((small.ward.pk,)), small.ward).parent_id == small.ward.pk
    assert make(AdminOf((small.province.pk,)), small.ward).parent_id == small.ward.pk


def test_create_refuses(small: Small) -> None:
    facts = {
        "actor": HOUSE,
        "at": AT,
        "name": "Sở Z",
        "kind": "department",
        "valid_from": SINCE,
        "parent_id": small.province.pk,
    }
    refused(lambda: create_unit(**facts, agency_code="H49.08"), RuleBroken, "agency_code_taken")
    refused(lambda: create_unit(**facts, agency_code="H49.09", slug="so-tu-phap"), Invalid, "slug_taken")
    refused(lambda: create_unit(**facts, agency_code="H49.09", territory_code="99"), Invalid, "territory_unknown")
    refused(lambda: create_unit(**facts, agency_code="H49.09", predecessor_ids=[0]), NotFound, "unit_unknown")
    refused(lambda: create_unit(**(facts | {"parent_id": 0}), agency_code="H49.09"), NotFound, "unit_unknown")


def test_a_root_needs_the_installation(small: Small) -> None:
    facts: dict[str, Any] = {
        "at": AT,
        "name": "UBND tỉnh Khác",
        "kind": "province",
        "valid_from": SINCE,
        "agency_code": "H01",
    }
    refused(lambda: create_unit(actor=AdminOf((small.ward.pk,)), **facts), NotPermitted, "not_administrator")
    assert create_unit(actor=AdminOf((small.province.pk,)), **facts).parent is None


def test_the_database_keeps_one_carrier_a_code(small: Small) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=small.other.pk).update(agency_code="H49.101")


def test_rename_keeps_the_old_name_for_its_days(small: Small) -> None:
    rename(
        actor=AdminOf((small.ward.pk,)), unit_id=small.ward.pk, name="UBND phường Hòn Gai", on=date(2026, 1, 1), at=AT
    )
    assert queries.unit(small.ward.pk).name == "UBND phường Hòn Gai"
    assert queries.name_on(small.ward.pk, date(2025, 12, 31)) == "UBND phường Hồng Gai"
    assert queries.name_on(small.ward.pk, date(2026, 1, 1)) == "UBND phường Hòn Gai"
    assert entries_about(small.ward).last().data == {
        "from": "UBND phường Hồng Gai", "to": "UBND phường Hòn Gai", "on": "2026-01-01",
    }  # fmt: skip
    assert not verify_chain("agencies.unit", str(small.ward.pk))


def test_rename_refuses(small: Small) -> None:
    facts = {"unit_id": small.ward.pk, "name": "UBND phường X", "on": TODAY, "at": AT}
    refused(lambda: rename(actor=AdminOf(), **facts), NotPermitted, "not_administrator")
    refused(lambda: rename(actor=HOUSE, **(facts | {"name": " "})), Invalid, "required")
    refused(lambda: rename(actor=HOUSE, **(facts | {"name": small.ward.name})), RuleBroken, "same_name")
    refused(lambda: rename(actor=HOUSE, **(facts | {"on": date(2026, 3, 3)})), RuleBroken, "change_in_future")
    refused(lambda: rename(actor=HOUSE, **(facts | {"unit_id": 0})), NotFound, "unit_unknown")
    rename(actor=HOUSE, **facts)
    refused(lambda: rename(actor=HOUSE, **(facts | {"name": "Khác"})), RuleBroken, "change_before_last")


def test_move_takes_everything_below_along(small: Small) -> None:
    branch = unit("Chi nhánh số 1", UnitKind.BRANCH, small.desk, is_desk=True)
    moved = move(actor=HOUSE, unit_id=small.desk.pk, parent_id=small.other.pk, on=TODAY, at=AT)
    assert (moved.parent_id, moved.agency_id) == (small.other.pk, small.other.pk)
    below = queries.unit(branch.pk)
    assert below.path == (small.province.pk, small.other.pk, small.desk.pk, branch.pk)
    assert below.agency_id == small.other.pk
    assert branch.pk in queries.subtree_ids(small.other.pk)
    assert branch.pk not in queries.subtree_ids(small.ward.pk)
    assert small.desk.former_states.get().parent_id == small.ward.pk
    assert entries_about(small.desk).last().verb == "unit.moved"


def test_moving_an_agency_leaves_its_own_below_it(small: Small) -> None:
    move(actor=HOUSE, unit_id=small.department.pk, parent_id=_office(small).pk, on=TODAY, at=AT)
    assert queries.unit(small.department.pk).agency_id == small.department.pk


def _office(small: Small) -> Unit:
    return unit("Văn phòng UBND tỉnh", UnitKind.DEPARTMENT, small.province, agency_code="H49.01")


def test_move_refuses(small: Small) -> None:
    facts = {"unit_id": small.division.pk, "parent_id": small.other.pk, "on": TODAY, "at": AT}
    refused(lambda: move(actor=AdminOf((small.ward.pk,)), **facts), NotPermitted, "not_administrator")
    refused(lambda: move(actor=HOUSE, **(facts | {"parent_id": small.ward.pk})), RuleBroken, "move_nowhere")
    refused(lambda: move(actor=HOUSE, **(facts | {"parent_id": small.division.pk})), RuleBroken, "move_into_itself")
    move(actor=HOUSE, **facts)
    refused(lambda: move(actor=HOUSE, **facts), RuleBroken, "move_nowhere")


def test_close_hands_over_to_a_successor(small: Small) -> None:
    close(actor=HOUSE, unit_id=small.division.pk, successor_id=small.desk.pk, on=TODAY, at=AT)
    close(actor=HOUSE, unit_id=small.desk.pk, successor_id=None, on=date(2026, 3, 3), at=AT)
    assert not queries.unit(small.division.pk).holds_on(TODAY)
    assert UnitSuccession.objects.get().successor_id == small.desk.pk
    event = OutboxEvent.objects.filter(name="agencies.unit_closed").first()
    assert event is not None
    assert event.payload == {"unit_id": small.division.pk, "successor_id": small.desk.pk, "on": "2026-03-02"}


def test_close_refuses(small: Small) -> None:
    facts = {"unit_id": small.ward.pk, "successor_id": small.other.pk, "on": TODAY, "at": AT}
    refused(lambda: close(actor=HOUSE, **facts), RuleBroken, "children_in_force")
    division = facts | {"unit_id": small.division.pk}
    refused(lambda: close(actor=AdminOf((small.other.pk,)), **division), NotPermitted, "not_administrator")
    refused(lambda: close(actor=HOUSE, **(division | {"successor_id": 0})), NotFound, "unit_unknown")
    refused(lambda: close(actor=HOUSE, **(division | {"successor_id": small.division.pk})), RuleBroken, "own_successor")
    close(actor=HOUSE, **division)
    refused(lambda: close(actor=HOUSE, **division), RuleBroken, "unit_closed_already")


def test_assign_code_replaces_a_provisional_one(small: Small) -> None:
    one = assign_code(actor=HOUSE, unit_id=small.ward.pk, agency_code="000.00.61.H49", is_provisional=False, at=AT)
    assert (one.agency_code, one.legacy_code) == ("H49.61", "000.00.61.H49")
    found = queries.agency_by_code("h49.61", on=TODAY)
    assert found is not None
    assert found.id == small.ward.pk
    facts = {"unit_id": small.ward.pk, "is_provisional": False, "at": AT}
    refused(lambda: assign_code(actor=HOUSE, agency_code="H49.61", **facts), RuleBroken, "same_code")
    assert assign_code(actor=HOUSE, agency_code="H49.61", **(facts | {"is_provisional": True})).code_is_provisional
    refused(lambda: assign_code(actor=HOUSE, agency_code="H49.08", **facts), RuleBroken, "agency_code_taken")
    refused(lambda: assign_code(actor=HOUSE, agency_code="??", **facts), Invalid, "agency_code_format")
    refused(lambda: assign_code(actor=AdminOf(), agency_code="H49.62", **facts), NotPermitted, "not_administrator")
