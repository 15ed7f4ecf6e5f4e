"""Whether single acts are in the signed log: for pages about one dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection

from motcua.evidence.models import Head, Leaf
from motcua.evidence.queries.rows import ENTRIES_BY_ID
from motcua.evidence.queries.tree import latest_head, nodes
from motcua.evidence.rules.leaves import Row, entry_row
from motcua.evidence.terms import LeafKind
from motcua.evidence.tree.merkle import inclusion_proof, leaf_hash, root_from_inclusion
from motcua.evidence.tree.tiles import MissingNodeError, TileNodes


class Standing(StrEnum):
    """How an act stands: not in the log yet, in it but under no head yet, proved by a head, not what the log says."""

    WAITING = "waiting"
    UNCOVERED = "uncovered"
    PROVED = "proved"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class ProvedAct:
    """An act in the log: its leaf (from 1, as people count; 0 for none) and the fingerprint of the leaf."""

    standing: Standing
    number: int = 0
    fingerprint: str = ""


def prove_entries(ids: Sequence[int]) -> tuple[Head | None, dict[int, ProvedAct]]:
    """Return the newest head, and for each line of the journal how it stands under it (a handful of queries)."""
    head, tree = latest_head(), nodes()
    leaves = {leaf.source_id: leaf for leaf in Leaf.objects.filter(kind=LeafKind.ENTRY, source_id__in=list(ids))}
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES_BY_ID, [list(ids)])
        rows = {row.source_id: row for row in map(entry_row, cursor.fetchall())}
    return head, {one: _prove(rows.get(one), leaves.get(one), head, tree) for one in ids}


def _prove(row: Row | None, leaf: Leaf | None, head: Head | None, tree: TileNodes) -> ProvedAct:
    if leaf is None or row is None:
        return ProvedAct(Standing.WAITING)
    made, mark = leaf_hash(row.content), fingerprint(bytes(leaf.hash))
    if made != bytes(leaf.hash):
        return ProvedAct(Standing.BROKEN, leaf.seq + 1, mark)
    if head is None or head.size <= leaf.seq:
        return ProvedAct(Standing.UNCOVERED, leaf.seq + 1, mark)
    try:
        path = inclusion_proof(tree, leaf.seq, head.size)
    except MissingNodeError:
        path = []
    found = root_from_inclusion(made, leaf.seq, head.size, path)
    good = found is not None and found.hex() == head.root
    return ProvedAct(Standing.PROVED if good else Standing.BROKEN, leaf.seq + 1, mark)


def fingerprint(digest: bytes) -> str:
    """Return the first sixteen hex digits of a hash in groups of four, as it is printed and read aloud."""
    text = digest.hex()[:16].upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
