"""Papers kept for decades: completed, renewed before something ends, put off when nobody answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from motcua.files.actions.store import store_paper
from motcua.files.models import Blob
from motcua.files.queries import open_blob, recount
from motcua.journal.models import Entry
from motcua.signing.actions.archive_papers import Means, archive_due, keep_for_archive
from motcua.signing.jobs import archive_everything_due
from motcua.signing.models import ArchivedPaper
from motcua.signing.pades import sign_pdf
from motcua.signing.pades.evidence import Book
from motcua.signing.providers.sunset import house_sunsets
from motcua.signing.queries.archive import archived_version, due_papers
from motcua.signing.tests.pades.scene import AT, officer, paper, plan, sound
from motcua.trust.verifying.engine import verify_pdf
from tests.pki import MemoryStamper, demo_pki

pytestmark = pytest.mark.django_db


@dataclass
class House:
    """The services of a house at a moment."""

    at: datetime
    stamper: MemoryStamper

    def means(self) -> Means:
        pki = demo_pki()
        return Means(self.stamper, Book(pki.fetcher(at=self.at), pki.trust_store(), self.at), house_sunsets())


def house(at: datetime = AT) -> House:
    return House(at, demo_pki().stamper(at=at))


def kept(content: bytes | None = None) -> ArchivedPaper:
    signed = content or sign_pdf(paper(), plan(), officer(), stamper=demo_pki().stamper(at=AT))
    stored = store_paper(signed, name="ket-qua.pdf", at=AT)
    return keep_for_archive(sha256=stored.sha256, at=AT)


def content_of(sha256: str | None) -> bytes:
    with open_blob(sha256 or "") as file:
        return file.read()


def test_a_kept_paper_is_completed_and_due_again_before_the_authority_ends() -> None:
    row = kept()
    assert keep_for_archive(sha256=row.issued_id, at=AT).pk == row.pk
    assert archived_version(row.issued_id) is None
    assert archive_everything_due(house().means(), at=AT) == 1
    row.refresh_from_db()
    archived = content_of(row.current_id)
    sound(archived, 1)
    assert archived.startswith(content_of(row.issued_id))
    assert archived_version(row.issued_id) == row.current_id
    end = house_sunsets().end_of("p256")
    assert (row.due_at, row.due_for) == (end - house_sunsets().margin, "p256")
    assert due_papers(AT, 10) == []
    assert recount() == []
    assert Entry.objects.get(object_type="signing.archivedpaper").verb == "archived_paper.completed"


def test_renewed_when_due_it_can_be_proved_after_the_first_authority_has_ended() -> None:
    pki = demo_pki()
    ends = AT + timedelta(days=400)
    short = pki.stamper_between(AT - timedelta(days=1), ends, at=AT)
    row = kept(sign_pdf(paper(), plan(), officer(), stamper=short))
    assert archive_due(row.pk, means=House(AT, short).means(), at=AT)
    row.refresh_from_db()
    assert (row.due_at, row.due_for) == (ends - timedelta(days=90), "certificate")
    first = row.current_id
    assert archive_everything_due(house(row.due_at - timedelta(seconds=1)).means(), at=row.due_at - timedelta(1)) == 0
    assert archive_everything_due(house(row.due_at).means(), at=row.due_at) == 1
    row.refresh_from_db()
    assert row.current_id != first
    assert Blob.objects.get(pk=first).references == 0
    later = ends + timedelta(days=30)
    assert verify_pdf(content_of(row.current_id), trust=pki.trust_store(), at=later).valid
    assert not verify_pdf(content_of(first), trust=pki.trust_store(), at=later).valid
    assert recount() == []
    assert [one.verb for one in Entry.objects.order_by("pk")] == ["archived_paper.completed", "archived_paper.renewed"]


def test_what_cannot_be_done_is_tried_again_later_and_later_and_changes_nothing() -> None:
    row, away = kept(), house()
    away.stamper.down = True
    waits = []
    for _ in range(3):
        assert not archive_due(row.pk, means=away.means(), at=AT)
        row.refresh_from_db()
        waits.append(row.due_at - AT)
    assert waits == [timedelta(minutes=10), timedelta(minutes=20), timedelta(minutes=40)]
    assert (row.current_id, row.attempts, bool(row.last_error)) == (None, 3, True)
    assert not Entry.objects.exists()
    assert archive_due(row.pk, means=house().means(), at=AT)
    row.refresh_from_db()
    assert (row.attempts, row.last_error) == (0, "")


def test_a_paper_that_is_no_signed_paper_says_so() -> None:
    row = kept(paper())
    assert not archive_due(row.pk, means=house().means(), at=AT)
    row.refresh_from_db()
    assert "chưa có chữ ký số" in row.last_error


def test_a_version_that_another_run_made_meanwhile_stays() -> None:
    row = kept()
    other: list[bool] = []

    class Slow(MemoryStamper):
        def stamp(self, digest: bytes, *, hash_name: str = "sha256") -> bytes:
            if not other:
                other.append(True)
                assert archive_due(row.pk, means=house().means(), at=AT)
            return super().stamp(digest, hash_name=hash_name)

    slow = House(AT, Slow(demo_pki().tsa[0], lambda: AT))
    assert not archive_due(row.pk, means=slow.means(), at=AT)
    row.refresh_from_db()
    assert Entry.objects.filter(object_type="signing.archivedpaper").count() == 1
    assert recount() == []
