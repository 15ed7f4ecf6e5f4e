"""Which desk takes in the dossiers of an agency."""

from motcua.agencies.actions import create_unit
from motcua.agencies.models import Unit
from motcua.agencies.queries import unit
from motcua.dossiers.queries.desks import desk_of, desks_for
from motcua.dossiers.tests.world import LAID, SINCE, World
from motcua.identity.terms import SYSTEM


def _below(world: World, name: str, kind: str, parent: Unit, *, is_desk: bool = False) -> Unit:
    return create_unit(
        actor=SYSTEM, at=LAID, name=name, kind=kind, valid_from=SINCE, parent_id=parent.pk, is_desk=is_desk
    )


def test_a_commune_has_its_own_desk(world: World) -> None:
    found = desk_of(unit(world.ward.pk), on=SINCE)
    assert found is not None
    assert found.id == world.desk.pk


def test_a_department_has_the_centre_of_the_province_wherever_it_stands(world: World) -> None:
    office = _below(world, "Văn phòng UBND tỉnh", "department", world.province)
    centre = _below(world, "Trung tâm PVHCC tỉnh", "centre", office, is_desk=True)
    department = _below(world, "Sở Tư pháp", "department", world.province)
    found = desk_of(unit(department.pk), on=SINCE)
    assert found is not None
    assert found.id == centre.pk


def test_no_commune_lends_its_desk(world: World) -> None:
    department = _below(world, "Sở Tư pháp", "department", world.province)
    assert desk_of(unit(department.pk), on=SINCE) is None
    assert desk_of(unit(world.other_ward.pk), on=SINCE) is None


def test_any_desk_of_the_province_may_take_in(world: World) -> None:
    assert [desk.id for desk in desks_for(unit(world.other_ward.pk), on=SINCE)] == [world.desk.pk]
