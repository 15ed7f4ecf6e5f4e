"""Bring a base backup and the changes after it to life in an empty folder, up to a moment."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from motcua.project.backup.store import Manifest, Store
from motcua.project.runtime.binaries import Binaries, all_binaries
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.postgres import DATABASE, ROLE, SUPERUSER, EmbeddedPostgres

CHANGES = "motcua_changes"
FETCH = "motcua_fetch.sh"
LONGEST_RECOVERY = 24 * 3600.0
_SEGMENT = 24
_NOT_REACHED = "recovery ended before configured recovery target was reached"
#: Written anew: a real server's may name files, certificates and libraries that are not here.
_FOREIGN_FILES = ("postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf")
_SCRIPT = """for name in "$1" "$1.partial"; do
    [ -f {changes}/"$name" ] && exec cp {changes}/"$name" "$2"
done
[ -f {changes}/"$1.gz" ] && exec gzip -dc {changes}/"$1.gz" > "$2"
exit 1
"""
_LAST = "SELECT pg_last_xact_replay_timestamp()"


@dataclass(frozen=True)
class Target:
    """Up to when: `to` None is everything there is."""

    store: Store
    manifest: Manifest
    to: datetime | None


class RecoveringPostgres(EmbeddedPostgres):
    """An embedded server whose data come from a backup; at its first start it takes over a real server's names."""

    def __init__(self, data_dir: Path, manifest: Manifest, *, log_file: Path) -> None:
        super().__init__(
            data_dir, tied=True, log_file=log_file, patience=LONGEST_RECOVERY, superuser=manifest.superuser
        )
        self._manifest = manifest

    def _choose_binaries(self) -> Binaries:
        major = self._manifest.server_version // 10000
        ours_first = all_binaries()
        for found in ours_first if self._manifest.embedded else reversed(ours_first):  # a real one may need ICU
            if found.major == major:
                return found
        raise StartError(
            f"Bản sao lưu này của PostgreSQL {major}, máy này không có bản đó.",
            f"Hãy chạy «apt-get install postgresql-{major}» rồi khôi phục lại.",
        )

    def _make_database(self) -> None:
        with psycopg.connect(self._conninfo(self._superuser, "postgres"), autocommit=True) as connection:
            _take_over(connection, self._manifest)
        super()._make_database()


def _take_over(connection: psycopg.Connection[tuple[object, ...]], manifest: Manifest) -> None:
    """Give superuser, role and database the names they have here; slots of the old server lead nowhere."""

    def do(words: str, *names: str) -> None:
        connection.execute(sql.SQL(words).format(*map(sql.Identifier, names)))

    roles = {str(name) for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    if SUPERUSER not in roles:
        do("CREATE ROLE {} SUPERUSER LOGIN", SUPERUSER)
    if ROLE not in roles:
        do("CREATE ROLE {} CREATEDB", ROLE)
    if manifest.user != ROLE:
        do("GRANT {} TO {}", manifest.user, ROLE)
    do("ALTER ROLE {} LOGIN", ROLE)
    if manifest.database != DATABASE:
        taken = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(taken, [DATABASE]).fetchone():  # somebody else's on the same server
            do("ALTER DATABASE {} RENAME TO {}", DATABASE, f"{DATABASE}_{manifest.id}")
        do("ALTER DATABASE {} RENAME TO {}", manifest.database, DATABASE)
    do("ALTER DATABASE {} OWNER TO {}", DATABASE, ROLE)
    connection.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active")


@contextlib.contextmanager
def recovered(target: Target, data_dir: Path, *, log_file: Path) -> Iterator[tuple[EmbeddedPostgres, datetime | None]]:
    """Recover into `data_dir` and yield the running server with the moment of the last change it took in (or None).

    Raises StartError when the backup is damaged or does not reach the wanted moment by any means.
    """
    server = RecoveringPostgres(data_dir, target.manifest, log_file=log_file)
    server.fill(lambda folder: _unpack(target, folder))
    try:
        server.start()
    except StartError as error:
        if target.to is None or _NOT_REACHED not in str(error):
            raise
        # Nothing was changed between the last change we have and the wanted moment: all of it is what is asked for.
        shutil.rmtree(server.data_dir)
        server.fill(lambda folder: _unpack(Target(target.store, target.manifest, None), folder))
        server.start()
    try:
        yield server, _last_change(server, target.manifest)
        _tidy(server.data_dir)
    finally:
        server.stop(always=True)


def _last_change(server: EmbeddedPostgres, manifest: Manifest) -> datetime | None:
    with psycopg.connect(server.address(manifest.superuser, DATABASE)) as connection:
        row = connection.execute(_LAST).fetchone()
    return row[0] if row else None


def _unpack(target: Target, folder: Path) -> None:
    base = target.store.base(target.manifest.id)
    extra = [path.name for path in base.glob("*.tar.gz") if path.name not in {"base.tar.gz", "pg_wal.tar.gz"}]
    if extra:
        raise StartError(f"Bản sao lưu có không gian bảng riêng ({', '.join(extra)}), chưa khôi phục được ở đây.")
    try:
        for name, where in (("base.tar.gz", folder), ("pg_wal.tar.gz", folder / "pg_wal")):
            with tarfile.open(base / name) as archive:
                archive.extractall(where, filter="data")
    except (tarfile.TarError, EOFError, OSError) as error:
        words = "đĩa đã đầy" if isinstance(error, OSError) and error.errno == 28 else str(error)  # noqa: PLR2004 ENOSPC
        raise StartError(f"Không mở được bản sao lưu {target.manifest.id}: {words}.") from error
    shutil.copy2(base / "backup_manifest", folder / "backup_manifest")
    _configure(target, folder)


def _configure(target: Target, folder: Path) -> None:
    for name in _FOREIGN_FILES if not target.manifest.embedded else ():
        (folder / name).unlink(missing_ok=True)
    wanted = [
        "hot_standby = off",
        f'restore_command = \'sh {FETCH} "%f" "%p"\'',
        "recovery_target_action = 'promote'",
        "recovery_target_timeline = 'current'",
    ]
    if target.to is not None:
        wanted.append(f"recovery_target_time = '{target.to.isoformat()}'")
    (folder / "postgresql.conf").touch()
    (folder / "postgresql.auto.conf").write_text("\n".join(wanted) + "\n")
    (folder / "pg_hba.conf").write_text("local all all trust\nlocal replication all trust\n")
    (folder / "pg_ident.conf").write_text("")
    (folder / "recovery.signal").touch()
    (folder / FETCH).write_text(_SCRIPT.format(changes=shlex.quote(CHANGES)))
    (folder / CHANGES).mkdir()
    for path in _changes(target):
        with contextlib.suppress(FileNotFoundError):  # the partial one may just have been finished
            shutil.copy2(path, folder / CHANGES / path.name)


def _changes(target: Target) -> list[Path]:
    """The files of changes from the backup on."""
    first = target.manifest.first_segment
    folder = target.store.wal_of(target.manifest.line)
    if not target.manifest.line or not folder.is_dir():
        return []
    return [path for path in sorted(folder.iterdir()) if len(path.name) >= _SEGMENT and path.name[:_SEGMENT] >= first]


def _tidy(data_dir: Path) -> None:
    """Take away what was only for the recovery."""
    shutil.rmtree(data_dir / CHANGES, ignore_errors=True)
    (data_dir / FETCH).unlink(missing_ok=True)
    (data_dir / "postgresql.auto.conf").write_text("")
    for name in ("backup_label.old", "backup_manifest", "tablespace_map.old"):
        (data_dir / name).unlink(missing_ok=True)
    os.sync()
