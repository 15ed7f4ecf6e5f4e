"""Đọc lại kho tệp: whether every content is there and still what its name says."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import BinaryIO, Final

from django.db import transaction
from django.db.models import F

from motcua.files.actions.faults import clear_fault, note_fault
from motcua.files.actions.shelves import put_away, quarantined, shelved, take_back
from motcua.files.models import Blob
from motcua.files.queries import FOLDERS, faulty_blobs, open_blob, path_of
from motcua.files.terms import Fault
from motcua.kernel.errors import NotFound

#: Every content is read again after so long.
READ_AGAIN: Final = timedelta(days=28)
#: A faulty one is looked at again after so long.
_FAULTY_AGAIN: Final = timedelta(days=1)
#: A file without a row is younger than this while its upload is on its way.
_STRAY_AFTER: Final = timedelta(days=1)
_BATCH: Final = 200
_CHUNK: Final = 1024 * 1024


@dataclass(slots=True)
class Reading:
    """What a round read: contents and bytes, and the names of those with a fault."""

    contents: int = 0
    bytes: int = 0
    faulty: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Compared:
    """What comparing folders and rows found: contents gone, and files that had no row or lay in the wrong place."""

    missing: list[str] = field(default_factory=list)
    strays: int = 0
    moved: int = 0


def read_back(*, at: datetime, most_bytes: int) -> Reading:
    """Đọc lại: read the contents that were not read for longest, about `most_bytes` of them at most.

    When each was read stands in its row, so the next round goes on where this one stopped or was killed. Faulty ones
    are looked at every day: somebody may have put them back.
    """
    done = Reading()
    while done.bytes < most_bytes and (batch := _waiting(at)):
        _read_batch(batch, done, at, most_bytes)
    return done


def _waiting(at: datetime) -> list[Blob]:
    faulty = list(faulty_blobs().filter(checked_at__lte=at - _FAULTY_AGAIN)[:_BATCH])
    if faulty:
        return faulty
    longest_ago = Blob.objects.order_by(F("checked_at").asc(nulls_first=True), "pk")[:_BATCH]
    return [one for one in longest_ago if one.checked_at is None or one.checked_at <= at - READ_AGAIN]


def read_everything(*, at: datetime, told: Callable[[Reading], object] = lambda _: None) -> Reading:
    """Đọc lại tất cả: read every content once; `told` hears after each batch how far it is."""
    done, last = Reading(), ""
    while batch := list(Blob.objects.filter(pk__gt=last).order_by("pk")[:_BATCH]):
        _read_batch(batch, done, at)
        last = batch[-1].pk
        told(done)
    return done


def _read_batch(batch: Iterable[Blob], done: Reading, at: datetime, most_bytes: float = float("inf")) -> None:
    whole: list[str] = []
    for blob in batch:
        if done.bytes >= most_bytes:
            break
        done.contents, done.bytes = done.contents + 1, done.bytes + blob.size
        if blob.fault not in {Fault.MISSING, Fault.DAMAGED} and _fault_in(blob) is None:
            whole.append(blob.pk)
        elif look_again(blob.pk, at=at):
            done.faulty.append(blob.pk)
    Blob.objects.filter(pk__in=whole).update(checked_at=at)


@transaction.atomic
def look_again(sha256: str, *, at: datetime) -> bool:
    """Đọc lại một tệp: its row locked, so that nothing moves meanwhile; return whether it is missing or damaged."""
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None:  # removed since
        return False
    fault = _fault_in(blob)
    blob.checked_at = at
    blob.save(update_fields=["checked_at"])
    if fault is not None:
        note_fault(blob, fault, at=at)
    elif blob.fault in {Fault.MISSING, Fault.DAMAGED}:
        clear_fault(blob, at=at, how="read_back")
    return fault is not None


def _fault_in(blob: Blob) -> Fault | None:
    try:
        with open_blob(blob.sha256) as file:
            return None if _digest(file) == blob.sha256 else Fault.DAMAGED
    except NotFound:
        return Fault.MISSING
    except OSError:  # the disk cannot read it
        return Fault.DAMAGED


def _digest(file: BinaryIO) -> str:
    """Return the SHA-256; what was read does not push out of memory what people read."""
    digest = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    with contextlib.suppress(OSError):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def compare_places(*, at: datetime) -> Compared:
    """Đối chiếu: folder by folder, which rows have no file, which files no row, what lies in the wrong place.

    A file without a row gets one, held by nobody: it then goes the way of everything unused. Reads no content.
    """
    done = Compared()
    for folder in FOLDERS:
        shelf, away = shelved(folder), quarantined(folder)  # before the rows: what comes meanwhile is in the rows only
        rows = dict(Blob.objects.filter(pk__startswith=folder).values_list("pk", "quarantined_at"))
        old = (at - _STRAY_AFTER).timestamp()
        for sha256 in [name for name, written in shelf.items() if name not in rows and written < old]:
            done.strays += _adopt(sha256, at)
        for sha256, since in rows.items():
            if sha256 not in shelf and sha256 not in away:
                done.missing += [sha256] if _judge_place(sha256, at) else []
            elif (sha256 in shelf) == (since is not None):
                done.moved += _put_in_place(sha256)
    return done


def _adopt(sha256: str, at: datetime) -> bool:
    with contextlib.suppress(FileNotFoundError, ValueError):
        size = path_of(sha256).stat().st_size
        row = Blob(sha256=sha256, size=size, media_type="application/octet-stream", created_at=at)
        Blob.objects.bulk_create([row], ignore_conflicts=True)
        return True
    return False


@transaction.atomic
def _judge_place(sha256: str, at: datetime) -> bool:
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None or _is_somewhere(sha256):
        return False
    note_fault(blob, Fault.MISSING, at=at)
    return True


def _is_somewhere(sha256: str) -> bool:
    with contextlib.suppress(NotFound):
        open_blob(sha256).close()
        return True
    return False


@transaction.atomic
def _put_in_place(sha256: str) -> bool:
    """Move a file that an act left behind when it was undone, or when the machine stopped between file and row."""
    blob = Blob.objects.select_for_update().filter(pk=sha256).first()
    if blob is None or path_of(sha256).exists() == (blob.quarantined_at is None):
        return False
    if blob.quarantined_at is None:
        return take_back(sha256)
    put_away(sha256)
    return True
