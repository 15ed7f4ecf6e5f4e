"""The stored form of the tree: tiles of up to 256 hashes each.

A tile of level 0 holds hashes of leaves; one of level n + 1 holds the roots of full tiles of level n. What stands
between is computed when it is asked for. A tree of ten million leaves has some forty thousand tiles, and a proof needs
three or four.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from motcua.evidence.tree.merkle import HASH_BYTES, node_hash

HEIGHT: Final = 8
WIDTH: Final = 1 << HEIGHT
#: Level and number of a tile.
Place = tuple[int, int]
#: Gives the hashes of a tile, one after the other; empty for one that is not there.
ReadTile = Callable[[int, int], bytes]


class MissingNodeError(LookupError):
    """The stored tree lacks a node that its size promises."""


def root_of_full(hashes: bytes) -> bytes:
    """Return the root over hashes whose count is a power of two."""
    level = [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]
    while len(level) > 1:
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level), 2)]
    return level[0]


class TileNodes:
    """Nodes of the tree, read from tiles; each tile is read once."""

    def __init__(self, read: ReadTile) -> None:
        self._read = read
        self._kept: dict[Place, bytes] = {}

    def __call__(self, level: int, index: int) -> bytes:
        """Return the root of a complete subtree; raises MissingNodeError when the tiles do not hold it."""
        tile_level, above = divmod(level, HEIGHT)
        number, place = divmod(index << above, WIDTH)
        hashes = self._tile(tile_level, number)[place * HASH_BYTES : (place + (1 << above)) * HASH_BYTES]
        if len(hashes) != HASH_BYTES << above:
            raise MissingNodeError(f"the stored tree lacks node {index} of level {level}")
        return root_of_full(hashes)

    def _tile(self, level: int, number: int) -> bytes:
        place = (level, number)
        if place not in self._kept:
            self._kept[place] = self._read(level, number)
        return self._kept[place]


def append_hashes(read: ReadTile, size: int, hashes: Iterable[bytes]) -> Mapping[Place, bytes]:
    """Return the tiles that change when these leaf hashes follow the first `size` ones, whole, each once."""
    changed: dict[Place, bytes] = {}
    level, count, new = 0, size, list(hashes)
    while new:
        number, filled = divmod(count, WIDTH)
        pending = bytearray(read(level, number)[: filled * HASH_BYTES])
        if len(pending) != filled * HASH_BYTES:
            raise MissingNodeError(f"tile {number} of level {level} is shorter than the tree says")
        pending += b"".join(new)
        up = []
        for start in range(0, len(pending), WIDTH * HASH_BYTES):
            tile = bytes(pending[start : start + WIDTH * HASH_BYTES])
            changed[(level, number + start // (WIDTH * HASH_BYTES))] = tile
            if len(tile) == WIDTH * HASH_BYTES:
                up.append(root_of_full(tile))
        level, count, new = level + 1, count // WIDTH, up
    return changed
