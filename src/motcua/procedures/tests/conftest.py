"""Units, people and definitions for the room's tests."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from motcua.agencies.actions.create_unit import create_unit
from motcua.agencies.models import Unit
from motcua.agencies.terms import Right, UnitKind
from motcua.identity.terms import SYSTEM, Actor, ActorPosting
from motcua.journal.models import Entry, OutboxEvent
from motcua.procedures.actions import import_definition
from motcua.procedures.models import Domain, Offering, Procedure, ProcedureVersion
from motcua.procedures.rules.reading import definition_from
from motcua.procedures.terms import Definition

AT = datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SINCE = date(2025, 7, 1)


@dataclass(frozen=True)
class Tree:
    """A province with a department, a commune with a division, and another commune."""

    province: Unit
    department: Unit
    commune: Unit
    division: Unit
    other: Unit


@pytest.fixture
def tree(db: None) -> Tree:
    def unit(name: str, kind: UnitKind, parent: Unit | None = None, **facts: Any) -> Unit:
        parent_id = parent.pk if parent else None
        return create_unit(actor=SYSTEM, at=AT, name=name, kind=kind, valid_from=SINCE, parent_id=parent_id, **facts)

    province = unit("UBND tỉnh Bình An", UnitKind.PROVINCE, agency_code="H90", slug="binh-an")
    department = unit("Sở Tư pháp", UnitKind.DEPARTMENT, province, agency_code="H90.02", slug="so-tu-phap")
    commune = unit("UBND xã Tân Hòa", UnitKind.COMMUNE, province, agency_code="H90.21", slug="tan-hoa")
    division = unit("Phòng Văn hóa – Xã hội", UnitKind.DIVISION, commune, slug="tan-hoa-vhxh")
    other = unit("UBND xã Phú Lộc", UnitKind.COMMUNE, province, agency_code="H90.22", slug="phu-loc")
    return Tree(province, department, commune, division, other)


def officer(unit: Unit, *rights: Right) -> Actor:
    """Somebody who holds one post in the unit."""
    posting = ActorPosting(1, "Quản trị viên", unit.pk, unit.agency_id, tuple(unit.path), frozenset(rights), unit.name)
    return Actor(account_id=None, name="Lê Văn An", kind="officer", postings=(posting,))


@pytest.fixture
def admin(tree: Tree) -> Actor:
    return officer(tree.province, Right.ADMIN)


def raw(**changes: Any) -> dict[str, Any]:
    """A small definition without a fault, as a file holds it."""
    return {
        "code": "1.001193",
        "name": "Đăng ký khai sinh",
        "domain": {"code": "HT", "name": "Hộ tịch"},
        "level": "commune",
        "service_level": "full",
        "summary": "Làm giấy khai sinh cho con.",
        "keywords": ["giấy khai sinh"],
        "cases": [
            {
                "key": "default",
                "name": "Thông thường",
                "terms": {
                    "in_person": {"amount": 3, "unit": "working_day"},
                    "online": {"amount": 2, "unit": "working_day"},
                },
                "fees": [
                    {"name": "Lệ phí", "kind": "charge", "amount": 5000, "channels": ["in_person", "post"]},
                    {"name": "Lệ phí trực tuyến", "kind": "charge", "amount": 0, "channels": ["online"]},
                    {"name": "Phí bản sao", "kind": "fee", "amount": 8000, "per": "bản"},
                ],
            },
            {"key": "late", "name": "Quá hạn", "terms": {"any": {"unit": "same_day"}}},
        ],
        "components": [
            {"key": "form", "name": "Tờ khai", "originals": 1},
            {"key": "proof", "name": "Giấy chứng sinh", "originals": 1, "required_in": ["late"]},
            {"key": "id", "name": "Căn cước", "originals": 1, "present_only": True, "required": False},
            {"key": "report", "name": "Biên bản", "copies": 1, "cases": ["late"]},
        ],
        "results": [{"code": "KQ.G15.000031", "name": "Giấy khai sinh"}],
        "legal_basis": [{"number": "60/2014/QH13", "name": "Luật Hộ tịch"}],
        "chain": "division",
        **changes,
    }


def definition(**changes: Any) -> Definition:
    """A definition without a fault but for the changes."""
    return definition_from(raw(**changes))


@pytest.fixture
def published(db: None) -> Callable[..., Procedure]:
    """Put a definition into force since 01/07/2025."""

    def publish(**changes: Any) -> Procedure:
        said = definition(**changes)
        outcome = import_definition(actor=SYSTEM, definition=said, at=AT, valid_from=SINCE)
        assert outcome.problems == ()
        return Procedure.objects.get(code=said.code)

    return publish


def everything() -> tuple[int, ...]:
    """How many rows of the room, of the journal and of the outbox there are: equal before and after a refusal."""
    tables = (Domain, Procedure, ProcedureVersion, Offering, Entry, OutboxEvent)
    return tuple(table._default_manager.count() for table in tables)
