"""Công bố phiên bản thủ tục."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.journal.models import Entry, OutboxEvent
from motcua.journal.queries import verify_chain
from motcua.kernel.errors import Conflict, NotFound, NotPermitted, RuleBroken
from motcua.procedures.actions import create_draft_version, publish_version
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.terms import Definition

from .conftest import AT, SINCE, Tree, definition, everything, officer

LATER = date(2027, 3, 1)


def drafted(actor: Actor, said: Definition) -> ProcedureVersion:
    return create_draft_version(actor=actor, definition=said, at=AT)


def test_a_draft_comes_into_force(admin: Actor) -> None:
    draft = drafted(admin, definition())
    version = publish_version(actor=admin.as_house(), version_id=draft.pk, valid_from=SINCE, at=AT)
    assert (version.valid_from, version.valid_to, version.published_at) == (SINCE, None, AT)
    assert Procedure.objects.get().is_listed
    event = OutboxEvent.objects.get(name="procedure.published")
    assert (event.payload["code"], event.payload["number"]) == ("1.001193", 1)
    entry = Entry.objects.get(verb="procedure.published")
    assert entry.data == {"code": "1.001193", "number": 1, "valid_from": "2025-07-01"}
    assert verify_chain("procedures.procedure", str(version.procedure_id)) == []


def test_the_version_before_ends_and_the_procedure_says_the_new(
    admin: Actor, published: Callable[..., Procedure]
) -> None:
    procedure = published()
    new = definition(name="Khai sinh", level="province", domain={"code": "HTM", "name": "Hộ tịch mới"})
    version = publish_version(actor=admin.as_house(), version_id=drafted(admin, new).pk, valid_from=LATER, at=AT)
    first = procedure.versions.get(number=1)
    assert (first.valid_to, version.number, version.valid_to) == (LATER, 2, None)
    procedure.refresh_from_db()
    assert (procedure.name, procedure.level, procedure.domain.code) == ("Khai sinh", "province", "HTM")


def test_a_version_replaced_on_its_first_day_never_held(admin: Actor, published: Callable[..., Procedure]) -> None:
    procedure = published()
    again = drafted(admin, definition(summary="Sửa."))
    publish_version(actor=admin.as_house(), version_id=again.pk, valid_from=SINCE, at=AT)
    first = procedure.versions.get(number=1)
    assert first.valid_from == first.valid_to == SINCE


def test_rules_refuse_with_every_problem(admin: Actor) -> None:
    draft = drafted(admin, definition(results=[], components=[{"key": "a", "name": "A"}]))
    before = everything()
    with pytest.raises(RuleBroken) as refusal:
        publish_version(actor=admin.as_house(), version_id=draft.pk, valid_from=SINCE, at=AT)
    assert [problem.code for problem in refusal.value.problems] == ["no_count", "no_result"]
    assert everything() == before
    draft.refresh_from_db()
    assert draft.published_at is None


def test_not_before_the_version_published_last(admin: Actor, published: Callable[..., Procedure]) -> None:
    published()
    draft = drafted(admin, definition(summary="Sửa."))
    before = everything()
    with pytest.raises(RuleBroken, match="01/07/2025"):
        publish_version(actor=admin.as_house(), version_id=draft.pk, valid_from=date(2025, 6, 30), at=AT)
    assert everything() == before


def test_the_second_call_is_a_conflict(admin: Actor) -> None:
    draft = drafted(admin, definition())
    publish_version(actor=admin.as_house(), version_id=draft.pk, valid_from=SINCE, at=AT)
    before = everything()
    with pytest.raises(Conflict):
        publish_version(actor=admin.as_house(), version_id=draft.pk, valid_from=SINCE, at=AT)
    assert everything() == before


def test_no_such_version(admin: Actor) -> None:
    with pytest.raises(NotFound):
        publish_version(actor=admin.as_house(), version_id=404, valid_from=SINCE, at=AT)


def test_whose_right_it_is(tree: Tree, admin: Actor) -> None:
    draft = drafted(admin, definition())
    before = everything()
    for actor in (officer(tree.commune, Right.ADMIN), officer(tree.province, Right.OVERSEE)):
        with pytest.raises(NotPermitted):
            publish_version(actor=actor, version_id=draft.pk, valid_from=SINCE, at=AT)
    assert everything() == before


@pytest.mark.parametrize("change", [{"definition": {}}, {"number": 9}, {"valid_from": LATER}, {"published_at": None}])
def test_the_database_keeps_a_published_version(published: Callable[..., Procedure], change: dict[str, object]) -> None:
    version = published().versions.get()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ProcedureVersion.objects.filter(pk=version.pk).update(**change)


def test_the_database_does_not_remove_a_published_version(published: Callable[..., Procedure], admin: Actor) -> None:
    version = published().versions.get()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        version.delete()
    drafted(admin, definition(summary="Nháp.")).delete()


def test_two_versions_never_hold_on_the_same_day(published: Callable[..., Procedure]) -> None:
    version = published().versions.get()
    version.pk, version.number = None, 2
    with pytest.raises(DatabaseError, match="procedure_version_once_a_day"), transaction.atomic():
        version.save(force_insert=True)
