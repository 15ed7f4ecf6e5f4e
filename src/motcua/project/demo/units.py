"""The units of the demo province: today's and, as history, those of the three-tier time."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from motcua.agencies.actions import close, create_unit, load_territories
from motcua.agencies.models import Territory, TerritorySuccession, Unit
from motcua.agencies.models.span import holds_on
from motcua.agencies.queries import COMMUNE_KINDS
from motcua.agencies.rules.slugs import slug_of
from motcua.agencies.terms import TWO_TIER_FROM, TerritoryKind, UnitKind
from motcua.identity.terms import SYSTEM

#: The ward in which the accounts of the README work.
MAIN_WARD = "phuong-hong-gai"
POST_OFFICE, TAX_OFFICE = "buu-dien-hong-gai", "thue-co-so-1"
#: The department whose accounts of the README work on the linked part of a land dossier, and its division.
LAND_OFFICE, LAND_DIVISION = "so-nong-nghiep-va-moi-truong", "so-nong-nghiep-va-moi-truong-dat-dai"
DIVISION_KEYS = ("pvhcc", "vanphong", "kinhte", "vhxh")
_FIRST_DEPARTMENT, _FIRST_COMMUNE, _FIRST_DISTRICT = 1, 101, 901

Report = Callable[[str], None]
UnitIds = dict[str, int]


@cache
def plan() -> Mapping[str, Any]:
    """What `units.yaml` says."""
    text = files("motcua.project.demo").joinpath("units.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def make_units(*, at: datetime, report: Report = lambda _line: None) -> UnitIds:
    """Make every unit that is not there yet; returns the ids of all by slug. A few seconds; may be run again."""
    if not Territory.objects.exists():
        load_territories(actor=SYSTEM, at=at)
    maker = _Maker(at)
    with transaction.atomic():
        province = maker.province()
        for number, facts in enumerate(plan()["departments"], start=_FIRST_DEPARTMENT):
            maker.department(province, f"H49.{number:02d}", facts)
    with transaction.atomic():
        for number, district in enumerate(_districts(), start=_FIRST_DISTRICT):
            maker.district(province, f"H49.{number}", district)
    with transaction.atomic():
        for number, commune in enumerate(_communes(), start=_FIRST_COMMUNE):
            maker.commune(province, f"H49.{number}", commune)
    with transaction.atomic():
        maker.post_and_tax(province)
    with transaction.atomic():
        for district in _districts():
            maker.close_district(district)
    report(f"Đơn vị của tỉnh mẫu: {len(maker.ids)}.")
    return maker.ids


def commune_slugs() -> list[str]:
    """Slugs of today's communes of the province, in the order of their codes."""
    return [slug_of(commune.name) for commune in _communes()]


def _territories(on: date) -> Any:
    return Territory.objects.filter(holds_on(on)).order_by("code")


def _communes() -> list[Territory]:
    code = plan()["province"]["territory"]
    return list(_territories(TWO_TIER_FROM).filter(parent__code=code, kind__in=COMMUNE_KINDS))


def _districts() -> list[Territory]:
    province = plan()["province"]
    return list(_territories(province["since"]).filter(parent__code=province["territory"], kind=TerritoryKind.DISTRICT))


def _invented_phone(code: str) -> str:
    """A number that nobody has: Quảng Ninh's area code and 0000, then the last part of the commune's code."""
    return f"0203 0000 {int(code.rsplit('.', 1)[-1]):03d}"


def _lower_first(name: str) -> str:
    return name[:1].lower() + name[1:]


class _Maker:
    """Makes what is missing, remembers ids by slug."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.ids: UnitIds = dict(Unit.objects.values_list("slug", "pk"))

    def unit(self, slug: str, **facts: Any) -> int:
        if slug not in self.ids:
            self.ids[slug] = create_unit(actor=SYSTEM, at=self.at, slug=slug, **facts).pk
        return self.ids[slug]

    def province(self) -> int:
        facts = plan()["province"]
        return self.unit(
            facts["slug"],
            name=facts["name"],
            short_name=facts["short_name"],
            kind=UnitKind.PROVINCE,
            agency_code=facts["code"],
            territory_code=facts["territory"],
            address=facts["address"],
            valid_from=facts["since"],
        )

    def department(self, province: int, code: str, facts: Mapping[str, Any]) -> None:
        since = plan()["departments_since"]
        department = self.unit(
            facts["slug"],
            name=facts["name"],
            short_name=facts["short_name"],
            kind=UnitKind.DEPARTMENT,
            agency_code=code,
            code_is_provisional=True,
            parent_id=province,
            valid_from=since,
        )
        for key, name in facts["divisions"].items():
            slug = f"{facts['slug']}-{key}"
            self.unit(slug, name=name, kind=UnitKind.DIVISION, parent_id=department, valid_from=since)
        if desk := facts.get("desk"):
            self.unit(
                desk["slug"],
                name=desk["name"],
                short_name=desk["short_name"],
                kind=UnitKind.CENTRE,
                is_desk=True,
                parent_id=department,
                address=desk["address"],
                valid_from=since,
            )

    def district(self, province: int, code: str, territory: Territory) -> None:
        called, slug, since = _lower_first(territory.name), slug_of(territory.name), territory.valid_from
        district = self.unit(
            slug,
            name=f"Ủy ban nhân dân {called}",
            short_name=f"UBND {called}",
            kind=UnitKind.DISTRICT,
            agency_code=code,
            code_is_provisional=True,
            territory_code=territory.code,
            parent_id=province,
            valid_from=since,
        )
        desk = f"{plan()['district_desk']} {called}"
        self.unit(f"{slug}-motcua", name=desk, kind=UnitKind.CENTRE, is_desk=True, parent_id=district, valid_from=since)

    def commune(self, province: int, code: str, territory: Territory) -> None:
        called, slug = _lower_first(territory.name), slug_of(territory.name)
        address = f"{territory.name}, tỉnh Quảng Ninh"
        commune = self.unit(
            slug,
            name=f"Ủy ban nhân dân {called}",
            short_name=f"UBND {called}",
            kind=UnitKind.COMMUNE,
            agency_code=code,
            code_is_provisional=True,
            territory_code=territory.code,
            parent_id=province,
            address=address,
            valid_from=TWO_TIER_FROM,
            predecessor_ids=sorted({self.ids[slug_of(name)] for name in _districts_before(territory)}),
        )
        for key in DIVISION_KEYS:
            names = plan()["commune_divisions"][key]
            desk = key == "pvhcc"
            name = names.get("all") or names[territory.kind]
            self.unit(
                f"{slug}-{key}",
                name=f"{name} {called}" if desk else name,
                short_name=f"Trung tâm PVHCC {called}" if desk else "",
                kind=UnitKind.CENTRE if desk else UnitKind.DIVISION,
                is_desk=desk,
                parent_id=commune,
                address=address if desk else "",
                phone=_invented_phone(code) if desk else "",
                valid_from=TWO_TIER_FROM,
            )

    def post_and_tax(self, province: int) -> None:
        ward = Territory.objects.get(pk=Unit.objects.values_list("territory_id", flat=True).get(slug=MAIN_WARD))
        self.unit(
            POST_OFFICE,
            name=f"Bưu điện {_lower_first(ward.name)}",
            kind=UnitKind.POST_OFFICE,
            territory_code=ward.code,
            parent_id=province,
            address=f"{ward.name}, tỉnh Quảng Ninh",
            phone="0203 0000 900",
            valid_from=TWO_TIER_FROM,
        )
        self.unit(
            TAX_OFFICE,
            name="Thuế cơ sở 1 tỉnh Quảng Ninh",
            short_name="Thuế cơ sở 1",
            kind=UnitKind.TAX,
            agency_code="G12.22.01",
            code_is_provisional=True,
            parent_id=province,
            address=f"{ward.name}, tỉnh Quảng Ninh",
            valid_from=TWO_TIER_FROM,
        )

    def close_district(self, territory: Territory) -> None:
        slug = slug_of(territory.name)
        if Unit.objects.filter(slug=slug, valid_to__isnull=False).exists():
            return
        heir = slug_of(_main_heir(territory))
        for unit, successor in ((f"{slug}-motcua", f"{heir}-pvhcc"), (slug, heir)):
            close(
                actor=SYSTEM,
                unit_id=self.ids[unit],
                successor_id=self.ids[successor],
                on=TWO_TIER_FROM,
                at=self.at,
            )


def _districts_before(commune: Territory) -> list[str]:
    rows = TerritorySuccession.objects.filter(successor=commune, predecessor__parent__kind=TerritoryKind.DISTRICT)
    return list(rows.values_list("predecessor__parent__name", flat=True).distinct())


def _main_heir(district: Territory) -> str:
    """The commune that took over most of the district's communes, or its seat where one bears its name."""
    rows = TerritorySuccession.objects.filter(predecessor__parent=district, is_default=True)
    names = list(rows.values_list("successor__name", flat=True))
    bare = district.name.split(" ", 2)[2] if district.name.startswith("Thành") else district.name.split(" ", 1)[1]
    seats = [name for name in names if name.endswith(bare)]
    return seats[0] if seats else max(sorted(set(names)), key=names.count)
