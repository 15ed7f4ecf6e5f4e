"""Put an installation back as it was at a moment, into an empty data folder."""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.project.backup import blobs
from motcua.project.backup.recover import Target, recovered
from motcua.project.backup.server import Server, address_of, counts_of, run_program
from motcua.project.backup.store import LOGICAL, Manifest, Store, problems_of_files
from motcua.project.backup.take import DUMP, SETTINGS
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.project.runtime.postgres import EmbeddedPostgres

_BLOBS = "SELECT sha256 FROM files_blob"
_TABLES = "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"


@dataclass(frozen=True)
class Restored:
    """What was put back: from which backup, up to which change, how many rows, which files could not be found."""

    manifest: Manifest
    last_change: datetime | None
    counts: dict[str, int]
    lost_files: list[str]


def restore(installation: Installation, store: Store, *, to: datetime | None) -> Restored:
    """Put the state of the moment `to` (None: the last there is) into the empty data folder of `installation`.

    With DATABASE_URL set the rows go into that database, which must be empty too. Raises StartError, and then leaves
    nothing behind.
    """
    _demand_empty(installation)
    manifest = choose(store, to)
    for problem in problems_of_files(store, manifest):
        raise StartError(f"Không khôi phục từ bản hỏng. {problem}", "Hãy chạy «motcua backup check» và chọn bản khác.")
    installation.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        installation.logs_dir.mkdir(mode=0o700, exist_ok=True)
        _settings_back(installation, store, manifest)
        with _database(installation, Target(store, manifest, to)) as (server, last_change):
            counts, digests = look(server)
        lost = blobs.put_back(store, installation.data_dir, digests)
    except BaseException:
        shutil.rmtree(installation.data_dir, ignore_errors=True)
        raise
    return Restored(manifest, last_change, counts, lost)


def choose(store: Store, to: datetime | None) -> Manifest:
    """The newest backup that was complete at that moment. Raises StartError when there is none."""
    found = store.manifests()
    if not found:
        raise StartError(f"Không có bản sao lưu nào trong {store.folder}.", "Hãy chỉ đúng thư mục bằng --from.")
    fitting = [one for one in found if to is None or one.finished <= to]
    if not fitting:
        first = found[0].finished.astimezone()
        raise StartError(
            f"Không có bản sao lưu nào trước thời điểm đó; bản cũ nhất hoàn thành lúc {first:%H:%M:%S %d/%m/%Y}."
        )
    return fitting[-1]


def look(server: Server) -> tuple[dict[str, int], list[str]]:
    """Rows of the tables that only grow, and the contents the database speaks of."""
    with server.connect() as connection:
        counts = counts_of(connection)
        digests = [str(row[0]) for row in connection.execute(_BLOBS.encode())] if "files_blob" in counts else []
    return counts, digests


def _demand_empty(installation: Installation) -> None:
    folder = installation.data_dir
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StartError(
            f"Thư mục {folder} không trống; khôi phục không bao giờ ghi đè.", "Hãy chỉ một thư mục mới bằng --data."
        )
    if installation.external_url and address_of(installation.external_url).ask(_TABLES):
        raise StartError(
            "Cơ sở dữ liệu trong DATABASE_URL không trống; khôi phục không bao giờ ghi đè.",
            "Hãy tạo một cơ sở dữ liệu mới (createdb) và trỏ DATABASE_URL vào đó.",
        )


@contextlib.contextmanager
def _database(installation: Installation, target: Target) -> Iterator[tuple[Server, datetime | None]]:
    external, logical = installation.external_url, target.manifest.kind == LOGICAL
    log_file = installation.logs_dir / "postgres.log"
    if logical:
        with _goal(installation, log_file) as goal:
            load(goal, target.store.base(target.manifest.id) / DUMP)
            yield goal, datetime.fromisoformat(target.manifest.started_at)
    elif not external:
        with recovered(target, installation.postgres_dir, log_file=log_file) as (server, last):
            yield address_of(server.url()), last
    else:
        with _scratch(target.store) as folder:
            dump = folder / DUMP
            with recovered(target, folder / "pg", log_file=folder / "postgres.log") as (server, last):
                _dump(server, dump)
            goal = address_of(external)
            load(goal, dump)
            yield goal, last


@contextlib.contextmanager
def _goal(installation: Installation, log_file: Path) -> Iterator[Server]:
    """The empty database the rows of a dump go into."""
    if installation.external_url:
        yield address_of(installation.external_url)
        return
    with EmbeddedPostgres(installation.postgres_dir, log_file=log_file) as server:
        yield address_of(server.url())


def _dump(server: EmbeddedPostgres, dump: Path) -> None:
    source = address_of(server.url())
    arguments = ("--format=custom", "--compress=1", "--no-owner", "--no-acl", "--file", str(dump), "-d", source.address)
    run_program(source.programs(), "pg_dump", *arguments, what="Không chuyển được dữ liệu đã khôi phục")


def load(goal: Server, dump: Path) -> None:
    """Put a dump into an empty database."""
    arguments = ("--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", "-d", goal.address, str(dump))
    run_program(goal.programs(), "pg_restore", *arguments, what="Không nạp được dữ liệu")


@contextlib.contextmanager
def _scratch(store: Store) -> Iterator[Path]:
    """A folder for the time of one restore, on the disk of the backups."""
    folder = Path(tempfile.mkdtemp(prefix="scratch-", dir=store.folder))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings_back(installation: Installation, store: Store, manifest: Manifest) -> None:
    found: dict[str, Any] = json.loads((store.base(manifest.id) / SETTINGS).read_text())
    key = installation.data_dir / "secret_key"
    key.touch(mode=0o600)
    key.write_text(found["secret_key"])
    if found["demo"] is not None:
        installation.demo_marker.write_text(found["demo"])
    given = installation.data_dir / "settings.env"
    given.touch(mode=0o600)
    given.write_text("".join(f"{name}={value}\n" for name, value in sorted(found["environment"].items())))
