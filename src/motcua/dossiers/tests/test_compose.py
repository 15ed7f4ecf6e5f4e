"""Soạn hồ sơ trực tuyến, rồi nộp."""

from typing import Any

import pytest

from motcua.dossiers.actions.compose import (
    MOST_DRAFTS,
    MOST_FILES,
    add_draft_file,
    discard_draft,
    remove_draft_file,
    save_draft,
    start_draft,
)
from motcua.dossiers.actions.submit_draft import submit_draft
from motcua.dossiers.models import Dossier, Draft, DraftFile
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Channel
from motcua.dossiers.tests.checks import codes, outcome, refused, snapshot
from motcua.dossiers.tests.stages import AT, FILE, everyone, file_ref, role
from motcua.dossiers.tests.world import LAID, World, moment
from motcua.files.models import Blob
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken
from motcua.procedures.models import Procedure


@pytest.fixture
def draft(world: World) -> Draft:
    return start_draft(actor=world.citizen, procedure_id=Procedure.objects.get().pk, at=LAID)


def _held() -> int:
    return Blob.objects.get().references


def test_one_draft_for_a_procedure(world: World, draft: Draft) -> None:
    assert start_draft(actor=world.citizen, procedure_id=draft.procedure_id, at=AT) == draft
    other = start_draft(actor=world.other_citizen, procedure_id=draft.procedure_id, at=AT)
    assert other != draft
    assert other.submission_key != draft.submission_key
    assert str(draft) == f"{world.citizen.account_id} {draft.procedure_id}"


def test_who(world: World, draft: Draft) -> None:
    for name, actor in everyone(world).items():
        found = outcome(lambda actor=actor: start_draft(actor=actor, procedure_id=draft.procedure_id, at=AT))
        assert found == ("done" if name in {"citizen", "other_citizen"} else "NotPermitted")


def test_a_draft_is_nobody_elses(world: World, draft: Draft) -> None:
    kept = add_draft_file(actor=world.citizen, draft_id=draft.pk, component_key="to-khai", ref=file_ref(), at=AT)
    deeds: list[Any] = [
        lambda actor: save_draft(actor=actor, draft_id=draft.pk, page="a", values={}, at=AT),
        lambda actor: add_draft_file(actor=actor, draft_id=draft.pk, component_key="x", ref=FILE, at=AT),
        lambda actor: remove_draft_file(actor=actor, draft_id=draft.pk, file_id=kept.pk),
        lambda actor: discard_draft(actor=actor, draft_id=draft.pk),
        lambda actor: submit_draft(actor=actor, draft_id=draft.pk, application=world.application(), at=AT),
    ]
    others = [role(world, name) for name in ("other_citizen", "clerk", "chair", "admin", "system", "anonymous")]
    before = snapshot()
    assert {outcome(lambda deed=deed, actor=actor: deed(actor)) for deed in deeds for actor in others} == {"NotFound"}
    assert snapshot() == before


def test_what_is_typed_is_kept_right_or_wrong(world: World, draft: Draft) -> None:
    save_draft(actor=world.citizen, draft_id=draft.pk, page="owner", values={"name": " \0x "}, at=moment(2, 8))
    saved = save_draft(actor=world.citizen, draft_id=draft.pk, page="papers", values={"n": "-1"}, at=AT)
    stored = Draft.objects.get()
    assert stored.data == saved.data == {"owner": {"name": " x "}, "papers": {"n": "-1"}}
    assert (stored.created_at, stored.saved_at) == (LAID, AT)
    long = {"name": "x" * 4001}
    error = refused(Invalid, lambda: save_draft(actor=world.citizen, draft_id=draft.pk, page="a", values=long, at=AT))
    assert codes(error) == [("too_long", "")]


def test_not_too_many(world: World, draft: Draft) -> None:
    Draft.objects.bulk_create(
        Draft(account_id=world.citizen.account_id, procedure_id=draft.procedure_id, created_at=AT, saved_at=AT)
        for _each in range(MOST_DRAFTS - 1)
    )
    assert start_draft(actor=world.citizen, procedure_id=draft.procedure_id, at=AT)
    refused(RuleBroken, lambda: start_draft(actor=world.citizen, procedure_id=0, at=AT))


def test_files_are_held_once_and_let_go(world: World, draft: Draft) -> None:
    facts: dict[str, Any] = {"actor": world.citizen, "draft_id": draft.pk}
    ref = FileRef(file_ref().sha256, "tờ\u202e khai.pdf")
    kept = add_draft_file(**facts, component_key="to-khai", ref=ref, at=AT)
    assert add_draft_file(**facts, component_key="to-khai", ref=ref, at=AT) == kept
    other = add_draft_file(**facts, component_key="anh", ref=ref, at=AT)
    assert (kept.name, str(other), _held()) == ("tờ khai.pdf", "tờ khai.pdf", 2)
    for _twice in range(2):
        remove_draft_file(**facts, file_id=other.pk)
        assert _held() == 1
    discard_draft(**facts)
    assert _held() == 0
    refused(NotFound, lambda: discard_draft(**facts))


def test_not_too_many_files(world: World, draft: Draft) -> None:
    ref = file_ref()
    DraftFile.objects.bulk_create(
        DraftFile(draft=draft, component_key=f"k{number}", blob_id=ref.sha256, name="x", added_at=AT)
        for number in range(MOST_FILES)
    )
    facts: dict[str, Any] = {"actor": world.citizen, "draft_id": draft.pk, "ref": ref, "at": AT}
    refused(RuleBroken, lambda: add_draft_file(component_key="to-khai", **facts))
    assert add_draft_file(component_key="k0", **facts)


def test_handed_in_it_is_gone(world: World, draft: Draft) -> None:
    facts: dict[str, Any] = {"actor": world.citizen, "draft_id": draft.pk}
    add_draft_file(**facts, component_key="to-khai", ref=file_ref(), at=AT)
    application = world.application(channel=Channel.ONLINE, components=(ComponentFacts("to-khai", files=(FILE,)),))
    refused(NotPermitted, lambda: submit_draft(**facts, application=world.application(), at=AT))
    dossier = submit_draft(**facts, application=application, at=AT)
    assert (dossier.code, _held(), Draft.objects.count()) == ("H49.61-260304-0001", 1, 0)
    refused(NotFound, lambda: submit_draft(**facts, application=application, at=AT))
    again = start_draft(actor=world.citizen, procedure_id=dossier.procedure_id, at=AT)
    refused(Conflict, lambda: submit_draft(actor=world.citizen, draft_id=again.pk, application=application, at=AT))
    assert Dossier.objects.count() == 1
