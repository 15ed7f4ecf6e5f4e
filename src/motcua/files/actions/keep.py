"""Put a finished temporary file into its place, once."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction

from motcua.files.actions.faults import clear_fault
from motcua.files.actions.shelves import throw_away
from motcua.files.models import Blob
from motcua.files.queries import path_of
from motcua.files.rules.places import incoming_dir
from motcua.files.terms import Fault, StoredFile
from motcua.kernel.errors import Invalid, Problem

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


def keep(
    file: IO[bytes], *, name: str, media_type: str, at: datetime, scanned_at: datetime | None = None
) -> StoredFile:
    """Keep the content of a temporary file under its SHA-256: flush to disk, lock the row, rename, commit.

    After a crash there is either nothing, or a whole file that the next upload of the same content adopts. A content
    that was in quarantine, missing or damaged is put back whole. Raises Invalid for one known to hold malware.
    """
    file.flush()
    os.fsync(file.fileno())
    sha256, size = _digest(file)
    kept = StoredFile(sha256, size, media_type, name)
    if _is_in_order(kept, scanned_at):
        return kept
    with transaction.atomic():
        blob = _locked(Blob(sha256=sha256, size=size, media_type=media_type, created_at=at, scanned_at=scanned_at))
        if blob.fault == Fault.INFECTED and scanned_at is None:
            raise Invalid(Problem("file_infected", f"Tệp “{name}” có mã độc nên đã bị chặn. Hãy gửi tệp khác."))
        if blob.fault or blob.quarantined_at or not _is_there(kept):
            _put(file, path_of(sha256))
        throw_away(sha256)
        if blob.fault:
            clear_fault(blob, at=at, how="stored_again")
        _note_wanted(blob, scanned_at)
    return kept


def _is_in_order(kept: StoredFile, scanned_at: datetime | None) -> bool:
    """Whether somebody holds the same content and it is there: nothing to write, no row of a popular file to lock.

    What is held now is not moved away for days, so no lock is needed to rely on it.
    """
    blob = Blob.objects.filter(pk=kept.sha256, references__gt=0, fault="").first()
    return blob is not None and _is_there(kept) and not (scanned_at and blob.scanned_at is None)


def _locked(fresh: Blob) -> Blob:
    """Return the row of a content, locked; made when there is none, also when it was removed a moment ago."""
    while True:
        Blob.objects.bulk_create([fresh], ignore_conflicts=True)
        blob = Blob.objects.select_for_update().filter(pk=fresh.pk).first()
        if blob is not None:
            return blob


def _note_wanted(blob: Blob, scanned_at: datetime | None) -> None:
    """Whoever stored it wants it: its days begin anew, and it is out of quarantine."""
    before = blob.unowned_since, blob.quarantined_at, blob.scanned_at
    blob.unowned_since = blob.quarantined_at = None
    blob.scanned_at = scanned_at or blob.scanned_at
    if before != (None, None, blob.scanned_at):
        blob.save(update_fields=["unowned_since", "quarantined_at", "scanned_at"])


def _is_there(kept: StoredFile) -> bool:
    target = path_of(kept.sha256)
    return target.exists() and target.stat().st_size == kept.size


def _put(file: IO[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    Path(file.name).replace(target)
    _flush_folders(target.parent, target.parent.parent)


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
