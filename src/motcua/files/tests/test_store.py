import hashlib
import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction

from motcua.files.actions.hold import hold, release
from motcua.files.actions.store import store_paper, store_upload
from motcua.files.models import Blob
from motcua.files.queries import blob_of, open_blob, path_of
from motcua.files.terms import StoredFile
from motcua.files.tests.conftest import AT, pdf, picture
from motcua.identity.terms import SYSTEM, Actor
from motcua.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

CITIZEN = Actor(account_id=1, name="Nguyễn Thị Ánh Nguyệt", kind="citizen")
NOBODY = Actor(account_id=None, name="", kind="anonymous")


def store(content: bytes, name: str = "đơn.pdf", actor: Actor = CITIZEN, **options: bool) -> StoredFile:
    return store_upload(actor, io.BytesIO(content), name=name, at=AT, **options)


def leftovers(data_dir: Path) -> list[str]:
    return os.listdir(data_dir / "blobs" / "incoming")


@pytest.mark.django_db
def test_a_file_is_kept_under_its_digest(data_dir: Path) -> None:
    content = pdf()
    stored = store(content, "C:\\đơn.pdf")
    assert stored == StoredFile(hashlib.sha256(content).hexdigest(), len(content), "application/pdf", "đơn.pdf")
    with open_blob(stored.sha256) as file:
        assert file.read() == content
    blob = blob_of(stored.sha256)
    assert (blob.size, blob.references, blob.created_at) == (len(content), 0, AT)
    assert leftovers(data_dir) == []


@pytest.mark.django_db
def test_the_same_content_is_kept_once(data_dir: Path) -> None:
    assert store(pdf(), "một.pdf").sha256 == store(pdf(), "hai.pdf", actor=SYSTEM).sha256
    assert Blob.objects.count() == 1
    assert leftovers(data_dir) == []


@pytest.mark.django_db
def test_a_content_lost_from_disk_comes_back_with_its_next_upload(data_dir: Path) -> None:
    stored = store(pdf())
    path_of(stored.sha256).unlink()
    with pytest.raises(NotFound):
        open_blob(stored.sha256)
    store(pdf())
    open_blob(stored.sha256).close()


@pytest.mark.django_db
def test_pictures_are_redrawn_unless_told_otherwise(data_dir: Path) -> None:
    content = picture() + b"trailing"
    assert store(content, "a.jpg", redraw_images=False).size == len(content)
    stored = store(content, "a.jpg")
    with open_blob(stored.sha256) as file:
        assert b"trailing" not in file.read()


@pytest.mark.django_db
def test_nobody_stores_nothing(data_dir: Path) -> None:
    with pytest.raises(NotPermitted):
        store(pdf(), actor=NOBODY)
    assert not (data_dir / "blobs").exists()


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(data_dir: Path) -> None:
    with pytest.raises(Invalid) as refused:
        store(b"MZ", "x.exe")
    assert [problem.code for problem in refused.value.problems] == ["file_type_not_allowed"]
    assert leftovers(data_dir) == []
    assert Blob.objects.count() == 0


class Endless:
    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = 1, /) -> bytes:
        self.given += size
        return bytes(size)


@pytest.mark.django_db
def test_reading_stops_at_the_limit(data_dir: Path) -> None:
    stream = Endless()
    with pytest.raises(Invalid, match="vượt mức tối đa 1 MB"):
        store_upload(CITIZEN, stream, name="a.pdf", at=AT)
    assert stream.given <= 2 * 1024 * 1024
    assert leftovers(data_dir) == []


@pytest.mark.django_db
def test_papers_of_the_system_are_kept_as_they_are(data_dir: Path) -> None:
    stored = store_paper(b"%PDF-1.7 ...", name="giấy hẹn.pdf", at=AT)
    with open_blob(stored.sha256) as file:
        assert file.read() == b"%PDF-1.7 ..."


@pytest.mark.usefixtures("committed")
def test_many_at_once_keep_one_content(data_dir: Path) -> None:
    content = pdf(pages=3)

    def one(_: int) -> str:
        try:
            stored = store(content)
            with transaction.atomic():
                hold(stored.sha256)
            return stored.sha256
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(one, range(24)))
    [digest] = digests
    assert blob_of(digest).references == 24
    with open_blob(digest) as file:
        assert hashlib.sha256(file.read()).hexdigest() == digest
    assert leftovers(data_dir) == []


@pytest.mark.django_db
def test_holding_is_counted_and_nothing_is_deleted(data_dir: Path) -> None:
    digest = store(pdf()).sha256
    hold(digest)
    hold(digest)
    release(digest)
    assert blob_of(digest).references == 1
    release(digest)
    with pytest.raises(Conflict):
        release(digest)
    open_blob(digest).close()


@pytest.mark.django_db
def test_what_is_not_there_cannot_be_held(data_dir: Path) -> None:
    for wanted in ("ab" * 32, "../secret"):
        with pytest.raises(NotFound):
            hold(wanted)
        with pytest.raises(NotFound):
            open_blob(wanted)
        with pytest.raises(NotFound):
            blob_of(wanted)


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("act", [hold, release])
def test_holding_belongs_into_a_transaction(data_dir: Path, act) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        act("ab" * 32)


@pytest.mark.usefixtures("committed")
def test_a_hold_is_undone_with_its_transaction(data_dir: Path) -> None:
    digest = store(pdf()).sha256
    with transaction.atomic():
        hold(digest)
        transaction.set_rollback(True)
    assert blob_of(digest).references == 0
