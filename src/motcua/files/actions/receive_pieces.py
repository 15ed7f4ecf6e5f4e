"""Nhận tệp từng phần: a file over a bad line, piece by piece, going on where it was cut."""

import logging
import mimetypes
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from motcua.files.actions.hold import hold, release
from motcua.files.actions.store import store_upload
from motcua.files.models import Upload
from motcua.files.queries import limits
from motcua.files.rules.checks import size_problem
from motcua.files.rules.names import clean_name
from motcua.files.rules.places import piece_path
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotFound, NotPermitted, Problem

#: One piece at most; senders on bad lines take far smaller ones.
LARGEST_PIECE: Final = 256 * 1024
_LIVES: Final = timedelta(hours=24)
_AT_ONCE: Final = 10  # times the largest file that one person may have on the way
_log = logging.getLogger(__name__)


def begin_upload(*, actor: Actor, name: str, size: int, media_type: str = "", at: datetime) -> Upload:
    """Bắt đầu nhận một tệp: remember what will come; raises Invalid when it is too big or too much is on the way."""
    tidy, limit = clean_name(name), limits().size
    if not actor.is_signed_in:
        raise NotPermitted(Problem("sign_in_first", "Hãy đăng nhập trước khi tải tệp lên."))
    if size <= 0:
        raise Invalid(Problem("file_empty", f"Tệp «{tidy}» trống; hãy chọn tệp khác.", "file"))
    if size > limit:
        raise Invalid(size_problem(size, name=tidy, limit=limit, field="file"))
    on_the_way = Upload.objects.filter(account_id=actor.known_id, blob__isnull=True, expires_at__gt=at)
    if (on_the_way.aggregate(all=Sum("size"))["all"] or 0) + size > limit * _AT_ONCE:
        message = "Đang có quá nhiều tệp gửi dở; hãy chờ các tệp trước gửi xong."
        raise Invalid(Problem("too_many_uploads", message, "file"))
    kind = media_type or mimetypes.guess_type(tidy)[0] or ""
    return Upload.objects.create(
        account_id=actor.known_id, name=tidy, size=size, media_type=kind[:120], expires_at=at + _LIVES
    )


def add_piece(*, actor: Actor, upload_id: UUID, offset: int, piece: bytes, at: datetime) -> Upload:
    """Nhận một phần của tệp: what came before is skipped, so a repeated piece changes nothing.

    The last piece makes the file whole: it is checked like any other, `blob` or `problems` says what became of it.
    A piece beyond a gap is left: `received` tells the sender where to go on, also when the disk lost what came before.
    The row is locked only while these bytes are written: a sender that is cut off leaves no lock behind, and the checks
    hold none. Raises NotFound, Invalid for a piece too big, Unavailable when the whole file cannot be checked now: it
    stays, and any further piece, an empty one too, tries again.
    """
    upload = _write_down(actor, upload_id, offset, piece, at)
    if upload.received < upload.size or upload.blob_id or upload.problems:
        return upload
    return _finish(actor, upload, at)


@transaction.atomic
def _write_down(actor: Actor, upload_id: UUID, offset: int, piece: bytes, at: datetime) -> Upload:
    upload = _locked(actor, upload_id)
    if upload.expires_at <= at:
        raise _gone()
    if upload.blob_id or upload.problems:
        return upload
    if len(piece) > LARGEST_PIECE:
        raise Invalid(Problem("piece_too_big", "Phần tệp gửi lên lớn quá 256 KB.", "piece"))
    path = _path(upload)
    upload.received = min(upload.received, path.stat().st_size if path.exists() else 0)
    if 0 <= offset <= upload.received:
        fresh = piece[upload.received - offset :][: upload.size - upload.received]
        _write(path, upload.received, fresh)
        upload.received += len(fresh)
    upload.save(update_fields=["received"])
    return upload


def _write(path: Path, offset: int, piece: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(offset)
        file.write(piece)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())  # what the row says was received is on disk, also after a power cut


def _finish(actor: Actor, upload: Upload, at: datetime) -> Upload:
    """Check the whole file as hostile, without a lock; then say in its row what became of it.

    Two devices may do so at once: both find the same, the first writes it down. The pieces go either way.
    """
    problems: list[str] = []
    sha256, name = "", upload.name
    try:
        with _path(upload).open("rb") as whole:
            stored = store_upload(actor, whole, name=name, at=at, declared_type=upload.media_type)
        sha256, name = stored.sha256, stored.name
    except Invalid as refusal:
        problems = [one.message for one in refusal.problems]
    except FileNotFoundError:  # the other device was first
        return _locked_alone(actor, upload.pk)
    return _settle(actor, upload.pk, sha256, name, problems)


@transaction.atomic
def _settle(actor: Actor, upload_id: UUID, sha256: str, name: str, problems: list[str]) -> Upload:
    upload = _locked(actor, upload_id)
    if not upload.blob_id and not upload.problems:
        if sha256:
            hold(sha256)
        upload.blob_id, upload.name, upload.problems = sha256 or None, name, problems
        upload.save(update_fields=["blob", "name", "problems"])
        transaction.on_commit(lambda: _path(upload).unlink(missing_ok=True))
    return upload


@transaction.atomic
def _locked_alone(actor: Actor, upload_id: UUID) -> Upload:
    return _locked(actor, upload_id)


def _locked(actor: Actor, upload_id: UUID) -> Upload:
    found = Upload.objects.select_for_update().filter(pk=upload_id, account_id=actor.known_id).first()
    if found is None:
        raise _gone()
    return found


def _gone() -> NotFound:
    return NotFound(Problem("no_upload", "Lần gửi tệp này không còn; hãy chọn lại tệp."))


def _path(upload: Upload) -> Path:
    return piece_path(Path(settings.DATA_DIR), upload.pk)


def drop_uploads(*, at: datetime) -> int:
    """Bỏ các tệp gửi dở quá hạn: rows and pieces that nobody will go on with; return how many."""
    found = list(Upload.objects.filter(expires_at__lte=at).values_list("pk", flat=True))
    dropped = sum(_drop(pk) for pk in found)
    if dropped:
        _log.info("dropped %s uploads that were never finished or used", dropped)
    return dropped


@transaction.atomic
def _drop(upload_id: UUID) -> bool:
    upload = Upload.objects.select_for_update(skip_locked=True).filter(pk=upload_id).first()
    if upload is None:
        return False
    if upload.blob_id:
        release(upload.blob_id)
    _path(upload).unlink(missing_ok=True)  # before the row: pieces without a row would never be found again
    upload.delete()
    return True
