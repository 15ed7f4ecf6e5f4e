"""The same write sent twice is done once."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from motcua.dossiers.models import Dossier, Move
from motcua.dossiers.tests.world import World, definition
from motcua.files.models import Blob
from motcua.journal.models import Entry, StoredReply
from motcua.journal.tests.own_database import own_database
from tests.api.conftest import PDF, Programs
from tests.api.program import Answer, application


def test_a_write_without_a_key(programs: Programs, world: World) -> None:
    answer = programs.clerk.post("/dossiers", application(world), key=None)
    assert (answer.status, answer.fields) == (422, ["Idempotency-Key"])
    long = programs.clerk.post("/dossiers", application(world), key="k" * 201)
    assert (long.status, long.fields) == (422, ["Idempotency-Key"])
    assert Dossier.objects.count() == 0


def test_repeated_it_is_answered_alike(programs: Programs, world: World) -> None:
    first = programs.clerk.post("/dossiers", application(world), key="một")
    again = programs.clerk.post("/dossiers", application(world), key="một")
    assert (again.status, again.json) == (201, first.json)
    assert Dossier.objects.count() == 1
    at = f"/dossiers/{first.json['id']}"
    done = programs.clerk.post(f"{at}/forward", key="hai")
    entries = Entry.objects.count()
    repeated = programs.clerk.post(f"{at}/forward", key="hai")
    assert (repeated.status, repeated.json) == (200, done.json)
    assert Entry.objects.count() == entries


def test_a_key_belongs_to_one_request(programs: Programs, world: World) -> None:
    programs.clerk.post("/dossiers", application(world), key="một")
    other = programs.clerk.post("/dossiers", application(world, abstract="Khác", confirmed_duplicate=True), key="một")
    assert (other.status, other.codes) == (409, ["idempotency_key_reused"])
    assert Dossier.objects.count() == 1


def test_a_key_belongs_to_one_account(programs: Programs) -> None:
    assert programs.citizen.upload("a.pdf", PDF, "application/pdf", key="một").status == 201
    assert programs.other_citizen.upload("a.pdf", PDF, "application/pdf", key="một").status == 201
    assert StoredReply.objects.count() == 2


def test_what_was_refused_may_be_mended_under_the_same_key(programs: Programs, world: World) -> None:
    assert programs.clerk.post("/dossiers", application(world, set_count=0), key="một").status == 422
    assert programs.clerk.post("/dossiers", application(world), key="một").status == 201


def test_uploads(programs: Programs) -> None:
    first = programs.citizen.upload("a.pdf", PDF, "application/pdf", key="một")
    assert programs.citizen.upload("a.pdf", PDF, "application/pdf", key="một").json == first.json
    assert programs.citizen.upload("a.pdf", PDF + b"\n", "application/pdf", key="một").status == 409
    assert Blob.objects.count() == 1
    for name, content in [("a.exe", b"MZ" + b"\0" * 100), ("a.pdf", b"not a pdf"), ("a.pdf", b"")]:
        refused = programs.citizen.upload(name, content, "application/pdf")
        assert (refused.status, refused.fields) == (422, ["file"]), name
    bare = programs.citizen.post("/uploads", raw=b"x")
    assert (bare.status, bare.fields) == (422, ["file"])


def _both(send: Callable[[], Answer]) -> list[Answer]:
    found: list[Answer] = []
    gate = threading.Barrier(2)

    def run() -> None:
        gate.wait()
        try:
            found.append(send())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def really(django_db_setup: None, django_db_blocker: Any, now: object, here: None) -> Iterator[Programs]:
    """The ward in committed rows, so that two connections see it, in a database of its own."""
    with own_database(django_db_blocker):
        yield Programs(World(definition()).build())


def test_two_at_once_with_one_key(really: Programs) -> None:
    clerk = really.clerk
    made = _both(lambda: clerk.post("/dossiers", application(really.world), key="một"))
    assert [answer.status for answer in made] == [201, 201]
    assert made[0].json == made[1].json
    dossier = Dossier.objects.get()
    done = _both(lambda: clerk.post(f"/dossiers/{dossier.pk}/forward", key="hai"))
    assert [answer.status for answer in done] == [200, 200]
    assert done[0].json == done[1].json
    assert Move.objects.filter(dossier=dossier).count() == 2


def test_two_at_once_with_two_keys(really: Programs) -> None:
    clerk = really.clerk
    dossier_id = really.received()
    done = _both(lambda: clerk.post(f"/dossiers/{dossier_id}/forward"))
    assert sorted(answer.status for answer in done) == [200, 409]
    refused = next(answer for answer in done if answer.status == 409)
    assert "Cán bộ tiep-nhan đã thực hiện «Chuyển bước tiếp theo»" in refused.json["detail"]
    assert Move.objects.filter(dossier_id=dossier_id).count() == 2
