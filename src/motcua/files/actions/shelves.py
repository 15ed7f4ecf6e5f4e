"""Move a content between its shelf and the quarantine.

A content always lies in one of the two places or in both, whatever dies when: a rename is atomic, readers look in both,
and only `throw_away` removes anything. Callers hold the lock of the row; no database is asked here.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from motcua.files.queries import path_of
from motcua.files.rules.places import incoming_dir, quarantine_dir, quarantine_path


def quarantined_path_of(sha256: str) -> Path:
    """Return where the content lies while it is in quarantine."""
    return quarantine_path(Path(settings.DATA_DIR), sha256)


def put_away(sha256: str) -> None:
    """From the shelf into the quarantine; nothing happens when it is not on the shelf."""
    target = quarantined_path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        path_of(sha256).replace(target)


def take_back(sha256: str) -> bool:
    """From the quarantine back to the shelf; return whether the content is on the shelf now."""
    target = path_of(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        with contextlib.suppress(FileNotFoundError):
            quarantined_path_of(sha256).replace(target)
    return target.exists()


def throw_away(sha256: str) -> None:
    """Remove what lies in the quarantine under this name, for ever."""
    quarantined_path_of(sha256).unlink(missing_ok=True)


def shelved(folder: str) -> dict[str, float]:
    """Return the contents on one shelf ("00" to "ff") by name, with the time of their file (time.time())."""
    return dict(_listed(path_of(folder + "0" * 62).parent, folder))


def quarantined(folder: str) -> dict[str, float]:
    """Return the contents in one folder of the quarantine, as `shelved` does."""
    return dict(_listed(quarantine_dir(Path(settings.DATA_DIR)) / folder, folder))


def sweep_incoming(*, before: float) -> int:
    """Remove temporary files that a killed process left, older than `before` (time.time()); return how many."""
    folder, count = incoming_dir(Path(settings.DATA_DIR)), 0
    for entry in os.scandir(folder) if folder.is_dir() else ():
        if entry.is_file() and entry.stat().st_mtime < before:
            Path(entry.path).unlink(missing_ok=True)
            count += 1
    return count


def _listed(place: Path, folder: str) -> Iterator[tuple[str, float]]:
    for entry in os.scandir(place) if place.is_dir() else ():
        with contextlib.suppress(FileNotFoundError):  # moved or removed since it was listed
            yield folder + entry.name, entry.stat().st_mtime
