"""An attacker who knows the programs: hashes chains, leaves, tiles and heads anew after a change."""

from datetime import UTC
from typing import Any

from motcua.evidence.models import Head, Leaf
from motcua.evidence.providers.keys import FileKey
from motcua.evidence.queries.rows import ENTRIES_BY_ID, READINGS_BY_ID
from motcua.evidence.queries.tree import read_tile, root_at
from motcua.evidence.rules.leaves import entry_row, reading_row
from motcua.evidence.rules.notes import Checkpoint, digest_of, signed
from motcua.evidence.terms import LeafKind
from motcua.evidence.tree.merkle import leaf_hash
from motcua.evidence.tree.tiles import append_hashes
from motcua.journal.models import Entry
from motcua.journal.rules.chain import entry_hash
from motcua.journal.rules.seals import seal_of


def rehash_chain(cursor: Any, object_type: str, object_id: str, *, seal_key: bytes | None = None) -> None:
    """Hash an object's chain anew from its first line; with the key of the seals, seal it anew too."""
    before = ""
    for entry in Entry.objects.filter(object_type=object_type, object_id=object_id).order_by("id"):
        made = entry_hash(entry.link().content, before)
        seal = seal_of(seal_key, made) if seal_key else entry.seal
        cursor.execute(
            "UPDATE journal_entry SET previous_hash = %s, hash = %s, seal = %s WHERE id = %s",
            [before, made, seal, entry.pk],
        )
        before = made


def rebuild_leaves(cursor: Any) -> None:
    """Make every leaf fit its row, drop the leaves of rows that are gone, number them anew, and build the tiles."""
    rows: dict[tuple[int, int], Any] = {}
    for kind, sql, as_row in (
        (LeafKind.ENTRY, ENTRIES_BY_ID, entry_row),
        (LeafKind.READING, READINGS_BY_ID, reading_row),
    ):
        ids = list(Leaf.objects.filter(kind=kind).values_list("source_id", flat=True))
        cursor.execute(sql, [ids])
        rows |= {(kind.value, row.source_id): row for row in map(as_row, cursor.fetchall())}
    kept = []
    for leaf in Leaf.objects.order_by("seq"):
        row = rows.get((leaf.kind, leaf.source_id or 0))
        if row is not None:
            leaf.hash, leaf.about = leaf_hash(row.content), row.about
        if row is not None or leaf.kind not in (LeafKind.ENTRY, LeafKind.READING):
            kept.append(leaf)
    cursor.execute("DELETE FROM evidence_leaf")
    for seq, leaf in enumerate(kept):
        leaf.seq = seq
    Leaf.objects.bulk_create(kept)
    cursor.execute("DELETE FROM evidence_tile")
    for (level, number), made in append_hashes(read_tile, 0, [bytes(leaf.hash) for leaf in kept]).items():
        cursor.execute("INSERT INTO evidence_tile (level, number, hashes) VALUES (%s, %s, %s)", [level, number, made])


def resign_heads(cursor: Any, key: FileKey, *, shrink: int = 0) -> None:
    """Sign every head anew over the tree as it is now; `shrink`: so many leaves are gone from each."""
    before = ""
    for head in Head.objects.order_by("id"):
        size = head.size - shrink
        checkpoint = Checkpoint(head.origin, size, root_at(size), head.at.astimezone(UTC), before)
        note = signed(checkpoint.text(), key.public, key.sign(checkpoint.text().encode()))
        cursor.execute(
            "UPDATE evidence_head SET size = %s, root = %s, previous = %s, note = %s WHERE id = %s",
            [size, checkpoint.root.hex(), before, note, head.pk],
        )
        before = digest_of(note)
