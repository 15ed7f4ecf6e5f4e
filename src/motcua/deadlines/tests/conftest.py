"""Units, people and the shipped calendar for the room's tests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from motcua.agencies.actions.create_unit import create_unit
from motcua.agencies.directory import forget as forget_units
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right, UnitKind
from motcua.deadlines.actions.load_calendar import load_calendar
from motcua.deadlines.calendars import forget
from motcua.deadlines.terms import VIET_NAM
from motcua.identity.terms import SYSTEM, Actor, ActorPosting

AT = datetime(2026, 3, 2, 8, 0, tzinfo=VIET_NAM)


@dataclass(frozen=True)
class Tree:
    """A province with a commune, its centre, and another commune."""

    province: Unit
    commune: Unit
    centre: Unit
    other: Unit


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """A rolled-back test must not leave its tokens to the next."""
    forget()
    forget_units()
    yield
    forget()
    forget_units()


@pytest.fixture
def tree(db: None) -> Tree:
    begun = date(2025, 7, 1)

    def unit(name: str, kind: UnitKind, parent: Unit | None = None, **facts: object) -> Unit:
        return create_unit(
            actor=SYSTEM,
            at=AT,
            name=name,
            kind=kind,
            valid_from=begun,
            parent_id=parent.pk if parent else None,
            **facts,  # type: ignore[arg-type]
        )

    province = unit("UBND tỉnh Bình An", UnitKind.PROVINCE, agency_code="H90", slug="tinh-binh-an")
    commune = unit("UBND xã Tân Hòa", UnitKind.COMMUNE, province, agency_code="H90.21", slug="xa-tan-hoa")
    centre = unit("Trung tâm PVHCC xã Tân Hòa", UnitKind.CENTRE, commune, slug="pvhcc-tan-hoa", is_desk=True)
    other = unit("UBND xã Phú Lộc", UnitKind.COMMUNE, province, agency_code="H90.22", slug="xa-phu-loc")
    return Tree(province, commune, centre, other)


@pytest.fixture
def shipped(db: None) -> None:
    load_calendar(actor=SYSTEM, at=AT)


def officer(unit: Unit, *rights: Right) -> Actor:
    """Somebody who holds one post in the unit."""
    posting = ActorPosting(1, "Chuyên viên", unit.pk, unit.agency_id, tuple(unit.path), frozenset(rights), unit.name)
    return Actor(account_id=None, name="Lê Văn An", kind="officer", postings=(posting,))
