"""What holds on a day, and where."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from motcua.identity.terms import SYSTEM, Actor
from motcua.kernel.errors import NotFound
from motcua.procedures import queries
from motcua.procedures.actions import create_draft_version, import_definition, offer
from motcua.procedures.models import Procedure

from .conftest import AT, Tree, definition

NEXT_YEAR = date(2027, 3, 1)


def test_the_version_of_the_day(published: Callable[..., Procedure]) -> None:
    procedure = published()
    new = definition(name="Khai sinh theo luật mới")
    import_definition(actor=SYSTEM, definition=new, at=AT, valid_from=NEXT_YEAR)
    assert queries.current_version(procedure.code, AT).number == 1
    assert queries.current_version(procedure.code, AT.replace(year=2027)).content.name == "Khai sinh theo luật mới"
    assert [version.number for version in queries.versions_of(procedure.pk)] == [2, 1]
    assert [row.name for row in queries.search(at=AT).rows] == ["Đăng ký khai sinh"]
    assert [row.name for row in queries.search(at=AT.replace(year=2027)).rows] == ["Khai sinh theo luật mới"]


def test_the_day_is_that_of_vietnam(published: Callable[..., Procedure]) -> None:
    procedure = published()
    import_definition(actor=SYSTEM, definition=definition(summary="Mới."), at=AT, valid_from=NEXT_YEAR)
    before_midnight = AT.replace(year=2027, month=2, day=28, hour=23, minute=59)
    assert queries.current_version(procedure.code, before_midnight).number == 1
    assert queries.current_version(procedure.code, before_midnight + timedelta(minutes=1)).number == 2


@pytest.mark.django_db
def test_drafts_and_the_unknown_are_not_found(admin: Actor) -> None:
    create_draft_version(actor=admin, definition=definition(), at=AT)
    for code in ("1.001193", "9.999999"):
        with pytest.raises(NotFound):
            queries.current_version(code, AT)
    assert queries.search(at=AT).rows == []
    with pytest.raises(NotFound):
        queries.version(404)
    assert queries.procedure_by_code("9.999999") is None


def test_where_it_is_offered(published: Callable[..., Procedure], tree: Tree, admin: Actor) -> None:
    procedure = published()
    other = published(code="1.000656", name="Đăng ký khai tử")
    for agency, handling in ((tree.commune, tree.division), (tree.other, tree.other)):
        offer(actor=admin, code=procedure.code, agency_id=agency.pk, handling_unit_id=handling.pk, at=AT)
    found = queries.offerings_of(procedure.pk, AT)
    assert [(o.agency.name, o.handling_unit.name) for o in found] == [
        ("UBND xã Phú Lộc", "UBND xã Phú Lộc"),
        ("UBND xã Tân Hòa", "Phòng Văn hóa – Xã hội"),
    ]
    assert queries.offerings_of(procedure.pk, AT - timedelta(days=1)) == []
    assert queries.offered_at(procedure.pk, tree.province.pk, AT) is None
    assert [row.code for row in queries.procedures_of_agency(tree.commune.pk, AT)] == [procedure.code]
    assert [row.code for row in queries.search(at=AT, agency_id=tree.commune.pk).rows] == [procedure.code]
    assert queries.domains(AT, agency_id=tree.province.pk) == []
    assert queries.procedure_by_code(other.code) == other
    version = queries.version(queries.current_version(other.code, AT).pk)
    assert version.content.name == "Đăng ký khai tử"


def test_fields_with_their_numbers(published: Callable[..., Procedure]) -> None:
    published()
    published(code="1.000656", name="Đăng ký khai tử")
    published(code="1.002010", name="Mở văn phòng luật sư", level="province", domain={"code": "LS", "name": "Luật sư"})
    rows = [(row.code, row.name, row.procedures) for row in queries.domains(AT)]
    assert rows == [("HT", "Hộ tịch", 2), ("LS", "Luật sư", 1)]
    assert [row.code for row in queries.domains(AT, level="province")] == ["LS"]


def test_few_queries_however_many_rows(
    published: Callable[..., Procedure], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        published(code=f"1.00000{number:02d}"[:8] if number > 9 else f"1.00000{number}", name=f"Đăng ký số {number}")
    with django_assert_num_queries(1):
        assert len(queries.search(at=AT).rows) > 9
    with django_assert_num_queries(1):
        assert queries.search("đăng ký", at=AT).rows
    with django_assert_num_queries(4):
        queries.search("không có đâu", at=AT)
    with django_assert_num_queries(1):
        queries.domains(AT)
    with django_assert_num_queries(1):
        queries.current_version("1.000001", AT).procedure.domain.name  # noqa: B018 - the read is what is counted


def test_what_shows_in_a_log(published: Callable[..., Procedure], tree: Tree, admin: Actor) -> None:
    procedure = published()
    offering = offer(
        actor=admin, code=procedure.code, agency_id=tree.commune.pk, handling_unit_id=tree.division.pk, at=AT
    )
    assert str(procedure.domain) == "Hộ tịch"
    assert str(procedure) == "1.001193 Đăng ký khai sinh"
    assert str(procedure.versions.get()) == f"{procedure.pk} v1"
    assert str(offering) == f"{procedure.pk} @ {tree.commune.pk}"
