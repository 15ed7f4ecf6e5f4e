"""Reading the whole log: rows again to leaves, leaves to roots, roots beside the signed heads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import connection

from motcua.evidence.models import Course, Leaf
from motcua.evidence.queries.rows import (
    ENTRIES_BY_ID,
    ENTRIES_OUTSIDE,
    GRAFTED,
    ORPHANS,
    READINGS_BY_ID,
    READINGS_OUTSIDE,
)
from motcua.evidence.queries.tree import read_tile
from motcua.evidence.rules.leaves import Row, entry_row, reading_row
from motcua.evidence.rules.wording import act_words, moment_words, sentence
from motcua.evidence.terms import Finding, FindingKind, LeafKind
from motcua.evidence.tree.growing import Growing
from motcua.evidence.tree.merkle import HASH_BYTES, leaf_hash
from motcua.evidence.tree.tiles import WIDTH
from motcua.journal.rules.chain import moment_text
from motcua.journal.rules.seals import is_sealed

#: So many leaves at once: whole tiles.
_AT_ONCE: Final = 16 * WIDTH
#: So many acts are named where only a stretch of the log is known.
_MOST_NAMED: Final = 20
#: A line is written down when its act happens; a head that comes so much later and lacks it says it was not.
_LATE: Final = timedelta(hours=1)
_SOURCES: Final[Mapping[LeafKind, tuple[str, Callable[[tuple[Any, ...]], Row]]]] = {
    LeafKind.ENTRY: (ENTRIES_BY_ID, entry_row),
    LeafKind.READING: (READINGS_BY_ID, reading_row),
}
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Known:
    """A root that was signed: of how many leaves, which, when; and whether its note was kept outside the database."""

    size: int
    root: str
    at: str
    is_kept: bool = False


@dataclass(slots=True)
class Pass:
    """One reading of the log from its first leaf on."""

    known: Sequence[Known]
    size: int
    findings: list[Finding] = field(default_factory=list)
    growing: Growing = field(default_factory=Growing)
    good: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    suspects: dict[int, str] = field(default_factory=dict)
    missing: dict[int, bytes] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    broken: bool = False
    #: No line after the last head that fits may say that it was written before this (ISO, UTC).
    not_before: str = ""
    covered_at: str = ""

    def find(self, kind: FindingKind, facts: Mapping[str, Any], seq: int | None = None) -> None:
        """Keep a finding; `seq` is the leaf that it names."""
        self.findings.append(Finding(kind, sentence(kind, facts), dict(facts)))
        if seq is not None:
            self.named.add(seq)


def read_log(known: Iterable[Known], size: int, progress: Progress) -> Pass:
    """Read `size` leaves and their rows; `known` are the roots to compare with. `progress` hears how far it is."""
    done = Pass(sorted(known, key=lambda one: one.size), size)
    waiting = list(done.known)
    for start in range(0, size, _AT_ONCE):
        _read_stretch(done, start, min(start + _AT_ONCE, size), waiting)
        progress(min(start + _AT_ONCE, size))
    for one in waiting:
        facts = {"size": one.size, "why": f"sổ hiện chỉ có {size} lá, ngắn hơn khi ký lúc {one.at}"}
        done.find(FindingKind.HEAD, facts)
    return done


def _read_stretch(done: Pass, start: int, end: int, waiting: list[Known]) -> None:
    leaves = {leaf.seq: leaf for leaf in Leaf.objects.filter(seq__gte=start, seq__lt=end)}
    rows = {kind: _rows_of(kind, leaves.values()) for kind in _SOURCES}
    hashes = b"".join(_tile(number) for number in range(start // WIDTH, (end - 1) // WIDTH + 1))
    for seq in range(start, end):
        stored = hashes[(seq - start) * HASH_BYTES : (seq - start + 1) * HASH_BYTES]
        leaf = leaves.get(seq)
        if leaf is None:
            done.missing[seq] = stored
            done.growing.add(stored or bytes(HASH_BYTES))
        else:
            row = rows[LeafKind(leaf.kind)].get(leaf.source_id or 0) if leaf.kind in rows else None
            _judge(done, leaf, row, stored)
            done.growing.add(bytes(leaf.hash))
        while waiting and waiting[0].size == seq + 1:
            _compare(done, waiting.pop(0))


def _tile(number: int) -> bytes:
    return read_tile(0, number).ljust(WIDTH * HASH_BYTES, b"\0")


def _rows_of(kind: LeafKind, leaves: Iterable[Leaf]) -> dict[int, Row]:
    sql, as_row = _SOURCES[kind]
    with connection.cursor() as cursor:
        cursor.execute(sql, [[leaf.source_id for leaf in leaves if leaf.kind == kind]])
        return {row.source_id: row for row in map(as_row, cursor.fetchall())}


def _judge(done: Pass, leaf: Leaf, row: Row | None, stored: bytes) -> None:
    """Compare a leaf with its row and with the tree."""
    kept, facts = bytes(leaf.hash), _facts(leaf)
    if row is None and leaf.kind in _SOURCES:
        done.find(FindingKind.DELETED, facts, leaf.seq)
        return
    content = row.content if row else leaf.content.encode()
    made = leaf_hash(content)
    if made != kept:
        now = {**facts, **row.about} if row else facts
        kind = FindingKind.LEAF if made == stored else FindingKind.CHANGED
        done.find(kind, now, leaf.seq)
    elif kept != stored:
        done.find(FindingKind.LEAF, facts, leaf.seq)
    elif row is not None and leaf.about != row.about:
        done.find(FindingKind.LEAF, {**facts, **row.about}, leaf.seq)
    if row is not None and row.recorded_at and row.recorded_at < done.not_before:
        said = {"recorded": moment_words(row.recorded_at), "covered": moment_words(done.covered_at)}
        done.find(FindingKind.LATE, {**facts, **said}, leaf.seq)
    if row is not None and not _is_ours(row):
        done.suspects[leaf.seq] = act_words(row.about)


def _is_ours(row: Row) -> bool:
    """Whether programs of ours wrote it as it stands."""
    return row.is_whole and is_sealed(settings.JOURNAL_KEYS, row.said, row.seal)


def _facts(leaf: Leaf) -> dict[str, Any]:
    kind = LeafKind(leaf.kind).label
    return {
        "kind": kind,
        "id": leaf.source_id if leaf.kind in _SOURCES else leaf.subject,
        "seq": leaf.seq,
        **leaf.about,
    }


def _compare(done: Pass, known: Known) -> None:
    """Compare the root so far with one that was signed; name the acts since the last good one when it differs."""
    if done.growing.root().hex() == known.root:
        done.good[known.is_kept] = known.size
        done.covered_at = known.at
        done.not_before = moment_text(datetime.fromisoformat(known.at) - _LATE)
        return
    if done.broken and not known.is_kept:
        return
    done.broken = True
    low, high = done.good[known.is_kept], known.size - 1
    act = "" if any(low <= seq <= high for seq in done.named) else _named_in(done, low, high)
    done.find(FindingKind.ROOT, {"size": known.size, "at": known.at, "low": low, "high": high, "act": act})


def _named_in(done: Pass, low: int, high: int) -> str:
    """Name the acts of a stretch: those whose seal is wrong, otherwise all of a short one."""
    wrong = [words for seq, words in sorted(done.suspects.items()) if low <= seq <= high]
    if wrong:
        return f": {'; '.join(wrong[:_MOST_NAMED])}"
    leaves = Leaf.objects.filter(seq__gte=low, seq__lte=high).order_by("seq")
    words = [act_words(leaf.about) for leaf in leaves[:_MOST_NAMED]]
    rest = " và các việc khác" if high - low + 1 > len(words) else ""
    return f": một trong các việc {'; '.join(words)}{rest}"


def look_outside(done: Pass) -> None:
    """Find rows that are not in the log, leaves that are gone, and acts that two rows claim to follow."""
    for row in rows_outside():
        _judge_outside(done, row)
    for seq in done.missing:
        facts = {"seq": seq, "kind": "Dòng", "id": "không rõ", "act": _neighbours(seq)}
        done.find(FindingKind.LEAF, facts, seq)
    _look_for_orphans(done)


def rows_outside() -> Iterator[Row]:
    """Yield the rows that are not in the log, without those that programs of ours wrote and that only wait."""
    settled = {one.table: one.settled for one in Course.objects.all()}
    for table, sql, as_row in (
        ("journal_entry", ENTRIES_OUTSIDE, entry_row),
        ("journal_reading", READINGS_OUTSIDE, reading_row),
    ):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            rows = [as_row(values) for values in cursor.fetchall()]
        for row in rows:
            if row.source_id <= settled.get(table, 0) or not _is_ours(row):
                yield row


def _judge_outside(done: Pass, row: Row) -> None:
    made, facts = leaf_hash(row.content), {"kind": row.kind.label, "id": row.source_id, **row.about}
    for seq, stored in done.missing.items():
        if stored == made:
            del done.missing[seq]
            done.find(FindingKind.LEAF, {**facts, "seq": seq}, seq)
            return
    done.find(FindingKind.INSERTED if _is_ours(row) else FindingKind.UNSEALED, facts)


def _neighbours(seq: int) -> str:
    """Say between which acts a leaf stood of which nothing is left."""
    before = Leaf.objects.filter(seq__lt=seq).order_by("-seq").first()
    after = Leaf.objects.filter(seq__gt=seq).order_by("seq").first()
    words = [f"{name} {act_words(one.about)}" for name, one in (("sau", before), ("trước", after)) if one]
    return f"việc đứng {' và '.join(words)}"


def _look_for_orphans(done: Pass) -> None:
    """Find entries that follow a line that is not there, or one that another line follows already."""
    with connection.cursor() as cursor:
        for sql in (ORPHANS, GRAFTED):
            cursor.execute(sql)
            for row in map(entry_row, cursor.fetchall()):
                seq = Leaf.objects.filter(kind=LeafKind.ENTRY, source_id=row.source_id).values_list("seq").first()
                if sql is GRAFTED and not (seq and seq[0] in done.named):
                    done.find(FindingKind.INSERTED, {"kind": row.kind.label, "id": row.source_id, **row.about})
                elif sql is ORPHANS and not done.findings:
                    done.find(FindingKind.CHANGED, {"kind": row.kind.label, "id": row.source_id, **row.about})
