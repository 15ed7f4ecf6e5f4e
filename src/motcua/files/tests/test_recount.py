"""Every row that refers to a blob is counted, whichever act writes or removes it, in whichever room.

A new foreign key to Blob needs a story here: the test of the columns says so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from motcua.dossiers.actions.compose import add_draft_file, discard_draft, remove_draft_file, start_draft
from motcua.dossiers.actions.keep_register import ask_register, keep_register
from motcua.dossiers.actions.submit_draft import submit_draft
from motcua.dossiers.queries.register import Scope
from motcua.dossiers.rules.application import ComponentFacts, FileRef
from motcua.dossiers.terms import Act, Channel
from motcua.dossiers.tests.stages import AT, DEEDS, bring, file_ref, perform
from motcua.dossiers.tests.test_sign_outside import Token, press, take, wish
from motcua.dossiers.tests.world import MONDAY, World, definition
from motcua.files.actions.hold import hold
from motcua.files.actions.receive_pieces import add_piece, begin_upload, drop_uploads
from motcua.files.actions.store import store_paper
from motcua.files.models import Blob, Upload
from motcua.files.queries import Miscount, owner_columns, owners_of, recount
from motcua.files.tests.conftest import pdf
from motcua.identity.terms import SYSTEM
from motcua.land.actions.answer_sheet import answer_sheet
from motcua.land.tests.world import FEE, INCOME, land_world
from motcua.postal.actions.deliver import deliver_order, set_out
from motcua.postal.tests.test_deliver import OWNER, handed_over
from motcua.postal.tests.world import post_world
from motcua.procedures.models import Procedure
from motcua.results.actions.deposit import deposit
from motcua.results.terms import PaperKind
from motcua.scanning.actions.let_go import drop_stack
from motcua.scanning.tests.conftest import small_stack
from motcua.scanning.tests.stories import read
from motcua.signing.actions.archive_papers import archive_due
from motcua.signing.actions.set_images import set_seal_image, set_signature_image
from motcua.signing.tests.test_archive_papers import house, kept
from tests.papers.signing import hand, seal

pytestmark = pytest.mark.django_db


def _scan(number: int = 0) -> FileRef:
    kept = store_paper(b"%%PDF-1.7 %d" % number, name="a.pdf", at=MONDAY)
    return FileRef(kept.sha256, kept.name)


def _all_is_counted(*refs: FileRef, owners: int = 1) -> None:
    assert recount() == []
    for ref in refs:
        assert Blob.objects.get(pk=ref.sha256).references == owners == owners_of(ref.sha256)


def a_draft() -> None:
    world = World(definition()).build()
    first, second = _scan(1), _scan(2)
    draft = start_draft(actor=world.citizen, procedure_id=Procedure.objects.get().pk, at=MONDAY)
    facts: dict[str, Any] = {"actor": world.citizen, "draft_id": draft.pk}
    for key in ("to-khai", "anh"):
        add_draft_file(**facts, component_key=key, ref=first, at=AT)
    kept = add_draft_file(**facts, component_key="anh", ref=second, at=AT)
    _all_is_counted(first, owners=2)
    remove_draft_file(**facts, file_id=kept.pk)
    _all_is_counted(second, owners=0)
    application = world.application(channel=Channel.ONLINE, components=(ComponentFacts("to-khai", files=(first,)),))
    submit_draft(**facts, application=application, at=AT)
    _all_is_counted(first)
    again = start_draft(actor=world.citizen, procedure_id=draft.procedure_id, at=AT)
    add_draft_file(actor=world.citizen, draft_id=again.pk, component_key="anh", ref=first, at=AT)
    discard_draft(actor=world.citizen, draft_id=again.pk)
    _all_is_counted(first)


def an_attachment() -> None:
    world = World(definition()).build()
    draft, scan, answer = _scan(1), _scan(2), _scan(3)
    dossier = bring(world, "handling")
    consulted = bring(world, "consulted", confirmed_duplicate=True)
    perform(world, Act.ANSWER_CONSULT, consulted, file=answer)
    perform(world, Act.APPRAISE, dossier, file=draft)
    perform(world, Act.FORWARD, dossier, by="head")
    perform(world, Act.APPROVE, dossier)
    perform(world, Act.SEAL, dossier, scan=scan)
    _all_is_counted(draft, scan, answer)
    asked = bring(world, "asked", confirmed_duplicate=True)
    perform(world, Act.SUPPLEMENT, asked, files={"to-khai": [scan], "": [scan]})
    _all_is_counted(scan, owners=3)


def a_register() -> None:
    world = World(definition()).build()
    bring(world, "handling")
    days = {"first": AT.date() - timedelta(days=10), "last": AT.date()}
    run = ask_register(actor=world.clerk, scope=Scope(unit_id=world.desk.pk, **days), kind="pdf", at=AT)
    done = keep_register(run_id=run.pk, at=AT)
    _all_is_counted(FileRef(done.blob_id or "", done.name))
    keep_register(run_id=run.pk, at=AT)
    _all_is_counted(FileRef(done.blob_id or "", done.name))


def a_tax_notice() -> None:
    world, ref = land_world(), _scan()
    sheet = world.sent()
    notices = [replace(one, file=ref) for one in (FEE, INCOME)]
    answer_sheet(actor=world.taxman, sheet_id=sheet.pk, notices=notices, at=MONDAY)
    _all_is_counted(ref, owners=2)


def a_proof_of_delivery() -> None:
    world, ref = post_world(), _scan()
    order = handed_over(world)
    set_out(actor=world.postman, order_id=order.pk, at=MONDAY)
    deliver_order(actor=world.postman, order_id=order.pk, collection=OWNER, at=MONDAY, proof=ref)
    _all_is_counted(ref)


def a_file_in_pieces() -> None:
    world, now, content = World(definition()).build(), timezone.now(), pdf()
    upload = begin_upload(actor=world.citizen, name="a.pdf", size=len(content), at=now)
    for _twice in range(2):
        add_piece(actor=world.citizen, upload_id=upload.pk, offset=0, piece=content, at=now)
    ref = FileRef(Upload.objects.get().blob_id or "", "a.pdf")
    _all_is_counted(ref)
    assert drop_uploads(at=now + timedelta(days=2)) == 1
    _all_is_counted(ref, owners=0)


def a_scanned_page() -> None:
    world, file = World(definition()).build(), small_stack(2)
    dossier = world.received()
    stack = read(world, dossier, file)
    pages = [FileRef(page.blob_id, "trang.jpg") for page in stack.pages.all()]
    _all_is_counted(FileRef(file.sha256, file.name), *pages)
    drop_stack(actor=world.clerk, stack_id=stack.pk, at=AT)
    _all_is_counted(FileRef(file.sha256, file.name), *pages, owners=0)
    read(world, dossier, file)
    _all_is_counted(FileRef(file.sha256, file.name))


def a_picture_of_a_signature() -> None:
    world = World(definition()).build()
    made = set_signature_image(actor=world.clerk, content=hand(), at=MONDAY)
    _all_is_counted(FileRef(made.blob_id, "chu-ky.png"))


def a_picture_of_a_seal() -> None:
    world = World(definition()).build()
    made = set_seal_image(actor=SYSTEM, agency_id=world.ward.pk, content=seal(), diameter=36, at=MONDAY)
    _all_is_counted(FileRef(made.blob_id, "con-dau.png"))


def an_archived_paper() -> None:
    row, first = kept(), house()
    assert archive_due(row.pk, means=first.means(), at=first.at)
    row.refresh_from_db()
    issued, current = FileRef(row.issued_id, "ket-qua.pdf"), FileRef(row.current_id or "", "luu-tru.pdf")
    _all_is_counted(issued, current)
    again = house(row.due_at)
    assert archive_due(row.pk, means=again.means(), at=again.at)
    _all_is_counted(current, owners=0)
    _all_is_counted(issued)


def a_paper_signed_outside() -> None:
    world = World(definition()).build()
    token = Token(world)
    batch = press(world, token)
    first, _ = wish(world, batch, token)
    assert recount() == []
    take(world, batch, token.signatures([first]))
    assert recount() == []


def a_stored_paper() -> None:
    world = World(definition()).build()
    copy = _scan(1)
    facts: dict[str, Any] = {"owner_personal_id": "022190001234", "owner_name": "Nguyễn Thị Hoà", "name": "Bằng cấp"}
    for _ in range(2):
        deposit(
            actor=world.sealer,
            at=AT,
            kind=PaperKind.CERTIFIED_COPY,
            blob=copy.sha256,
            file_name=copy.name,
            **facts,
        )
    _all_is_counted(copy)


STORIES: dict[str, Callable[[], None]] = {
    "dossiers.attachment.blob": an_attachment,
    "dossiers.draftfile.blob": a_draft,
    "dossiers.registerrun.blob": a_register,
    "files.upload.blob": a_file_in_pieces,
    "land.taxnotice.blob": a_tax_notice,
    "postal.postalorder.proof": a_proof_of_delivery,
    "results.paperfile.blob": a_stored_paper,
    "scanning.scannedpage.blob": a_scanned_page,
    "scanning.stackfile.blob": a_scanned_page,
    "signing.archivedpaper.current": an_archived_paper,
    "signing.archivedpaper.issued": an_archived_paper,
    "signing.sealimage.blob": a_picture_of_a_seal,
    "signing.signatureimage.blob": a_picture_of_a_signature,
    "signing.signingitem.signed": a_paper_signed_outside,
    "signing.signingitem.unsigned": a_paper_signed_outside,
}


def test_every_owner_column_has_a_story() -> None:
    assert [f"{model._meta.label_lower}.{field}" for model, field in owner_columns()] == sorted(STORIES)


@pytest.mark.parametrize("label", STORIES)
def test_the_rows_of_a_column_are_counted(label: str, data_dir: Path) -> None:
    STORIES[label]()
    column = next((model, field) for model, field in owner_columns() if f"{model._meta.label_lower}.{field}" == label)
    model, field = column
    if label not in {"dossiers.draftfile.blob", "files.upload.blob"}:  # gone again at the end of their stories
        assert model._base_manager.filter(**{f"{field}__isnull": False}).exists()


@pytest.mark.parametrize("act", DEEDS)
def test_every_act_leaves_the_counters_right(act: Act, data_dir: Path) -> None:
    world = World(definition()).build()
    dossier = bring(world, DEEDS[act].stage)
    assert recount() == []
    perform(world, act, dossier)
    assert recount() == []


def test_a_wrong_counter_is_found(data_dir: Path) -> None:
    world = World(definition()).build()
    bring(world, "submitted")
    ref, lost = file_ref(), _scan()
    hold(ref.sha256)
    hold(lost.sha256)
    wrong = [Miscount(ref.sha256, 2, 1), Miscount(lost.sha256, 1, 0)]
    assert recount() == sorted(wrong, key=lambda one: one.sha256)
    assert len(recount(most=1)) == 1
