"""Hashes and proofs of an append-only Merkle tree (RFC 9162, section 2.1), over nodes that somebody else keeps."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
#: Gives the root of the complete subtree over the leaves [index·2^level, (index+1)·2^level).
Nodes = Callable[[int, int], bytes]


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256 of 0x00 and the content."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees: SHA-256 of 0x01, left and right."""
    return sha256(b"\x01" + left + right).digest()


def split_of(count: int) -> int:
    """Return the largest power of two below `count` (two or more): so many leaves stand in the left subtree."""
    return 1 << (count - 1).bit_length() - 1


def root_of(nodes: Nodes, size: int) -> bytes:
    """Return the root over the first `size` leaves."""
    return _range_hash(nodes, 0, size) if size else EMPTY_ROOT


def inclusion_proof(nodes: Nodes, index: int, size: int) -> list[bytes]:
    """Return the path from the leaf `index` (from 0) to the root over `size` leaves, the lowest hash first.

    Raises ValueError for a leaf that is not in that tree.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + split_of(high - low)
        if index < middle:
            path.append(_range_hash(nodes, middle, high))
            high = middle
        else:
            path.append(_range_hash(nodes, low, middle))
            low = middle
    return path[::-1]


def consistency_proof(nodes: Nodes, earlier: int, size: int) -> list[bytes]:
    """Return the proof that the tree over `size` leaves begins with the tree over `earlier` leaves.

    Raises ValueError when the earlier one is not smaller or equal.
    """
    if not 0 <= earlier <= size:
        raise ValueError(f"no tree of {earlier} inside a tree of {size}")
    if earlier in (0, size):
        return []
    low, high, left, whole, path = 0, size, earlier, True, []
    while left != high - low:
        half = split_of(high - low)
        if left <= half:
            path.append(_range_hash(nodes, low + half, high))
            high = low + half
        else:
            path.append(_range_hash(nodes, low, low + half))
            low, left, whole = low + half, left - half, False
    if not whole:
        path.append(_range_hash(nodes, low, high))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root to which the path leads from this leaf hash; None for a path that cannot be one."""
    if not 0 <= index < size:
        return None
    found, place, last = leaf, index, size - 1
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            found = node_hash(sibling, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def is_consistent(earlier: int, earlier_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether the proof shows that the tree with `root` begins with the tree with `earlier_root`."""
    if earlier in (0, size):
        expected = EMPTY_ROOT if earlier == 0 else root
        return earlier <= size and not path and earlier_root == expected
    if not 0 < earlier < size or not path:
        return False
    steps = [earlier_root, *path] if earlier & (earlier - 1) == 0 else list(path)
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for one in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(one, old), node_hash(one, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, one)
        place, last = place >> 1, last >> 1
    return last == 0 and old == earlier_root and new == root


def _range_hash(nodes: Nodes, low: int, high: int) -> bytes:
    """Return the root over the leaves [low, high); `low` is a multiple of the largest subtree's size."""
    parts = []
    while low < high:
        level = (high - low).bit_length() - 1
        parts.append(nodes(level, low >> level))
        low += 1 << level
    found = parts.pop()
    while parts:
        found = node_hash(parts.pop(), found)
    return found
