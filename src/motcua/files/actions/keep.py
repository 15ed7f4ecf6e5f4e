"""Put a finished temporary file into its place, once."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from motcua.files.models import Blob
from motcua.files.queries import path_of
from motcua.files.rules.places import incoming_dir
from motcua.files.terms import StoredFile

CHUNK = 1024 * 1024


def incoming_file() -> IO[bytes]:
    """Open a temporary file on the disk of the blobs; it vanishes when closed unless `keep` renamed it."""
    folder = incoming_dir(Path(settings.DATA_DIR))
    folder.mkdir(parents=True, exist_ok=True)
    return tempfile.NamedTemporaryFile(dir=folder, delete=False)


def discard(file: IO[bytes]) -> None:
    """Close and remove a temporary file, whether or not it was kept."""
    file.close()
    Path(file.name).unlink(missing_ok=True)


def keep(file: IO[bytes], *, name: str, media_type: str, at: datetime) -> StoredFile:
    """Keep the content of a temporary file under its SHA-256: flush to disk, rename, then the row.

    After a crash there is either nothing, or a whole file that the next upload of the same content adopts.
    """
    file.flush()
    os.fsync(file.fileno())
    sha256, size = _digest(file)
    target = path_of(sha256)
    if not (target.exists() and target.stat().st_size == size):
        target.parent.mkdir(parents=True, exist_ok=True)
        Path(file.name).replace(target)
        _flush_folders(target.parent, target.parent.parent)
    with transaction.atomic():
        row = Blob(sha256=sha256, size=size, media_type=media_type, created_at=at)
        Blob.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile(sha256, size, media_type, name)


def _digest(file: IO[bytes]) -> tuple[str, int]:
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
    return digest.hexdigest(), file.tell()


def _flush_folders(*folders: Path) -> None:
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
