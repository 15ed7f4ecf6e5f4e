"""A small world of units for tests, and somebody who administers a part of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from motcua.agencies.actions import create_unit
from motcua.agencies.models import Revision, Unit
from motcua.agencies.terms import Right, UnitKind
from motcua.journal.models import Entry, OutboxEvent

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
SINCE = date(2025, 7, 1)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class House:
    """Whoever installs: may do everything."""

    account_id: int | None = None
    name: str = "Hệ thống"
    kind: str = "system"
    title: str = ""
    is_system: bool = True

    def reaches(self, _right: Right | str, _path: Sequence[int], /) -> bool:
        return True


@dataclass(frozen=True)
class AdminOf:
    """An administrator of some units; without units: anybody else."""

    unit_ids: tuple[int, ...] = ()
    account_id: int | None = 7
    name: str = "Trần Thị Quản Trị"
    kind: str = "officer"
    title: str = "Quản trị"
    is_system: bool = False

    def reaches(self, right: Right | str, path: Sequence[int], /) -> bool:
        return right == Right.ADMIN and any(unit_id in path for unit_id in self.unit_ids)


HOUSE = House()


def unit(name: str, kind: UnitKind, parent: Unit | None = None, **facts: Any) -> Unit:
    """Make a unit by the house."""
    given = {"valid_from": SINCE, "parent_id": parent.pk if parent else None} | facts
    return create_unit(actor=HOUSE, at=AT, name=name, kind=kind, **given)


@dataclass
class Small:
    """A province with a department and two wards, one of them with a desk and a division."""

    def __post_init__(self) -> None:
        self.province = unit("UBND tỉnh Quảng Ninh", UnitKind.PROVINCE, agency_code="H49")
        self.department = unit("Sở Tư pháp", UnitKind.DEPARTMENT, self.province, agency_code="H49.08")
        self.ward = unit("UBND phường Hồng Gai", UnitKind.COMMUNE, self.province, agency_code="H49.101")
        self.other = unit("UBND phường Bãi Cháy", UnitKind.COMMUNE, self.province, agency_code="H49.102")
        self.desk = unit("Trung tâm PVHCC phường Hồng Gai", UnitKind.CENTRE, self.ward, is_desk=True)
        self.division = unit("Phòng Văn hóa – Xã hội", UnitKind.DIVISION, self.ward)


def traces() -> tuple[int, int, str]:
    """How much the journal and the outbox hold, and the token of the units: to see that a refusal left nothing."""
    return Entry.objects.count(), OutboxEvent.objects.count(), str(Revision.objects.get().token)
