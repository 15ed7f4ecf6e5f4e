"""Bring a database and the static files up to the program's version: runs in a process of its own, with Django."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from pathlib import Path

from motcua.project.runtime.console import Progress, say
from motcua.project.runtime.fingerprint import mark_prepared, program_fingerprint
from motcua.project.runtime.installation import Installation

_LOCK = 0x6D6F7463  # of the database: two starts on one server wait for each other
FIRST_DOSSIERS = 100


def prepare(installation: Installation, *, demo: bool) -> None:
    """Migrate, load baseline data, load the first demo data when asked for and possible, collect static files."""
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    try:
        _migrate()
        _load_baseline()
        if demo:
            load_first_demo(installation)
        collect_static(installation)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    mark_prepared(os.environ["DATABASE_URL"], program_fingerprint())


class _MigrationLines(io.StringIO):
    """Takes what `migrate` prints and turns it into progress."""

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self._progress = progress

    def write(self, text: str) -> int:
        """Count a migration at its closing OK."""
        self._progress.step(text.count(" OK"))
        return len(text)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return
    progress = Progress("Đang lập các bảng dữ liệu", len(waiting))
    call_command("migrate", interactive=False, verbosity=1, stdout=_MigrationLines(progress))
    progress.close()


def _load_baseline() -> None:
    from motcua.project.runtime import domain

    domain.load_baseline(say)


def load_first_demo(installation: Installation) -> None:
    """Load the first demo data into an empty database; leaves a database with real people in it alone."""
    from motcua.project.runtime import domain

    if not installation.is_demo and domain.is_for_real():
        say("Cơ sở dữ liệu đã có tài khoản thật: không nạp dữ liệu mẫu.")
        return
    installation.demo_marker.touch(mode=0o600)
    domain.load_demo(FIRST_DOSSIERS, say)


def collect_static(installation: Installation) -> None:
    """Copy, hash and compress the static files, when they have changed since the last time."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    sources = sorted(Path(str(storage.path(name))) for finder in get_finders() for name, storage in finder.list([]))
    total = hashlib.sha256()
    for path in sources:
        total.update(os.fsencode(path.name) + path.read_bytes())
    stamp = installation.static_stamp
    if stamp.exists() and stamp.read_text() == total.hexdigest() and Path(settings.STATIC_ROOT).is_dir():
        return
    say("Đang chuẩn bị các tệp tĩnh…")
    shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(total.hexdigest())
