"""What the archive adds to a paper: handed out by default, the issued file stays, both are the same result."""

from motcua.dossiers.models import Result
from motcua.dossiers.tests.world import OWNER, World
from motcua.files.models import Blob
from motcua.files.queries import open_blob, recount
from motcua.journal.actions.deliver import deliver_pending
from motcua.journal.queries import entries_about
from motcua.results.actions.deposit import deposit
from motcua.results.models import PaperFile, StoredPaper
from motcua.results.queries.checking import match_file
from motcua.results.terms import PaperKind
from motcua.results.tests.world import LATER, SEALED, file, issued, paper, sealed
from motcua.signing.actions.archive_papers import archive_due, keep_for_archive
from motcua.signing.models import ArchivedPaper
from motcua.signing.pades import sign_pdf
from motcua.signing.tests.pades.scene import AT, officer, plan
from motcua.signing.tests.pades.scene import paper as plain
from motcua.signing.tests.test_archive_papers import house
from tests.pki import demo_pki


def signed() -> bytes:
    return sign_pdf(plain(), plan(), officer(), stamper=demo_pki().stamper(at=AT))


def archived(sha256: str) -> str:
    """Let the archive complete this file; the SHA-256 of its version with proofs."""
    row = keep_for_archive(sha256=sha256, at=AT)
    assert archive_due(row.pk, means=house().means(), at=AT)
    row.refresh_from_db()
    return row.current_id or ""


def content_of(sha256: str) -> bytes:
    with open_blob(sha256) as content:
        return content.read()


def test_the_version_with_proofs_is_handed_out_and_the_issued_one_stays(world: World) -> None:
    scan = file(content=signed())
    found = issued(world, scan=scan)
    current = archived(scan.sha256)
    deliver_pending(at=LATER)
    deliver_pending(at=LATER)
    found = paper(found.pk)
    assert found.latest_file is not None
    assert found.issued_file is not None
    assert (found.issued_file.blob_id, found.latest_file.blob_id) == (scan.sha256, current)
    assert content_of(current).startswith(content_of(scan.sha256))
    assert found.latest_file.name == found.issued_file.name
    assert [one.verb for one in entries_about(found)] == ["result.issued", "result.file_added"]
    assert recount() == []


def test_both_are_the_same_result(world: World) -> None:
    scan = file(content=signed())
    found = issued(world, scan=scan)
    archived(scan.sha256)
    deliver_pending(at=LATER)
    original, kept = content_of(scan.sha256), content_of(paper(found.pk).latest_file.blob_id)  # type: ignore[union-attr]
    first, second, third = match_file(original), match_file(kept), match_file(kept + b"\n% them\n%%EOF\n")
    assert first is not None
    assert second is not None
    assert third is not None
    assert {one.paper.pk for one in (first, second, third)} == {found.pk}
    assert [(one.is_exact, one.is_archived) for one in (first, second, third)] == [
        (True, False),
        (True, True),
        (False, False),
    ]


def test_a_renewal_is_one_more_file_and_the_one_before_is_still_known(world: World) -> None:
    scan = file(content=signed())
    found = issued(world, scan=scan)
    before = archived(scan.sha256)
    row = ArchivedPaper.objects.get()
    assert archive_due(row.pk, means=house(row.due_at).means(), at=row.due_at)
    deliver_pending(at=LATER)
    assert [one.blob_id for one in paper(found.pk).files.order_by("id")][:2] == [scan.sha256, before]
    assert match_file(content_of(before)) is not None
    assert Blob.objects.get(pk=before).references == 1
    assert recount() == []


def test_the_archive_may_be_quicker_than_the_register(world: World) -> None:
    scan = file(content=signed())
    dossier = sealed(world, scan=scan)
    current = archived(scan.sha256)
    deliver_pending(at=SEALED)
    found = StoredPaper.objects.get(dossier=dossier)
    assert [one.blob_id for one in found.files.order_by("id")] == [scan.sha256, current]
    assert Result.objects.get(dossier=dossier).scan.blob_id == scan.sha256  # type: ignore[union-attr]


def test_a_deposited_paper_gets_its_proofs_too(world: World) -> None:
    ref = file("ban-sao.pdf", content=signed())
    facts = {"owner_personal_id": OWNER.personal_id, "owner_name": OWNER.name, "name": "Bằng tốt nghiệp"}
    blob = {"blob": ref.sha256, "file_name": ref.name}
    deposit(actor=world.sealer, at=LATER, kind=PaperKind.CERTIFIED_COPY, **facts, **blob)
    current = archived(ref.sha256)
    deliver_pending(at=LATER)
    assert PaperFile.objects.filter(blob_id=current).count() == 1
    again = deposit(actor=world.sealer, at=LATER, kind=PaperKind.DIGITISED, **facts, **blob)
    assert again.files.count() == 2
