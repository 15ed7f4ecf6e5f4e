"""Whether the kept files are what came."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, Final

from django.db import connection

from motcua.evidence.models import Leaf
from motcua.evidence.rules.leaves import blob_content
from motcua.evidence.rules.wording import act_words, sentence
from motcua.evidence.terms import Finding, FindingKind, LeafKind
from motcua.files.models import Blob
from motcua.files.queries import open_blob
from motcua.journal.models import Entry
from motcua.kernel.errors import NotFound

_AT_ONCE: Final = 1000
_NAMING: Final = (
    "SELECT verb, object_type || ' ' || object_id, data ->> 'code', actor_name, at FROM journal_entry "
    "WHERE data::text LIKE %s ORDER BY id LIMIT 3"
)


def check_blobs(*, read_all: bool, progress: Callable[[int], None]) -> list[Finding]:
    """Compare every file of the log with the disk: there, as long; with `read_all` its content too."""
    found: list[Finding] = []
    last, done = -1, 0
    while leaves := list(Leaf.objects.filter(kind=LeafKind.BLOB, seq__gt=last).order_by("seq")[:_AT_ONCE]):
        found += _check_some(leaves, read_all=read_all)
        last, done = leaves[-1].seq, done + len(leaves)
        progress(done)
    return found


def _check_some(leaves: list[Leaf], *, read_all: bool) -> Iterator[Finding]:
    digests = [leaf.subject for leaf in leaves]
    rows = {row.pk: row for row in Blob.objects.filter(pk__in=digests)}
    removed = set(
        Entry.objects.filter(object_type="files.blob", object_id__in=digests, verb="blob.removed").values_list(
            "object_id", flat=True
        )
    )
    for leaf in leaves:
        if leaf.subject in removed and leaf.subject not in rows:
            continue
        kind = _fault_of(leaf, is_known=leaf.subject in rows, read_all=read_all)
        if kind is None and leaf.subject not in removed:
            kind = _row_fault(leaf, rows)
        if kind:
            facts = {"sha256": leaf.subject, "seq": leaf.seq, "act": attached_by(leaf.subject)}
            yield Finding(kind, sentence(kind, facts), facts)


def _row_fault(leaf: Leaf, rows: Mapping[str, Blob]) -> FindingKind | None:
    row = rows[leaf.subject]
    said = blob_content(digest=row.pk, size=row.size, media_type=row.media_type, kept_at=row.created_at)
    return None if said.decode() == leaf.content else FindingKind.BLOB_ROW


def _fault_of(leaf: Leaf, *, is_known: bool, read_all: bool) -> FindingKind | None:
    size = int(json.loads(leaf.content)["size"])
    try:
        with open_blob(leaf.subject) as file:
            length = file.seek(0, 2)
            file.seek(0)
            if length != size:
                return FindingKind.BLOB_CHANGED
            if read_all and _digest(file) != leaf.subject:
                return FindingKind.BLOB_CHANGED
    except (NotFound, OSError):
        return FindingKind.BLOB_MISSING
    return None if is_known else FindingKind.BLOB_MISSING


def _digest(file: BinaryIO) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def attached_by(digest: str) -> str:
    """Name the acts whose journal lines speak of a file; says so when none does."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [f"%{digest}%"])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    words = [
        act_words({"verb": verb, "object": thing, "code": code, "actor": actor, "at": at.isoformat()})
        for verb, thing, code, actor, at in rows
    ]
    return f"; việc đã đính kèm: {'; '.join(words)}" if words else "; không dòng nhật ký nào nói tới tệp này"
