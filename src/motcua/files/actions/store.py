"""Nhận tệp."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

from motcua.files.actions.keep import CHUNK, discard, incoming_file, keep
from motcua.files.actions.scan import scan_upload
from motcua.files.queries import limits
from motcua.files.rules.checks import content_problems, size_problem
from motcua.files.rules.images import redrawn
from motcua.files.rules.names import clean_name
from motcua.files.rules.places import incoming_dir
from motcua.files.terms import Limits, MediaType, StoredFile
from motcua.identity.terms import Actor
from motcua.kernel.errors import Invalid, NotPermitted, Problem


class Readable(Protocol):
    """Anything that gives bytes piece by piece."""

    def read(self, size: int = ..., /) -> bytes: ...


def store_upload(
    actor: Actor,
    stream: Readable,
    *,
    name: str,
    at: datetime,
    declared_type: str = "",
    field: str = "",
    redraw_images: bool = True,
) -> StoredFile:
    """Nhận tệp: check what somebody sent and keep it.

    `stream` is read once, never beyond the limit and never whole into memory. Pictures are drawn anew (upright, without
    metadata) unless `redraw_images` is False. Whoever uses the file calls `hold` in the transaction that refers to it.
    Where files are scanned for malware (`actions/scan.py`) this must not be called in a transaction.
    Raises NotPermitted for somebody not signed in, Invalid with every problem, each naming `field`, Unavailable when
    the scanner is away.
    """
    if not (actor.is_signed_in or actor.is_system):
        raise NotPermitted(Problem("sign_in_first", "Hãy đăng nhập trước khi tải tệp lên."))
    tidy, allowed = clean_name(name), limits()
    with _incoming() as file:
        _copy(stream, file, name=tidy, limit=allowed.size, field=field)
        kind = _checked(file, name=tidy, declared_type=declared_type, allowed=allowed, field=field)
        scanned_at = scan_upload(actor, file, name=tidy, at=at, field=field)
        if kind.is_image and redraw_images:
            picture = redrawn(file, kind)
            file.seek(0)
            file.truncate()
            file.write(picture)
        return keep(file, name=tidy, media_type=kind.value, at=at, scanned_at=scanned_at)


def store_paper(content: bytes, *, name: str, at: datetime, media_type: str = MediaType.PDF.value) -> StoredFile:
    """Lưu giấy tờ: keep a file that the system itself made (a rendered paper, an export); not checked again."""
    with _incoming() as file:
        file.write(content)
        return keep(file, name=clean_name(name), media_type=media_type, at=at)


def place_for_made() -> Path:
    """Return the folder in which other processes leave files that `store_made` takes; leftovers go after some days."""
    folder = incoming_dir(Path(settings.DATA_DIR))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def store_made(path: Path, *, name: str, at: datetime, media_type: str = MediaType.PDF.value) -> StoredFile:
    """Lưu giấy tờ: keep a file that another process of ours left in `place_for_made`; it is moved, not copied."""
    with path.open("rb") as file:
        try:
            return keep(file, name=clean_name(name), media_type=media_type, at=at)
        finally:
            discard(file)


@contextmanager
def _incoming() -> Iterator[IO[bytes]]:
    file = incoming_file()
    try:
        yield file
    finally:
        discard(file)


def _copy(stream: Readable, file: IO[bytes], *, name: str, limit: int, field: str) -> None:
    """Copy at most `limit` bytes; raises Invalid with both sizes when there are more."""
    announced = getattr(stream, "size", None)
    size = announced if isinstance(announced, int) else None
    total = size or 0
    if total <= limit:
        total = 0
        while total <= limit and (chunk := stream.read(CHUNK)):
            total += len(chunk)
            file.write(chunk)
    if total > limit:
        raise Invalid(size_problem(size, name=name, limit=limit, field=field))
    file.flush()


def _checked(file: IO[bytes], *, name: str, declared_type: str, allowed: Limits, field: str) -> MediaType:
    kind, problems = content_problems(
        file,
        name=name,
        declared_type=declared_type,
        limits=allowed,
        field=field,
    )
    if problems or kind is None:
        raise Invalid(problems)
    return kind
