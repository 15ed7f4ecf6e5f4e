"""Soạn phiên bản thủ tục."""

import pytest

from motcua.agencies.terms import Right
from motcua.identity.terms import ANONYMOUS, SYSTEM, Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import NotPermitted, RuleBroken
from motcua.procedures.actions import create_draft_version
from motcua.procedures.models import Procedure

from .conftest import AT, Tree, definition, everything, officer


def test_the_first_draft_makes_the_procedure_unlisted(admin: Actor) -> None:
    draft = create_draft_version(actor=admin, definition=definition(), at=AT)
    procedure = Procedure.objects.get()
    assert (procedure.code, procedure.name, procedure.domain.code) == ("1.001193", "Đăng ký khai sinh", "HT")
    assert not procedure.is_listed
    assert (draft.number, draft.published_at, draft.name_fold) == (1, None, "dang ky khai sinh")
    assert [entry.verb for entry in Entry.objects.filter(object_type="procedures.procedure")] == ["procedure.drafted"]


def test_the_second_call_changes_the_same_draft(admin: Actor) -> None:
    create_draft_version(actor=admin, definition=definition(), at=AT)
    draft = create_draft_version(actor=admin, definition=definition(summary="Câu khác."), at=AT)
    assert draft.number == 1
    assert draft.content.summary == "Câu khác."
    assert Entry.objects.order_by("id").last().verb == "procedure.draft_changed"  # type: ignore[union-attr]


def test_the_same_draft_again_writes_nothing(admin: Actor) -> None:
    create_draft_version(actor=admin, definition=definition(), at=AT)
    before = everything()
    create_draft_version(actor=admin, definition=definition(), at=AT)
    assert everything() == before


def test_a_draft_may_break_rules(admin: Actor) -> None:
    assert create_draft_version(actor=admin, definition=definition(results=[]), at=AT).pk


def test_a_field_keeps_its_name(admin: Actor) -> None:
    create_draft_version(actor=admin, definition=definition(), at=AT)
    before = everything()
    other = definition(code="1.000656", domain={"code": "HT", "name": "Hộ khẩu"})
    with pytest.raises(RuleBroken, match="Hộ tịch"):
        create_draft_version(actor=admin, definition=other, at=AT)
    assert everything() == before


def test_whose_right_it_is(tree: Tree) -> None:
    before = everything()
    refused = [
        ANONYMOUS,
        officer(tree.province, Right.RECEIVE, Right.LEAD_AGENCY),
        officer(tree.commune, Right.ADMIN),
    ]
    for actor in refused:
        with pytest.raises(NotPermitted):
            create_draft_version(actor=actor, definition=definition(), at=AT)
    assert everything() == before
    for actor in (SYSTEM, officer(tree.department, Right.ADMIN)):
        create_draft_version(actor=actor, definition=definition(), at=AT)
