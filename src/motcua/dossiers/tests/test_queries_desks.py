"""Which desk takes in the dossiers of an agency."""

from motcua.agencies.actions import create_unit
from motcua.agencies.models import Unit
from motcua.agencies.queries import unit
from motcua.dossiers.queries.desks import desk_of, desks_for
from motcua.dossiers.tests.world import LAID, SINCE, World
from motcua.identity.terms import SYSTEM


def _department(world: World, name: str, code: str) -> Unit:
    return create_unit(
        actor=SYSTEM,
        at=LAID,
        name=name,
        kind="department",
        valid_from=SINCE,
        parent_id=world.province.pk,
        agency_code=code,
    )


def test_a_commune_has_its_own_desk(world: World) -> None:
    found = desk_of(unit(world.ward.pk), on=SINCE)
    assert found is not None
    assert found.id == world.desk.pk


def test_a_department_has_the_centre_of_the_province_wherever_it_stands(world: World) -> None:
    office = _department(world, "Văn phòng UBND tỉnh", "H49.01")
    name = "Trung tâm PVHCC tỉnh"
    centre = create_unit(
        actor=SYSTEM, at=LAID, name=name, kind="centre", valid_from=SINCE, parent_id=office.pk, is_desk=True
    )
    department = _department(world, "Sở Tư pháp", "H49.02")
    found = desk_of(unit(department.pk), on=SINCE)
    assert found is not None
    assert found.id == centre.pk


def test_no_commune_lends_its_desk(world: World) -> None:
    department = _department(world, "Sở Tư pháp", "H49.02")
    assert desk_of(unit(department.pk), on=SINCE) is None
    assert desk_of(unit(world.other_ward.pk), on=SINCE) is None


def test_any_desk_of_the_province_may_take_in(world: World) -> None:
    assert [desk.id for desk in desks_for(unit(world.other_ward.pk), on=SINCE)] == [world.desk.pk]
