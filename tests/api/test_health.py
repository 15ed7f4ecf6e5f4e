"""Alive, ready, figures."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motcua.dossiers.tests.world import World
from motcua.files.models import Blob
from motcua.journal.actions.anchor import set_anchor
from motcua.journal.models import Anchor
from motcua.project.web.metrics import JournalFigures, StoreFigures
from tests.api.conftest import Programs


def _figures(client: Client) -> dict[str, float]:
    lines = client.get("/metrics").content.decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))}


def test_alive_and_ready(world: World) -> None:
    assert Client().get("/healthz").json() == {"ok": True, "reasons": [], "warnings": []}
    assert Client().get("/readyz").json() == {"ok": True, "warnings": []}


def test_figures(programs: Programs, now: Any) -> None:
    client = Client()
    before = _figures(client)
    programs.received()
    programs.nobody.get("/queue")
    now.shift(timedelta(minutes=2))
    found = _figures(client)
    assert found["motcua_outbox_waiting"] > before["motcua_outbox_waiting"]
    assert found["motcua_outbox_oldest_seconds"] == before["motcua_outbox_oldest_seconds"] + 120
    made = 'motcua_request_seconds_count{method="POST",status="2xx",view="api:create"}'
    refused = 'motcua_request_seconds_count{method="GET",status="4xx",view="api:queue"}'
    for name in (made, refused):
        assert found[name] == before.get(name, 0) + 1


def test_acts_are_counted_once(programs: Programs, now: Any) -> None:
    figures = JournalFigures()
    programs.received()

    def received() -> float:
        families = {family.name: family for family in figures.collect()}
        return sum(s.value for s in families["motcua_acts"].samples if s.labels["verb"] == "dossier.received")

    assert received() == 0  # not yet settled
    now.shift(timedelta(minutes=2))
    assert received() == 1
    assert received() == 1
    programs.received(confirmed_duplicate=True)
    now.shift(timedelta(minutes=2))
    with CaptureQueriesContext(connection) as queries:
        assert received() == 2
    assert len(queries) <= 4


def test_what_a_mark_has_counted_is_not_counted_again(programs: Programs, now: Any) -> None:
    programs.received()
    set_anchor(at=timezone.now())
    figures = JournalFigures()
    with CaptureQueriesContext(connection) as queries:
        families = {family.name: family for family in figures.collect()}
    counted = {s.labels["verb"]: s.value for s in families["motcua_acts"].samples}
    assert counted["dossier.received"] == 1
    assert any(f'"journal_entry"."id" > {Anchor.objects.get().last_entry_id}' in one["sql"] for one in queries)


def test_lost_and_damaged_files_are_told_to_those_who_keep_it_running(world: World, now: Any) -> None:
    whole = {"size": 5, "media_type": "application/pdf", "created_at": timezone.now()}
    Blob.objects.create(sha256="ab" * 32, fault="missing", fault_found_at=timezone.now(), **whole)
    Blob.objects.create(sha256="cd" * 32, checked_at=timezone.now() - timedelta(days=2), **whole)
    said = ["Kho tệp có 1 tệp mất nội dung."]
    assert Client().get("/readyz").json() == {"ok": True, "warnings": said}
    assert Client().get("/healthz").json()["warnings"] == said
    found = {family.name: [sample.value for sample in family.samples] for family in StoreFigures().collect()}
    assert found["motcua_files_faulty"] == [1, 0, 0]
    assert (found["motcua_files"], found["motcua_files_bytes"], found["motcua_files_not_scanned"]) == ([2], [10], [2])
    assert (found["motcua_files_oldest_read_seconds"], found["motcua_files_not_read_back"]) == ([2 * 86400], [1])
    assert "motcua_files_quarantined" in _figures(Client())


def test_the_store_is_not_counted_at_every_look(world: World) -> None:
    figures = StoreFigures()
    list(figures.collect())
    with CaptureQueriesContext(connection) as queries:
        list(figures.collect())
    assert len(queries) == 0


def test_figures_are_for_this_machine_only(world: World) -> None:
    assert Client(REMOTE_ADDR="203.0.113.7").get("/metrics").status_code == 403
