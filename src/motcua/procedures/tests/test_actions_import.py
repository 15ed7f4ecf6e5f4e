"""Nhập thủ tục từ danh mục."""

from datetime import date

import pytest

from motcua.agencies.terms import Right
from motcua.identity.terms import Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import NotPermitted
from motcua.procedures.actions import import_definition
from motcua.procedures.models import Procedure, ProcedureVersion

from .conftest import AT, Tree, definition, everything, officer


def test_taken_unchanged_changed(admin: Actor) -> None:
    assert import_definition(actor=admin.as_house(), definition=definition(), at=AT).result == "taken"
    before = everything()
    assert import_definition(actor=admin.as_house(), definition=definition(), at=AT).result == "unchanged"
    assert everything() == before
    other = definition(summary="Câu khác.")
    assert import_definition(actor=admin.as_house(), definition=other, at=AT.replace(day=9)).result == "changed"
    spans = ProcedureVersion.objects.order_by("number").values_list("valid_from", "valid_to")
    assert list(spans) == [(date(2026, 3, 2), date(2026, 3, 9)), (date(2026, 3, 9), None)]
    verbs = Entry.objects.filter(object_type="procedures.procedure").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["procedure.published", "procedure.imported"] * 2


def test_refused_changes_nothing(admin: Actor) -> None:
    import_definition(actor=admin.as_house(), definition=definition(), at=AT)
    before = everything()
    outcome = import_definition(actor=admin.as_house(), definition=definition(results=[]), at=AT)
    assert (outcome.result, [problem.code for problem in outcome.problems]) == ("refused", ["no_result"])
    new = import_definition(actor=admin.as_house(), definition=definition(code="1.000656", results=[]), at=AT)
    assert new.result == "refused"
    assert everything() == before


def test_a_long_name(admin: Actor) -> None:
    name = ("Đăng ký " * 200)[:1094].strip()
    import_definition(actor=admin.as_house(), definition=definition(name=name), at=AT)
    assert Procedure.objects.get().name == name


def test_whose_right_it_is(tree: Tree) -> None:
    before = everything()
    with pytest.raises(NotPermitted):
        import_definition(actor=officer(tree.commune, Right.ADMIN), definition=definition(), at=AT)
    assert everything() == before


def test_what_the_procedure_repeats_equals_its_last_version(admin: Actor) -> None:
    import_definition(actor=admin.as_house(), definition=definition(), at=AT)
    import_definition(actor=admin.as_house(), definition=definition(name="Khai sinh", level="province"), at=AT)
    procedure = Procedure.objects.select_related("domain").get()
    said = procedure.versions.order_by("-number")[0].content
    assert (procedure.name, procedure.level, procedure.domain.code) == (said.name, said.level, said.domain.code)
