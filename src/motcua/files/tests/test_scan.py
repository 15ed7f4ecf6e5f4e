"""Malware: what the scanner says, a scanner that is away, slow or confused, and never in a transaction."""

import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from motcua.files.actions.hold import hold
from motcua.files.actions.receive_pieces import add_piece, begin_upload
from motcua.files.actions.scan import scan_waiting
from motcua.files.actions.store import store_paper, store_upload
from motcua.files.models import Blob, Upload
from motcua.files.providers.antivirus import AntivirusAway, Scan, Verdict
from motcua.files.providers.antivirus.clamd import Clamd
from motcua.files.queries import fault_warning
from motcua.files.terms import StoredFile
from motcua.files.tests.clamd import EICAR, LittleClamd, little_clamd
from motcua.files.tests.conftest import AT, pdf
from motcua.files.web.download import download_response
from motcua.identity.models import Account
from motcua.identity.queries import actor_of
from motcua.identity.terms import Actor
from motcua.journal.models import Entry
from motcua.kernel.errors import Invalid, RuleBroken, Unavailable

CITIZEN = Actor(account_id=1, name="Nguyễn Thị Ánh Nguyệt", kind="citizen")


def infected() -> bytes:
    return pdf() + EICAR


@pytest.fixture
def clamd(settings: Any) -> Iterator[LittleClamd]:
    with little_clamd() as server:
        settings.CLAMD = server.url
        yield server


@pytest.fixture
def nobody_there(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.CLAMD = f"tcp://127.0.0.1:{taken.getsockname()[1]}"


def store(content: bytes) -> StoredFile:
    return store_upload(CITIZEN, io.BytesIO(content), name="đơn.pdf", at=AT)


def codes(refused: Invalid | Unavailable | RuleBroken) -> list[str]:
    return [problem.code for problem in refused.problems]


def test_over_both_kinds_of_sockets(tmp_path: Path, clamd: LittleClamd) -> None:
    with little_clamd(str(tmp_path / "clamd.ctl")) as local:
        for server in (clamd, local):
            program = Clamd(server.url)
            assert program.version() == "ClamAV 1.4.2/27500/Sun Nov 22 2026"
            assert program.scan(io.BytesIO(b"a" * 700_000)) == Scan(Verdict.CLEAN)
            assert program.scan(io.BytesIO(b"")) == Scan(Verdict.CLEAN)
            assert program.scan(io.BytesIO(EICAR)) == Scan(Verdict.INFECTED, "Win.Test.EICAR_HDB-1")
            assert server.commands == ["zVERSION", "zINSTREAM", "zINSTREAM", "zINSTREAM"]


def test_the_content_is_read_from_its_start(clamd: LittleClamd) -> None:
    file = io.BytesIO(EICAR + b"x")
    file.seek(0, io.SEEK_END)
    assert Clamd(clamd.url).scan(file).verdict is Verdict.INFECTED


def test_beyond_its_limits(clamd: LittleClamd) -> None:
    clamd.answer = lambda _: b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND"
    assert Clamd(clamd.url).scan(io.BytesIO(b"x")).verdict is Verdict.BEYOND_LIMITS
    clamd.stream_max = 10
    assert Clamd(clamd.url).scan(io.BytesIO(b"x" * 11)) == Scan(Verdict.BEYOND_LIMITS, "StreamMaxLength")


@pytest.mark.parametrize("said", [b"", b"stream: Can't allocate memory ERROR", b"HTTP/1.1 400 Bad Request"])
def test_what_cannot_be_understood_is_no_verdict(clamd: LittleClamd, said: bytes) -> None:
    clamd.answer = lambda _: said
    with pytest.raises(AntivirusAway):
        Clamd(clamd.url).scan(io.BytesIO(b"x"))


def test_a_scanner_that_says_nothing_is_given_up(clamd: LittleClamd) -> None:
    clamd.answer = None
    with pytest.raises(AntivirusAway):
        Clamd(clamd.url, seconds=0.1).scan(io.BytesIO(b"x"))


@pytest.mark.usefixtures("committed", "data_dir")
def test_clean_is_kept_and_remembered(clamd: LittleClamd) -> None:
    stored = store(pdf())
    assert Blob.objects.get(pk=stored.sha256).scanned_at == AT


@pytest.mark.usefixtures("committed", "data_dir")
def test_malware_is_refused(clamd: LittleClamd) -> None:
    with pytest.raises(Invalid, match="có mã độc") as refused:
        store(infected())
    assert codes(refused.value) == ["file_infected"]
    assert Blob.objects.count() == 0


@pytest.mark.usefixtures("committed", "data_dir")
def test_what_cannot_be_looked_at_whole_is_refused(clamd: LittleClamd) -> None:
    clamd.answer = lambda _: b"stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND"
    with pytest.raises(Invalid) as refused:
        store(pdf())
    assert codes(refused.value) == ["file_not_scannable"]
    assert Blob.objects.count() == 0


@pytest.mark.usefixtures("committed", "data_dir", "nobody_there")
def test_nothing_is_taken_while_the_scanner_is_away() -> None:
    with pytest.raises(Unavailable, match="gửi lại tệp sau ít phút") as refused:
        store(pdf())
    assert codes(refused.value) == ["antivirus_away"]
    assert Blob.objects.count() == 0


@pytest.mark.usefixtures("committed", "data_dir")
def test_a_scanner_that_closes_its_door_for_a_moment_is_asked_again(clamd: LittleClamd) -> None:
    answers = iter([b"", b"stream: OK"])
    clamd.answer = lambda _: next(answers)
    assert Blob.objects.get(pk=store(pdf()).sha256).scanned_at == AT


@pytest.mark.usefixtures("committed", "data_dir")
def test_never_in_a_transaction(clamd: LittleClamd) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        store(pdf())
    assert clamd.commands == []


@pytest.mark.django_db
def test_accepted_unseen_it_is_looked_at_later_and_blocked(data_dir: Path, settings: Any, nobody_there: None) -> None:
    settings.CLAMD_DOWN = "accept"
    good, bad = store(pdf()), store(infected())
    hold(bad.sha256)
    assert scan_waiting(at=AT, most_bytes=1) == 0
    with little_clamd() as server:
        settings.CLAMD = server.url
        assert scan_waiting(at=AT, most_bytes=10**9) == 1
        assert scan_waiting(at=AT, most_bytes=10**9) == 0
        assert len(server.commands) == 2
    assert Blob.objects.get(pk=good.sha256).fault == ""
    blob = Blob.objects.get(pk=bad.sha256)
    assert (blob.fault, blob.references, blob.scanned_at) == ("infected", 1, AT)
    entry = Entry.objects.get(verb="blob.faulty", object_id=bad.sha256)
    assert entry.data["detail"] == "Win.Test.EICAR_HDB-1"
    assert fault_warning() == "Kho tệp có 1 tệp có mã độc, đã chặn."
    for use in (lambda: hold(bad.sha256), lambda: download_response(blob, "đơn.pdf")):
        with pytest.raises(RuleBroken) as refused:
            use()
        assert codes(refused.value) == ["file_infected"]
    settings.CLAMD = ""
    with pytest.raises(Invalid):
        store(infected())


@pytest.mark.django_db
def test_a_false_alarm_ends_when_the_scanner_says_clean(data_dir: Path, clamd: LittleClamd) -> None:
    stored = store_paper(infected(), name="a.pdf", at=AT)
    assert scan_waiting(at=AT, most_bytes=10**9) == 1
    clamd.answer = lambda _: b"stream: OK"
    store(infected())
    blob = Blob.objects.get(pk=stored.sha256)
    assert (blob.fault, blob.scanned_at) == ("", AT)
    assert Entry.objects.filter(verb="blob.mended", object_id=stored.sha256).exists()


@pytest.mark.django_db
def test_without_a_scanner_nothing_is_said_to_be_scanned(data_dir: Path) -> None:
    assert Blob.objects.get(pk=store(pdf()).sha256).scanned_at is None
    assert scan_waiting(at=AT, most_bytes=10**9) == 0


@pytest.mark.django_db
def test_a_file_in_pieces_waits_whole_for_the_scanner(data_dir: Path, settings: Any, nobody_there: None) -> None:
    account = Account.objects.create(username="hoa", full_name="hoa", kind="citizen", personal_id="022190000009")
    actor, content, now = actor_of(account, timezone.localdate()), pdf(), timezone.now()
    upload = begin_upload(actor=actor, name="a.pdf", size=len(content), at=now)
    client = Client()
    client.force_login(account)
    address = f"/tep/{upload.pk}/?tu="
    answer = client.put(address + "0", content, content_type="application/octet-stream")
    assert answer.status_code == 503
    assert "tạm nghỉ" in answer.json()["problems"][0]
    state = Upload.objects.get()
    assert (state.received, state.blob_id, state.problems) == (len(content), None, [])
    with little_clamd() as server:
        settings.CLAMD = server.url
        done = add_piece(actor=actor, upload_id=upload.pk, offset=len(content), piece=b"", at=now)
    assert done.blob_id is not None
