"""Where blobs lie on disk."""

import re
from pathlib import Path
from uuid import UUID

_SHA256 = re.compile(r"[0-9a-f]{64}")


def blob_path(data_dir: Path, sha256: str) -> Path:
    """Return `blobs/ab/cdef…` below the data folder; raises ValueError for anything but 64 lower-case hex digits."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return data_dir / "blobs" / sha256[:2] / sha256[2:]


def quarantine_dir(data_dir: Path) -> Path:
    """Return the folder of contents that nobody held for long; on the same disk, so that renaming is atomic."""
    return data_dir / "blobs" / "quarantine"


def quarantine_path(data_dir: Path, sha256: str) -> Path:
    """Return `blobs/quarantine/ab/cdef…`; raises ValueError for anything but 64 lower-case hex digits."""
    if not _SHA256.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return quarantine_dir(data_dir) / sha256[:2] / sha256[2:]


def incoming_dir(data_dir: Path) -> Path:
    """Return the folder of files not yet accepted; on the same disk as the blobs, so that renaming is atomic."""
    return data_dir / "blobs" / "incoming"


def piece_path(data_dir: Path, upload_id: UUID) -> Path:
    """Return where the pieces of a file on its way are put together."""
    return incoming_dir(data_dir) / "pieces" / upload_id.hex
