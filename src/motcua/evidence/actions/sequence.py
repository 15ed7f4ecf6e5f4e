"""Vào sổ bằng chứng: rows of the journal, readings and files become leaves of the log."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max, Model

from motcua.evidence.actions.alarm import raise_alarm
from motcua.evidence.models import Course, Leaf, NewBlob
from motcua.evidence.queries.rows import ENTRIES_SQL, READINGS_SQL
from motcua.evidence.queries.tree import read_tile, tree_size
from motcua.evidence.rules.leaves import Row, blob_content, entry_row, origin_content, reading_row
from motcua.evidence.terms import FindingKind, LeafKind
from motcua.evidence.tree.merkle import leaf_hash
from motcua.evidence.tree.tiles import append_hashes
from motcua.files.models import Blob
from motcua.journal.models import Entry, Reading
from motcua.journal.rules.seals import is_sealed
from motcua.kernel.settling import Sight, look_at

#: So many rows of each table at once at most.
AT_ONCE: Final = 10_000
_ONE_AT_A_TIME: Final = "SELECT pg_try_advisory_xact_lock(hashtext('evidence.sequence'))"
_COPY: Final = "COPY evidence_leaf (seq, kind, source_id, subject, hash, about, content) FROM STDIN"
_PUT_TILE: Final = (
    "INSERT INTO evidence_tile (level, number, hashes) VALUES (%s, %s, %s) "
    "ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes"
)


@dataclass(slots=True)
class _New:
    """Leaves to come, in order: (kind, source id, subject, content, about, is the content kept)."""

    leaves: list[tuple[LeafKind, int | None, str, bytes, dict[str, Any], bool]] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)

    def take(self, row: Row, before: int) -> None:
        """Take a row in when the programs of the house wrote it, or when it is older than the seals."""
        is_old = not row.seal and row.source_id <= before
        if row.is_whole and (is_old or is_sealed(settings.JOURNAL_KEYS, row.said, row.seal)):
            self.leaves.append((row.kind, row.source_id, "", row.content, row.about, False))
        else:
            self.refused.append(row)


@transaction.atomic
def sequence(*, at: datetime, most: int = AT_ONCE) -> int:
    """Vào sổ bằng chứng: append what was committed since; return how many leaves came, at most `most` of each table.

    Locks nothing that acts use. Of two at once the second does nothing. A row that no program of ours sealed is not
    taken in: an alarm tells of it, and every check finds it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME)
        if not cursor.fetchone()[0]:
            return 0
    new, size = _New(), tree_size()
    bounds = _bounds(new, size, at)
    _take_rows(new, Entry, ENTRIES_SQL, entry_row, before=bounds[0], most=most)
    _take_rows(new, Reading, READINGS_SQL, reading_row, before=bounds[1], most=most)
    _take_blobs(new, most)
    _append(new, size)
    for row in new.refused:
        _tell_of(row, at)
    return len(new.leaves)


def sequence_all(*, at: datetime) -> int:
    """Vào sổ mọi thứ đang chờ: append until nothing is left; each round is a transaction of its own."""
    total = 0
    while taken := sequence(at=at):
        total += taken
    return total


def _bounds(new: _New, size: int, at: datetime) -> tuple[int, int]:
    """Return up to which ids rows may be without a seal: said once for all by the first leaf."""
    if size:
        said = json.loads(Leaf.objects.get(seq=0).content)
        return int(said["entries_before"]), int(said["readings_before"])
    bounds = _last_unsealed(Entry), _last_unsealed(Reading)
    content = origin_content(
        origin=settings.EVIDENCE_ORIGIN, at=at, entries_before=bounds[0], readings_before=bounds[1]
    )
    new.leaves.append((LeafKind.ORIGIN, 0, "", content, {"verb": "origin", "at": at.isoformat()}, True))
    return bounds


def _last_unsealed(model: type[Model]) -> int:
    found = model._default_manager.filter(seal="").aggregate(last=Max("pk"))
    return int(found["last"] or 0)


def _take_rows(
    new: _New,
    model: type[Model],
    sql: str,
    as_row: Callable[[tuple[Any, ...]], Row],
    *,
    before: int,
    most: int,
) -> None:
    """Take in the rows that are to be seen and not in the log, whatever their order; then move the course on."""
    course, _made = Course.objects.get_or_create(table=model._meta.db_table)
    settled, sight = _settled(course, look_at(model))
    with connection.cursor() as cursor:
        cursor.execute(sql, [course.settled, most])
        rows = [as_row(values) for values in cursor.fetchall()]
    for row in rows:
        new.take(row, before)
    course.settled = min(settled, rows[-1].source_id) if len(rows) == most else settled
    course.seen, course.writers = sight.last_id, sorted(sight.writers)
    course.save()


def _settled(course: Course, now: Sight) -> tuple[int, Sight]:
    """Return how far the table is settled, and the sight to wait on."""
    if not now.writers:
        return max(now.last_id, course.settled), now
    before = Sight(course.seen, frozenset(course.writers))
    if before.settled_by(now.writers):
        return max(before.last_id, course.settled), now
    return course.settled, before


def _take_blobs(new: _New, most: int) -> None:
    waiting = list(NewBlob.objects.values_list("sha256", flat=True)[:most])
    known = set(Leaf.objects.filter(subject__in=waiting).values_list("subject", flat=True))
    for blob in Blob.objects.filter(pk__in=set(waiting) - known).order_by("created_at", "pk"):
        content = blob_content(digest=blob.sha256, size=blob.size, media_type=blob.media_type, kept_at=blob.created_at)
        about = {"verb": "blob", "object": blob.sha256, "at": blob.created_at.isoformat()}
        new.leaves.append((LeafKind.BLOB, None, blob.sha256, content, about, True))
    NewBlob.objects.filter(pk__in=waiting).delete()


def _append(new: _New, size: int) -> None:
    if not new.leaves:
        return
    hashes = [leaf_hash(content) for _kind, _id, _subject, content, _about, _kept in new.leaves]
    with connection.cursor() as cursor:
        _copy(cursor, new, hashes, size)
        tiles = append_hashes(read_tile, size, hashes)
        cursor.executemany(_PUT_TILE, [(level, number, made) for (level, number), made in tiles.items()])


def _copy(cursor: Any, new: _New, hashes: Sequence[bytes], size: int) -> None:
    with cursor.copy(_COPY) as copy:
        for number, (leaf, made) in enumerate(zip(new.leaves, hashes, strict=True), start=size):
            kind, source_id, subject, content, about, is_kept = leaf
            copy.write_row(
                (
                    number,
                    kind.value,
                    source_id,
                    subject,
                    made,
                    json.dumps(about, ensure_ascii=False),
                    content.decode() if is_kept else "",
                )
            )


def _tell_of(row: Row, at: datetime) -> None:
    facts = {"kind": row.kind.label, "id": row.source_id, **row.about}
    raise_alarm(FindingKind.UNSEALED, facts, at=at)
