"""Reading what is kept. Who may read is decided by the room that refers to the blob."""

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from motcua.files.models import Blob, Upload
from motcua.files.rules.places import blob_path
from motcua.files.terms import Limits, StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, Problem


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


def upload_of(actor: Actor, upload_id: str) -> Upload:
    """Return how far a file of the actor's has come; raises NotFound."""
    try:
        found = Upload.objects.filter(pk=UUID(upload_id), account_id=actor.account_id or 0).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(Problem("no_upload", "Lần gửi tệp này không còn; hãy chọn lại tệp."))
    return found


def arrived(actor: Actor, upload_id: str) -> StoredFile:
    """Return a file of the actor's that came whole and was accepted; raises NotFound, Invalid with what was wrong."""
    found = upload_of(actor, upload_id)
    if found.problems:
        raise Invalid([Problem("file_refused", text) for text in found.problems])
    if found.blob is None:
        raise Invalid(Problem("file_on_its_way", f"Tệp «{found.name}» chưa gửi xong; hãy chọn lại tệp."))
    return StoredFile(found.blob.sha256, found.blob.size, found.blob.media_type, found.name)
