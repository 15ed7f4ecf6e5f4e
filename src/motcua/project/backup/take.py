"""Take one backup: the database as it is, the files, the settings; finished only when everything is on disk."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from motcua.project.backup import blobs
from motcua.project.backup.server import Server, run_program
from motcua.project.backup.store import (
    LOGICAL,
    MANIFEST,
    PHYSICAL,
    Manifest,
    Store,
    digest_of,
    flush_folder,
    manifest_text,
    write_whole,
)
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation
from motcua.project.runtime.locks import FileLock

SETTINGS = "settings.json"
DUMP = "database.dump"
BUSY = "một lần sao lưu khác đang chạy"
LOCK_SECONDS = 3600.0
#: A compressed backup is smaller than the database; this share of it must be free before one is begun.
NEEDED_SHARE = 0.5
_SIZE = "SELECT sum(pg_database_size(oid)) FROM pg_database WHERE datallowconn"
_TABLESPACES = "SELECT count(*) FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')"


def take_backup(
    installation: Installation,
    server: Server,
    store: Store,
    *,
    line: str = "",
    meanwhile: Callable[[], object] = lambda: None,
) -> Manifest:
    """Take a backup and return what it holds. Raises StartError; then nothing of it is left.

    Where the server lets us replicate it is a base backup, which the changes that follow (`line`) carry on to any
    moment; elsewhere it is a dump: the state of one moment. It may take hours; `meanwhile` is called each second.
    """
    store.make()
    with FileLock(store.folder / "lock").held(seconds=LOCK_SECONDS, what=BUSY):
        for half in store.bases.glob("*.half"):
            shutil.rmtree(half, ignore_errors=True)
        try:
            return _take(installation, server, store, line, meanwhile)
        except OSError as error:
            raise StartError(f"Không sao lưu được: {error.strerror}.", f"Xem đĩa chứa {store.folder}.") from error
        except psycopg.Error as error:
            raise StartError(f"Không sao lưu được: {str(error).strip().splitlines()[0]}") from error


def _take(
    installation: Installation, server: Server, store: Store, line: str, meanwhile: Callable[[], object]
) -> Manifest:
    _demand_room(server, store)
    blobs.copy_new(installation.data_dir, store)
    started = datetime.now(UTC)
    name = f"{started:%Y%m%dT%H%M%S}Z"
    half = store.bases / f"{name}.half"
    half.mkdir(mode=0o700)
    try:
        before = server.counts()
        physical = server.may_replicate and server.ask(_TABLESPACES) == 0
        place = (_base_backup if physical else _dump)(server, half, meanwhile)
        write_whole(half / SETTINGS, json.dumps(_settings(installation), ensure_ascii=False, indent=1))
        manifest = Manifest(
            id=name,
            kind=PHYSICAL if physical else LOGICAL,
            line=line if physical else "",
            started_at=started.isoformat(),
            finished_at=datetime.now(UTC).isoformat(),
            server_version=server.version,
            database=server.database,
            user=server.user,
            superuser=server.superuser,
            embedded=not installation.external_url,
            files={path.name: (path.stat().st_size, digest_of(path)) for path in sorted(half.iterdir())},
            counts_before=before,
            counts_after=server.counts(),
            **place,
        )
        blobs.copy_new(installation.data_dir, store)
        _finish(half, store, manifest)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return manifest


def _finish(half: Path, store: Store, manifest: Manifest) -> None:
    """Everything on disk, then the manifest, then the name: without the name it is no backup."""
    for path in half.iterdir():
        handle = os.open(path, os.O_RDONLY)
        with contextlib.closing(os.fdopen(handle, "rb")):
            os.fsync(handle)
    write_whole(half / MANIFEST, manifest_text(manifest))
    flush_folder(half)
    half.rename(store.base(manifest.id))
    flush_folder(store.bases)


def _demand_room(server: Server, store: Store) -> None:
    needed = int(int(server.ask(_SIZE) or 0) * NEEDED_SHARE)
    free = shutil.disk_usage(store.folder).free
    if free < needed:
        raise StartError(
            f"Đĩa chứa {store.folder} chỉ còn trống {free / 1024**2:.0f} MB, cần khoảng {needed / 1024**2:.0f} MB.",
            "Hãy dọn đĩa, giảm MOTCUA_BACKUP_KEEP_DAYS, hoặc đặt MOTCUA_BACKUP_DIR sang đĩa khác.",
        )


def _base_backup(server: Server, folder: Path, meanwhile: Callable[[], object]) -> dict[str, Any]:
    run_program(
        server.programs(),
        "pg_basebackup",
        *("-D", str(folder), "--format=tar", "--compress=gzip:1", "--wal-method=stream", "--checkpoint=fast"),
        *("--no-password", "--manifest-checksums=SHA256", "--label=motcua", "-d", server.address),
        what="Không sao lưu được cơ sở dữ liệu",
        meanwhile=meanwhile,
    )
    first = json.loads((folder / "backup_manifest").read_text())["WAL-Ranges"][0]
    return {"timeline": int(first["Timeline"]), "start_lsn": str(first["Start-LSN"])}


def _dump(server: Server, folder: Path, meanwhile: Callable[[], object]) -> dict[str, Any]:
    run_program(
        server.programs(),
        "pg_dump",
        *("--format=custom", "--compress=1", "--no-owner", "--no-acl", "--no-password"),
        *("--file", str(folder / DUMP), "-d", server.address),
        what="Không kết xuất được cơ sở dữ liệu",
        meanwhile=meanwhile,
    )
    return {}


def _settings(installation: Installation) -> dict[str, Any]:
    """What the installation is told from outside, and its key."""
    given = {name: value for name, value in os.environ.items() if name.startswith("MOTCUA_") and name not in _OF_UP}
    marker = installation.demo_marker
    return {
        "secret_key": installation.secret_key(),
        "environment": given,
        "demo": marker.read_text() if marker.exists() else None,
    }


_OF_UP = {"MOTCUA_UP", "MOTCUA_DATA", "MOTCUA_SECRET_KEY", "MOTCUA_STATIC_MANIFEST", "MOTCUA_DEMO"}
