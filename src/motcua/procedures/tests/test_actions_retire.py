"""Bãi bỏ thủ tục."""

from collections.abc import Callable
from datetime import date

import pytest

from motcua.agencies.terms import Right
from motcua.identity.terms import SYSTEM, Actor
from motcua.journal.models import Entry, OutboxEvent
from motcua.kernel.errors import NotFound, NotPermitted, RuleBroken
from motcua.procedures.actions import create_draft_version, import_definition, offer, retire
from motcua.procedures.models import Procedure
from motcua.procedures.queries import current_version, search

from .conftest import AT, Tree, definition, everything, officer

TODAY = date(2026, 3, 2)
WHY = "Quyết định 99/QĐ-BTP"


def test_it_no_longer_holds_and_nobody_offers_it(admin: Actor, tree: Tree, published: Callable[..., Procedure]) -> None:
    procedure = published()
    units = {"agency_id": tree.commune.pk, "handling_unit_id": tree.division.pk}
    offer(actor=admin, code=procedure.code, at=AT, valid_from=date(2026, 1, 1), **units)
    offer(actor=admin, code=procedure.code, at=AT, agency_id=tree.other.pk, handling_unit_id=tree.other.pk)
    retired = retire(actor=admin, code=procedure.code, retired_on=TODAY, reason=WHY, at=AT)
    assert not retired.is_listed
    assert procedure.versions.get().valid_to == TODAY
    assert [offering.valid_to for offering in procedure.offerings.all()] == [TODAY]
    assert search(at=AT).rows == []
    with pytest.raises(NotFound):
        current_version(procedure.code, AT)
    assert Entry.objects.get(verb="procedure.retired").data["reason"] == WHY
    assert OutboxEvent.objects.filter(name="procedure.retired").count() == 1


def test_from_a_later_day_it_holds_until_then(admin: Actor, published: Callable[..., Procedure]) -> None:
    procedure = published()
    retire(actor=admin, code=procedure.code, retired_on=date(2026, 4, 1), reason=WHY, at=AT)
    assert len(search(at=AT).rows) == 1
    assert search(at=AT.replace(month=4)).rows == []


@pytest.mark.parametrize(
    ("retired_on", "reason", "code"),
    [(date(2025, 6, 30), WHY, "retired_too_early"), (TODAY, "  ", "no_reason")],
)
def test_rules(admin: Actor, published: Callable[..., Procedure], retired_on: date, reason: str, code: str) -> None:
    procedure = published()
    before = everything()
    with pytest.raises(RuleBroken) as refusal:
        retire(actor=admin, code=procedure.code, retired_on=retired_on, reason=reason, at=AT)
    assert [problem.code for problem in refusal.value.problems] == [code]
    assert everything() == before
    assert procedure.versions.get().valid_to is None


def test_the_second_call_is_refused(admin: Actor, published: Callable[..., Procedure]) -> None:
    procedure = published()
    retire(actor=admin, code=procedure.code, retired_on=TODAY, reason=WHY, at=AT)
    before = everything()
    with pytest.raises(RuleBroken, match="đã bãi bỏ"):
        retire(actor=admin, code=procedure.code, retired_on=TODAY, reason=WHY, at=AT)
    assert everything() == before


def test_a_draft_cannot_be_retired(admin: Actor) -> None:
    create_draft_version(actor=admin, definition=definition(), at=AT)
    with pytest.raises(RuleBroken):
        retire(actor=admin, code="1.001193", retired_on=TODAY, reason=WHY, at=AT)


def test_it_may_come_back(admin: Actor, published: Callable[..., Procedure]) -> None:
    procedure = published()
    retire(actor=admin, code=procedure.code, retired_on=TODAY, reason=WHY, at=AT)
    assert import_definition(actor=SYSTEM, definition=definition(), at=AT).result == "changed"
    assert current_version(procedure.code, AT).number == 2


def test_whose_right_it_is(tree: Tree, published: Callable[..., Procedure]) -> None:
    procedure = published()
    before = everything()
    for actor in (officer(tree.commune, Right.ADMIN), officer(tree.province, Right.LEAD_AGENCY)):
        with pytest.raises(NotPermitted):
            retire(actor=actor, code=procedure.code, retired_on=TODAY, reason=WHY, at=AT)
    assert everything() == before


def test_no_such_procedure(admin: Actor) -> None:
    with pytest.raises(NotFound):
        retire(actor=admin, code="9.999999", retired_on=TODAY, reason=WHY, at=AT)
