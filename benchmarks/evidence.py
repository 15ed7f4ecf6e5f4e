"""`python -m benchmarks.evidence [--leaves N]`: what the journal and its log of evidence cost as they grow.

For each size of the log: one line of the journal by `record` beside the bare INSERT of the same row (by the clock, and
the CPU of the program alone), the sequencer's rows a second, and the proof of one act from the database. Smaller sizes
are measured on the way; leaves beyond the measured rows are generated straight into the tables.
"""

import argparse
import struct
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from random import Random
from statistics import median

from benchmarks import machine
from benchmarks.ground import ground

_ACTS = 2000
_PROOFS = 300
_STEP = 1 << 18
_ROW = (
    "INSERT INTO journal_entry (at, recorded_at, actor_id, actor_name, actor_title, verb, object_type, object_id, data,"
    " previous_hash, hash, seal) VALUES (%s, %s, 1, 'Hoàng Thị Lan', 'Công chức', 'dossier.received', %s, %s,"
    " '{\"code\": \"H49.61-261122-0001\"}', '', %s, %s) RETURNING id"
)
_LEAVES = (
    "INSERT INTO evidence_leaf (seq, kind, source_id, subject, hash, about, content) SELECT n, 1, n + 1000000000, '',"
    " sha256('\\x00'::bytea || int8send(n)), '{\"code\": \"\"}', '' FROM generate_series(%s::bigint, %s::bigint) n"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("--leaves", type=int, default=10_000_000)
    options = parser.parse_args(arguments)
    print(machine.description())
    print(f"{'leaves':>12} {'record ms':>10} {'(CPU)':>7} {'insert ms':>10} {'(CPU)':>7} ", end="")
    print(f"{'rows/s':>8} {'proof ms':>9} {'p99 ms':>7} {'filled s':>9}")
    with ground(durable=False):
        for size in _sizes(options.leaves):
            began = time.perf_counter()
            _grow_to(size)
            filled = time.perf_counter() - began
            (bare, bare_cpu), (recorded, recorded_cpu) = _write_bare(), _write()
            rate = _sequence()
            middle, worst = _prove()
            print(f"{size:>12,} {recorded:>10.3f} {recorded_cpu:>7.3f} {bare:>10.3f} {bare_cpu:>7.3f} ", end="")
            print(f"{rate:>8,.0f} {middle:>9.2f} {worst:>7.2f} {filled:>9.1f}", flush=True)
    return 0


def _sizes(most: int) -> Iterator[int]:
    size = 10_000
    while size < most:
        yield size
        size *= 10
    yield most


def _write() -> tuple[float, float]:
    """Return the milliseconds of one `record`, by the clock and by this process's CPU; its transaction left out."""
    from django.db import transaction

    from motcua.identity.terms import SYSTEM
    from motcua.journal.actions import record
    from motcua.journal.models import StoredReply

    things = [StoredReply(pk=10**9 + time.time_ns() % 10**9 + number) for number in range(_ACTS)]
    took, used, at = [], [], datetime.now(UTC)
    for thing in things:
        with transaction.atomic():
            began, worked = time.perf_counter(), time.process_time()
            record(SYSTEM, "dossier.received", thing, at=at, data={"code": "H49.61-261122-0001"})
            took.append(time.perf_counter() - began)
            used.append(time.process_time() - worked)
    return median(took) * 1000, median(used) * 1000


def _write_bare() -> tuple[float, float]:
    """Return the same of the row's INSERT alone; the rows are taken back."""
    from django.db import connection, transaction

    took, used, at = [], [], datetime.now(UTC)
    for number in range(_ACTS):
        with transaction.atomic(), connection.cursor() as cursor:
            values: list[datetime | str] = [at, at, "journal.floor", str(number), "0" * 64, "0" * 64]
            began, worked = time.perf_counter(), time.process_time()
            cursor.execute(_ROW, values)
            cursor.fetchone()
            took.append(time.perf_counter() - began)
            used.append(time.process_time() - worked)
            transaction.set_rollback(True)
    return median(took) * 1000, median(used) * 1000


def _sequence() -> float:
    """Return how many rows a second the sequencer takes in."""
    from motcua.evidence.actions.sequence import sequence_all

    began = time.perf_counter()
    taken = sequence_all(at=datetime.now(UTC))
    return taken / (time.perf_counter() - began)


def _prove() -> tuple[float, float]:
    """Return median and 99th percentile of the milliseconds to find and prove one act."""
    from motcua.evidence.actions.make_head import make_head
    from motcua.evidence.models import Leaf
    from motcua.evidence.queries.tree import prove, tree_size

    make_head(at=datetime.now(UTC))
    size, random, took = tree_size(), Random(5), []
    for _ in range(_PROOFS):
        began = time.perf_counter()
        proof = prove(Leaf.objects.get(seq=random.randrange(size)))
        took.append((time.perf_counter() - began) * 1000)
        if proof is None:
            raise RuntimeError("a leaf below the head has a proof")
    return median(took), sorted(took)[int(len(took) * 0.99)]


def _grow_to(size: int) -> None:
    """Generate leaves and tiles up to this size straight into the tables."""
    from django.db import connection

    from motcua.evidence.actions.sequence import sequence_all
    from motcua.evidence.queries.tree import read_tile, tree_size
    from motcua.evidence.tree.tiles import append_hashes

    sequence_all(at=datetime.now(UTC))
    have = tree_size()
    indexes = _put_indexes_aside() if size - have > _STEP else []
    while have < size:
        end = min(have + _STEP, size)
        hashes = [sha256(b"\x00" + struct.pack(">q", number)).digest() for number in range(have, end)]
        tiles = append_hashes(read_tile, have, hashes)
        with connection.cursor() as cursor:
            cursor.execute(_LEAVES, [have, end - 1])
            cursor.executemany(
                "INSERT INTO evidence_tile (level, number, hashes) VALUES (%s, %s, %s) "
                "ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes",
                [(level, number, made) for (level, number), made in tiles.items()],
            )
        have = end
    with connection.cursor() as cursor:
        for statement in [*indexes, "VACUUM (ANALYZE) evidence_leaf, evidence_tile"]:
            cursor.execute(statement)


def _put_indexes_aside() -> list[str]:
    """Drop what every generated leaf would have to be put into; return the statements that make it again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'leaf_by_code'")
        found = str(cursor.fetchone()[0])
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = 'leaf_once_a_row'")
        unique = str(cursor.fetchone()[0])
        cursor.execute("DROP INDEX leaf_by_code")
        cursor.execute("ALTER TABLE evidence_leaf DROP CONSTRAINT leaf_once_a_row")
    return [f"ALTER TABLE evidence_leaf ADD CONSTRAINT leaf_once_a_row {unique}", found]


if __name__ == "__main__":
    raise SystemExit(main())
