"""The stored tree: how large it is, its nodes, roots and proofs."""

from dataclasses import dataclass

from django.db import connection

from motcua.evidence.models import Head, Leaf
from motcua.evidence.terms import LeafKind
from motcua.evidence.tree.merkle import consistency_proof, inclusion_proof, root_of
from motcua.evidence.tree.tiles import TileNodes

_TILE = "SELECT hashes FROM evidence_tile WHERE level = %s AND number = %s"
_SIZE = "SELECT coalesce(max(seq) + 1, 0) FROM evidence_leaf"


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf is in the tree of a head: the path from its hash to the root."""

    leaf: Leaf
    head: Head
    path: tuple[bytes, ...]


def tree_size() -> int:
    """Return how many leaves the log has."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE)
        return int(cursor.fetchone()[0])


def read_tile(level: int, number: int) -> bytes:
    """Return the hashes of a tile; empty when it is not there."""
    with connection.cursor() as cursor:
        cursor.execute(_TILE, [level, number])
        row = cursor.fetchone()
    return bytes(row[0]) if row else b""


def nodes() -> TileNodes:
    """Return the nodes of the stored tree, read as they are asked for."""
    return TileNodes(read_tile)


def root_at(size: int) -> bytes:
    """Return the root over the first `size` leaves; raises MissingNodeError when they are not all there."""
    return root_of(nodes(), size)


def latest_head() -> Head | None:
    """Return the newest head; None before the first."""
    return Head.objects.order_by("-id").first()


def head_covering(seq: int) -> Head | None:
    """Return the first head that has this leaf."""
    return Head.objects.filter(size__gt=seq).order_by("size", "id").first()


def leaf_of(kind: LeafKind, source_id: int) -> Leaf | None:
    """Return the leaf of a row; None while the sequencer has not taken it in."""
    return Leaf.objects.filter(kind=kind, source_id=source_id).first()


def prove(leaf: Leaf, head: Head | None = None) -> Proof | None:
    """Return the proof of a leaf in the newest head, or in the one given; None while no head has it."""
    head = head or latest_head()
    if head is None or head.size <= leaf.seq:
        return None
    return Proof(leaf, head, tuple(inclusion_proof(nodes(), leaf.seq, head.size)))


def prove_growth(earlier: int, size: int) -> list[bytes]:
    """Return the proof that the tree of `size` leaves begins with that of `earlier`; else raises ValueError."""
    return consistency_proof(nodes(), earlier, size)
