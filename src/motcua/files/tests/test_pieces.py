"""A file in pieces: in order, twice, with a gap, over a cut, by somebody else, too late, hostile."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from motcua.files.actions.receive_pieces import LARGEST_PIECE, add_piece, begin_upload, drop_uploads
from motcua.files.models import Blob, Upload
from motcua.files.queries import arrived, open_blob
from motcua.files.rules.places import piece_path
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import ANONYMOUS, Actor
from motcua.kernel.errors import Invalid, NotFound, NotPermitted


def _small_pdf() -> bytes:
    with pikepdf.new() as made:
        made.add_blank_page()
        target = io.BytesIO()
        made.save(target)
    return target.getvalue()


PDF = _small_pdf()


@pytest.fixture
def people(db: None) -> tuple[Actor, Actor]:
    made = [
        Account.objects.create(username=name, full_name=name, kind="citizen", personal_id=f"02219000000{number}")
        for number, name in enumerate(["hoa", "binh"])
    ]
    first, second = (actor_of(one, timezone.localdate()) for one in made)
    return first, second


def send(actor: Actor, content: bytes, upload: Upload, offset: int) -> Upload:
    return add_piece(actor=actor, upload_id=upload.pk, offset=offset, piece=content, at=timezone.now())


def begin(actor: Actor, content: bytes, name: str = "to-khai.pdf") -> Upload:
    return begin_upload(actor=actor, name=name, size=len(content), at=timezone.now())


def whole(actor: Actor, content: bytes, name: str = "to-khai.pdf") -> Upload:
    return send(actor, content, begin(actor, content, name), 0)


def test_pieces_make_the_file_however_often_they_come(people: tuple[Actor, Actor]) -> None:
    actor, _other = people
    upload = begin(actor, PDF)
    assert send(actor, PDF[:40], upload, 0).received == 40
    assert send(actor, PDF[:40], upload, 0).received == 40
    assert send(actor, PDF[20:70], upload, 20).received == 70
    assert send(actor, PDF[90:], upload, 90).received == 70
    assert send(actor, PDF[70:] + b"more than was said", upload, 70).blob_id is not None
    assert send(actor, PDF[70:], upload, 70).received == len(PDF)
    stored = arrived(actor, str(upload.pk))
    with open_blob(stored.sha256) as file:
        assert file.read() == PDF


def test_what_the_disk_lost_is_asked_for_again(people: tuple[Actor, Actor]) -> None:
    actor, _other = people
    upload = begin(actor, PDF)
    send(actor, PDF[:60], upload, 0)
    path = piece_path(Path(settings.DATA_DIR), upload.pk)
    path.write_bytes(PDF[:30])
    assert send(actor, PDF[60:], upload, 60).received == 30
    assert send(actor, PDF[30:], upload, 30).blob_id is not None


def test_the_pieces_go_when_the_file_is_whole(
    people: tuple[Actor, Actor], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        upload = whole(people[0], PDF)
    assert not piece_path(Path(settings.DATA_DIR), upload.pk).exists()


def test_a_whole_file_is_checked_as_hostile(people: tuple[Actor, Actor]) -> None:
    actor, _other = people
    upload = whole(actor, b"MZ" + b"\0" * 200, "to-khai.pdf")
    assert upload.blob_id is None
    assert "to-khai.pdf" in upload.problems[0]
    with pytest.raises(Invalid):
        arrived(actor, str(upload.pk))
    assert Blob.objects.count() == 0


def test_nobody_goes_on_with_the_file_of_another(people: tuple[Actor, Actor]) -> None:
    actor, other = people
    upload = begin(actor, PDF)
    with pytest.raises(NotFound):
        send(other, PDF, upload, 0)
    send(actor, PDF, upload, 0)
    with pytest.raises(NotFound):
        arrived(other, str(upload.pk))
    with pytest.raises(NotFound):
        arrived(actor, "khong-phai-so")


def test_refusals_at_the_beginning(people: tuple[Actor, Actor]) -> None:
    actor, _other = people
    for size in (0, -1, settings.MAX_UPLOAD_BYTES + 1):
        with pytest.raises(Invalid):
            begin_upload(actor=actor, name="a.pdf", size=size, at=timezone.now())
    with pytest.raises(NotPermitted):
        begin_upload(actor=ANONYMOUS, name="a.pdf", size=10, at=timezone.now())
    for _time in range(10):
        begin_upload(actor=actor, name="a.pdf", size=settings.MAX_UPLOAD_BYTES, at=timezone.now())
    with pytest.raises(Invalid):
        begin(actor, PDF)
    with pytest.raises(Invalid):
        send(actor, b"x" * (LARGEST_PIECE + 1), Upload.objects.first() or Upload(), 0)


def test_what_is_never_finished_goes(people: tuple[Actor, Actor]) -> None:
    actor, _other = people
    upload = begin(actor, PDF)
    send(actor, PDF[:50], upload, 0)
    assert drop_uploads(at=timezone.now()) == 0
    assert drop_uploads(at=timezone.now() + timedelta(hours=25)) == 1
    assert not piece_path(Path(settings.DATA_DIR), upload.pk).exists()
    with pytest.raises(NotFound):
        send(actor, PDF[50:], upload, 50)


def test_over_http(people: tuple[Actor, Actor]) -> None:
    client = Client()
    client.force_login(Account.objects.get(username="hoa"))
    begun = client.post("/tep/", {"name": "to-khai.pdf", "size": len(PDF), "type": "application/pdf"})
    assert begun.status_code == 201
    address = f"/tep/{begun.json()['id']}/"
    assert client.put(f"{address}?tu=0", PDF[:64], content_type="application/octet-stream").json()["received"] == 64
    assert client.get(address).json()["received"] == 64
    for wrong in ("100", "-1", "x"):
        answer = client.put(f"{address}?tu={wrong}", PDF[100:], content_type="application/octet-stream")
        assert answer.json()["received"] == 64
    done = client.put(f"{address}?tu=64", PDF[64:], content_type="application/octet-stream").json()
    assert done["done"]
    assert done["problems"] == []
    big = client.put(f"{address}?tu=0", b"x" * (LARGEST_PIECE + 1), content_type="application/octet-stream")
    assert big.status_code == 422
    assert client.post("/tep/", {"name": "a.pdf", "size": "nhieu"}).status_code == 422
    assert client.get("/tep/00000000-0000-0000-0000-000000000000/").status_code == 404
