"""The list of territories and units from Excel."""

from datetime import date

import pytest

from motcua.agencies import queries
from motcua.agencies.actions import import_units, load_territories
from motcua.agencies.models import Territory, Unit
from motcua.agencies.tests.test_rules import workbook
from motcua.agencies.tests.test_units import refused
from motcua.agencies.tests.world import AT, HOUSE, SINCE, TODAY, AdminOf, Small, traces
from motcua.kernel.errors import Invalid, NotPermitted

pytestmark = pytest.mark.django_db
HEADER = [
    "Tên đơn vị",
    "Loại đơn vị",
    "Trực thuộc",
    "Mã đơn vị",
    "Mã định danh",
    "Mã tạm",
    "Bộ phận Một cửa",
    "Từ ngày",
]


def test_territories_before_and_after() -> None:
    report = load_territories(actor=HOUSE, at=AT)
    assert (report.added, report.successions) == (63 + 696 + 10_035 + 23 + 3_321, 10_654)
    old, new = date(2025, 6, 30), SINCE
    assert (len(queries.provinces(on=old)), len(queries.provinces(on=new))) == (63, 34)
    assert (len(queries.communes_of("22", on=old)), len(queries.communes_of("22", on=new))) == (171, 54)
    ward = queries.territory_by_code("06685", on=new)
    assert ward is not None
    assert (ward.name, ward.parent.name) == ("Phường Hồng Gai", "Tỉnh Quảng Ninh")  # type: ignore[union-attr]
    before = queries.territory_by_code("00007", on=old)
    assert before is not None
    assert next((one.code, split) for one, split in queries.territory_successors(before)) == ("00008", True)
    assert queries.territory_by_code("193", on=new) is None

    traced = traces()
    Territory.objects.filter(code="06685", valid_from=new).update(name="Phường Hòn Gai")
    assert load_territories(actor=HOUSE, at=AT).changed == 1
    assert traces() != traced
    traced = traces()
    again = load_territories(actor=HOUSE, at=AT)
    assert (again.added, again.changed, again.successions) == (0, 0, 0)
    assert traces() == traced


def test_only_the_house_loads_territories(small: Small) -> None:
    refused(lambda: load_territories(actor=AdminOf((small.province.pk,)), at=AT), NotPermitted, "system_only")


def test_units_from_a_table(small: Small) -> None:
    content = workbook(
        [
            HEADER,
            ["Sở Y tế", "Sở, ban, ngành", "tinh-x", "so-y-te", "000.00.09.H49", "có", "", "01/09/2025"],
            ["Phòng Nghiệp vụ y", "division", "so-y-te", "", "", "", "", ""],
            [
                "Trung tâm PVHCC phường Bãi Cháy",
                "Trung tâm phục vụ hành chính công",
                "UBND phường Bãi Cháy",
                "",
                "",
                "",
                "x",
                "",
            ],
            ["Phòng X", "Phòng chuyên môn", "H49.101", "", "", "", "", ""],
        ]
    )
    Unit.objects.filter(pk=small.province.pk).update(slug="tinh-x")
    made = import_units(actor=AdminOf((small.province.pk,)), content=content, on=date(2025, 10, 1), at=AT)
    assert [(one.slug, one.parent.slug) for one in made] == [
        ("so-y-te", "tinh-x"),
        ("phong-nghiep-vu-y", "so-y-te"),
        ("trung-tam-pvhcc-phuong-bai-chay", "ubnd-phuong-bai-chay"),
        ("phong-x", "ubnd-phuong-hong-gai"),
    ]
    assert made[0].code_is_provisional
    assert made[0].valid_from == date(2025, 9, 1)
    assert made[1].valid_from == date(2025, 10, 1)
    assert made[2].is_desk


def test_every_problem_of_every_row_and_nothing_done(small: Small) -> None:
    content = workbook(
        [
            HEADER,
            ["Phòng Tốt", "division", "ubnd-phuong-hong-gai", "", "", "", "", ""],
            ["", "vụ", "không có", "", "?!", "", "", "32/13/2025"],
            ["Phòng Z", "division", "ubnd-phuong-hong-gai", "Slug Sai", "", "", "có", ""],
        ]
    )
    count = Unit.objects.count()
    before = traces()
    with pytest.raises(Invalid) as refusal:
        import_units(actor=HOUSE, content=content, on=TODAY, at=AT)
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [
        ("day_format", "row.3.valid_from"),
        ("unit_kind", "row.3.kind"),
        ("parent_unknown", "row.3.parent"),
        ("agency_code_format", "row.3.agency_code"),
        ("slug_format", "row.4.slug"),
        ("desk_kind", "row.4.is_desk"),
    ]
    assert refusal.value.problems[0].message.startswith("Dòng 3: ")
    assert (Unit.objects.count(), traces()) == (count, before)


def test_import_is_for_administrators(small: Small) -> None:
    content = workbook([HEADER, ["Phòng A", "division", "ubnd-phuong-hong-gai", "", "", "", "", ""]])
    with pytest.raises(Invalid) as refusal:
        import_units(actor=AdminOf((small.other.pk,)), content=content, on=TODAY, at=AT)
    assert [problem.code for problem in refusal.value.problems] == ["not_administrator"]
