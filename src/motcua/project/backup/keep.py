"""What is kept: every backup of the last days, always the newest one, and the changes needed after the oldest kept."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

from motcua.project.backup.store import Manifest, Store

_SEGMENT = 24
_DAY = timedelta(days=1)


def thin_out(store: Store, *, keep_days: int, now: datetime) -> list[str]:
    """Remove backups nobody can need any more and return their names. Files of dossiers are never removed.

    To go back `keep_days`, the last backup before that moment is needed too.
    """
    found = store.manifests()
    limit = now - keep_days * _DAY
    before = [one for one in found if one.finished <= limit]
    gone = before[:-1]
    for one in gone:
        shutil.rmtree(store.base(one.id), ignore_errors=True)
    _drop_changes(store, [one for one in found if one not in gone])
    return [one.id for one in gone]


def _drop_changes(store: Store, kept: list[Manifest]) -> None:
    """Remove files of changes older than the first kept backup of their line, and lines that no kept backup uses.

    The newest line stays: its first backup may not be there yet.
    """
    lines = sorted(path for path in store.lines.iterdir() if path.is_dir())
    for path in lines:
        firsts = [one.first_segment for one in kept if one.line == path.name]
        if not firsts:
            if path != lines[-1]:
                shutil.rmtree(path, ignore_errors=True)
            continue
        for file in (path / "wal").iterdir():
            name = file.name[:_SEGMENT]
            if len(name) == _SEGMENT and ".history" not in file.name and name[8:] < min(firsts)[8:]:
                file.unlink(missing_ok=True)
