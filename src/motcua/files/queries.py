"""Reading what is kept. Who may read is decided by the room that refers to the blob."""

from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from motcua.files.models import Blob
from motcua.files.rules.places import blob_path
from motcua.files.terms import Limits
from motcua.kernel.errors import NotFound, Problem


def limits() -> Limits:
    """Return the limits of this installation (`MOTCUA_MAX_UPLOAD_MB`)."""
    return Limits(size=settings.MAX_UPLOAD_BYTES)


def path_of(sha256: str) -> Path:
    """Return where the content lies; raises ValueError for anything but a SHA-256 in hex."""
    return blob_path(Path(settings.DATA_DIR), sha256)


def blob_of(sha256: str) -> Blob:
    """Return the blob; raises NotFound."""
    found = Blob.objects.filter(pk=sha256).first()
    if found is None:
        raise NotFound(_missing())
    return found


def open_blob(sha256: str) -> BinaryIO:
    """Open the content for reading, at its start; the caller closes it. Raises NotFound."""
    try:
        return path_of(sha256).open("rb")
    except (FileNotFoundError, ValueError) as error:
        raise NotFound(_missing()) from error


def _missing() -> Problem:
    return Problem("file_missing", "Không tìm thấy tệp này trong kho lưu trữ.")
