"""The parts of a backup by themselves: moments, what is kept, a full disk, warnings."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from motcua.project.backup import blobs, take
from motcua.project.backup.age import warning
from motcua.project.backup.keep import thin_out
from motcua.project.backup.restore import choose
from motcua.project.backup.server import Server, run_program
from motcua.project.backup.settings import BackupSettings
from motcua.project.backup.store import MANIFEST, Manifest, Store, manifest_text
from motcua.project.commands.backup import moment_in
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.project.runtime.postgres import DATABASE, ROLE, EmbeddedPostgres

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def made(store: Store, at: datetime, *, line: str = "a", lsn: str = "0/2000028") -> Manifest:
    """A finished backup with nothing in it."""
    facts: dict[str, Any] = {"server_version": 170002, "database": "motcua", "user": "motcua", "superuser": "postgres"}
    moment = at.isoformat()
    one = Manifest(
        f"{at:%Y%m%dT%H%M%S}Z", "physical", line, moment, moment, embedded=True, timeline=1, start_lsn=lsn, **facts
    )
    store.make().base(one.id).mkdir()
    (store.base(one.id) / MANIFEST).write_text(manifest_text(one))
    return one


def test_a_moment_without_a_zone_is_vietnam_time() -> None:
    assert moment_in("2026-11-22 14:05") == datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
    assert moment_in("2026-11-22T14:05:30Z") == datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)
    for wrong in ("14:05", "22/11/2026", "2026-13-01"):
        with pytest.raises(StartError):
            moment_in(wrong)


def test_the_last_backup_before_the_moment_is_chosen(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first, second = made(store, NOON), made(store, NOON + DAY)
    assert choose(store, NOON + DAY / 2) == first
    assert choose(store, None) == second
    with pytest.raises(StartError, match="trước thời điểm đó"):
        choose(store, NOON - DAY)


def test_a_backup_without_its_manifest_is_none(tmp_path: Path) -> None:
    store = Store(tmp_path).make()
    (store.bases / "20261122T120000Z.half").mkdir()
    (store.bases / "20261123T120000Z").mkdir()
    assert store.manifests() == []


def test_what_can_still_be_asked_for_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path)
    days = [made(store, NOON + number * DAY, lsn=f"0/{number + 2}000028") for number in range(5)]
    wal = store.wal_of("a")
    wal.mkdir(parents=True)
    for number in range(1, 8):
        (wal / f"{1:08X}{0:08X}{number:08X}.gz").touch()
    # two days back from noon of day 4: the backup of day 2 is the first that is needed
    assert thin_out(store, keep_days=2, now=NOON + 4 * DAY) == [days[0].id, days[1].id]
    assert [one.id for one in store.manifests()] == [one.id for one in days[2:]]
    assert sorted(int(path.name[16:24], 16) for path in wal.iterdir()) == [4, 5, 6, 7]


def test_the_newest_backup_is_kept_however_old(tmp_path: Path) -> None:
    store = Store(tmp_path)
    only = made(store, NOON)
    assert thin_out(store, keep_days=1, now=NOON + 99 * DAY) == []
    assert store.manifests() == [only]


def test_a_line_nobody_needs_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    made(store, NOON, line="b")
    for line in ("a", "b", "c"):
        store.wal_of(line).mkdir(parents=True)
    thin_out(store, keep_days=5, now=NOON)
    assert sorted(path.name for path in store.lines.iterdir()) == ["b", "c"]  # c has only just begun


def test_files_are_copied_once_and_checked_on_the_way_back(tmp_path: Path) -> None:
    store, digest = (
        Store(tmp_path / "backup").make(),
        "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    )
    there = tmp_path / "data" / "blobs" / digest[:2] / digest[2:]
    there.parent.mkdir(parents=True)
    there.write_text("foo")
    (tmp_path / "data" / "blobs" / "incoming").mkdir()
    assert blobs.copy_new(tmp_path / "data", store) == 1
    assert blobs.copy_new(tmp_path / "data", store) == 0
    assert blobs.put_back(store, tmp_path / "new", [digest]) == []
    assert (tmp_path / "new" / "blobs" / digest[:2] / digest[2:]).read_text() == "foo"
    (store.blobs / digest[:2] / digest[2:]).write_text("bar")
    assert list(blobs.broken(store, [digest])) == [digest]
    assert blobs.put_back(store, tmp_path / "newer", [digest]) == [digest]


def test_contents_in_quarantine_are_copied_once_and_put_back_on_their_shelf(tmp_path: Path) -> None:
    store, held, unused = Store(tmp_path / "backup").make(), _digest("held"), _digest("unused")
    shelves = tmp_path / "data" / "blobs"
    away = shelves / "quarantine"
    _write(shelves / held[:2] / held[2:], "held")
    _write(away / unused[:2] / unused[2:], "unused")
    assert blobs.copy_new(tmp_path / "data", store) == 2
    (away / held[:2]).mkdir()
    (shelves / held[:2] / held[2:]).rename(away / held[:2] / held[2:])
    (shelves / unused[:2]).mkdir()
    (away / unused[:2] / unused[2:]).rename(shelves / unused[:2] / unused[2:])
    assert blobs.copy_new(tmp_path / "data", store) == 0
    assert blobs.put_back(store, tmp_path / "new", [held, unused]) == []
    assert (tmp_path / "new" / "blobs" / unused[:2] / unused[2:]).read_text() == "unused"


def test_a_content_that_goes_while_the_backup_looks_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, gone, stays = Store(tmp_path / "backup").make(), _digest("gone"), _digest("stays")
    for said in ("gone", "stays"):
        _write(tmp_path / "data" / "blobs" / _digest(said)[:2] / _digest(said)[2:], said)
    real = blobs._copy

    def too_late(source: Path, target: Path) -> str:
        if source.name == gone[2:]:
            source.unlink()
        return real(source, target)

    monkeypatch.setattr(blobs, "_copy", too_late)
    assert blobs.copy_new(tmp_path / "data", store) == 1
    assert [path.name for path in store.blobs.rglob("*") if path.is_file()] == [stays[2:]]


def test_a_damaged_content_is_not_taken_for_a_copy(tmp_path: Path) -> None:
    store, digest = Store(tmp_path / "backup").make(), _digest("whole")
    there = tmp_path / "data" / "blobs" / digest[:2] / digest[2:]
    _write(there, "wh0le")
    assert blobs.copy_new(tmp_path / "data", store) == 0
    there.write_text("whole")
    assert blobs.copy_new(tmp_path / "data", store) == 1
    assert list(blobs.broken(store, [digest])) == []


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(text)


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with EmbeddedPostgres(tmp_path / "data" / "pg", durable=False) as postgres:
        server = Server(postgres.address(), DATABASE, ROLE)
        with pytest.raises(StartError, match="đĩa đã đầy"):
            run_program(server.programs(), "pg_dump", "--file", "/dev/full", "-d", server.address, what="Thử")
        monkeypatch.setattr(take, "NEEDED_SHARE", 1e12)  # as if the disk were nearly full
        store = Store(tmp_path / "backup")
        with pytest.raises(StartError, match=r"chỉ còn trống \d+ MB, cần khoảng \d+ MB"):
            take.take_backup(Installation(tmp_path / "data"), server, store)
        assert store.manifests() == []
        assert list(store.bases.iterdir()) == []


def test_work_goes_on_while_a_long_backup_is_taken(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "data" / "pg", durable=False) as postgres:
        address = postgres.address(database=DATABASE)
        server, dump = Server(address, DATABASE, ROLE), str(tmp_path / "dump")
        with psycopg.connect(address) as blocker:
            blocker.execute("CREATE TABLE held (id int)")
            blocker.commit()
            blocker.execute("LOCK TABLE held IN ACCESS EXCLUSIVE MODE")  # pg_dump waits until `meanwhile` lets go
            what = ("--lock-wait-timeout=20s", "--file", dump, "-d", address)
            run_program(server.programs(), "pg_dump", *what, what="Thử", meanwhile=blocker.commit)
    assert "CREATE TABLE public.held" in Path(dump).read_text()


def test_old_and_missing_backups_are_warned_of(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "data")
    installation.make()
    settings = BackupSettings(is_on=True, folder=tmp_path / "backup", keep_days=14, hour=1)
    now = datetime.now(UTC)
    assert warning(installation, settings, now=now) == ""  # its first day
    assert "Chưa có bản sao lưu nào" in warning(installation, settings, now=now + 3 * DAY)
    made(Store(settings.folder), now)
    assert warning(installation, settings, now=now + DAY) == ""
    assert "đã cũ 48 giờ" in warning(installation, settings, now=now + 2 * DAY)
    Store(settings.folder).note(error="đĩa đã đầy")
    assert "đĩa đã đầy" in warning(installation, settings, now=now)
    assert warning(installation, replace(settings, is_on=False), now=now + 9 * DAY) == ""


def test_the_nightly_hour_is_vietnams(tmp_path: Path) -> None:
    settings = BackupSettings(is_on=True, folder=tmp_path, keep_days=14, hour=1)
    assert settings.last_due(datetime(2026, 11, 21, 18, 30, tzinfo=UTC)) == datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    assert settings.last_due(datetime(2026, 11, 21, 17, 30, tzinfo=UTC)) == datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
