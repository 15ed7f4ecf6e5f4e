"""The tree against a naive one, written as the definitions of RFC 9162 stand, and against published roots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.evidence.tree.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    is_consistent,
    leaf_hash,
    node_hash,
    root_from_inclusion,
    root_of,
)
from motcua.evidence.tree.tiles import WIDTH, MissingNodeError, TileNodes, append_hashes

#: Leaves and roots of the reference implementations of Certificate Transparency.
_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(hashes: list[bytes]) -> bytes:
    if not hashes:
        return EMPTY_ROOT
    if len(hashes) == 1:
        return hashes[0]
    half = largest_below(len(hashes))
    return node_hash(naive_root(hashes[:half]), naive_root(hashes[half:]))


def largest_below(count: int) -> int:
    half = 1
    while half * 2 < count:
        half *= 2
    return half


def naive_path(index: int, hashes: list[bytes]) -> list[bytes]:
    if len(hashes) == 1:
        return []
    half = largest_below(len(hashes))
    if index < half:
        return [*naive_path(index, hashes[:half]), naive_root(hashes[half:])]
    return [*naive_path(index - half, hashes[half:]), naive_root(hashes[:half])]


def naive_subproof(earlier: int, hashes: list[bytes], *, whole: bool) -> list[bytes]:
    if earlier == len(hashes):
        return [] if whole else [naive_root(hashes)]
    half = largest_below(len(hashes))
    if earlier <= half:
        return [*naive_subproof(earlier, hashes[:half], whole=whole), naive_root(hashes[half:])]
    return [*naive_subproof(earlier - half, hashes[half:], whole=False), naive_root(hashes[:half])]


def hashes_of(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


class Store:
    """Tiles in memory, filled in steps."""

    def __init__(self, *steps: int) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.size = 0
        for step in steps:
            self.grow(step)

    def read(self, level: int, number: int) -> bytes:
        return self.tiles.get((level, number), b"")

    def grow(self, count: int) -> None:
        new = hashes_of(self.size + count)[self.size :]
        self.tiles.update(append_hashes(self.read, self.size, new))
        self.size += count

    @property
    def nodes(self) -> TileNodes:
        return TileNodes(self.read)


def test_published_roots() -> None:
    hashes = [leaf_hash(bytes.fromhex(one)) for one in _LEAVES]
    tiles = append_hashes(lambda _level, _number: b"", 0, hashes)
    nodes = TileNodes(lambda level, number: tiles.get((level, number), b""))
    assert [root_of(nodes, size).hex() for size in range(1, 9)] == _ROOTS
    assert root_of(nodes, 0) == EMPTY_ROOT


@given(st.lists(st.integers(0, 90), max_size=8))
def test_a_tree_grown_in_steps_is_the_tree(steps: list[int]) -> None:
    store = Store(*steps)
    assert root_of(store.nodes, store.size) == naive_root(hashes_of(store.size))


@given(st.integers(1, 700), st.data())
def test_proofs_are_those_of_the_definition(size: int, data: st.DataObject) -> None:
    hashes, nodes = hashes_of(size), Store(size).nodes
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(nodes, index, size)
    assert path == naive_path(index, hashes)
    assert root_from_inclusion(hashes[index], index, size, path) == naive_root(hashes)
    earlier = data.draw(st.integers(1, size))
    proof = consistency_proof(nodes, earlier, size)
    assert proof == naive_subproof(earlier, hashes, whole=True)
    assert is_consistent(earlier, naive_root(hashes[:earlier]), size, naive_root(hashes), proof)


@given(st.integers(2, 300), st.data())
def test_a_bent_proof_proves_nothing(size: int, data: st.DataObject) -> None:
    hashes, nodes = hashes_of(size), Store(size).nodes
    root, index = naive_root(hashes), data.draw(st.integers(0, size - 1))
    path = inclusion_proof(nodes, index, size)
    other = data.draw(st.integers(0, size - 1).filter(lambda one: one != index))
    assert root_from_inclusion(hashes[other], index, size, path) != root
    assert root_from_inclusion(hashes[index], index, size, path[:-1]) != root
    assert root_from_inclusion(hashes[index], index, size, [*path, root]) != root
    place = data.draw(st.integers(0, len(path) - 1))
    bent = [*path[:place], leaf_hash(b"bent"), *path[place + 1 :]]
    assert root_from_inclusion(hashes[index], index, size, bent) != root


@given(st.integers(2, 300), st.data())
def test_a_rewritten_beginning_is_not_consistent(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size - 1))
    hashes = hashes_of(size)
    proof = consistency_proof(Store(size).nodes, earlier, size)
    before, root = naive_root(hashes[:earlier]), naive_root(hashes)
    hashes[data.draw(st.integers(0, earlier - 1))] = leaf_hash(b"other")
    assert not is_consistent(earlier, naive_root(hashes[:earlier]), size, root, proof)
    assert not is_consistent(earlier, before, size, naive_root(hashes), proof)
    assert not is_consistent(earlier, before, size, root, proof[:-1])
    assert not is_consistent(earlier, before, size, root, [*proof, root])


def test_edges() -> None:
    store = Store(5)
    root = root_of(store.nodes, 5)
    assert inclusion_proof(Store(1).nodes, 0, 1) == []
    assert consistency_proof(store.nodes, 0, 5) == consistency_proof(store.nodes, 5, 5) == []
    assert is_consistent(0, EMPTY_ROOT, 5, root, [])
    assert is_consistent(5, root, 5, root, [])
    assert not is_consistent(5, EMPTY_ROOT, 5, root, [])
    assert not is_consistent(6, root, 5, root, [])
    assert not is_consistent(3, root, 5, root, [])
    assert root_from_inclusion(root, 5, 5, []) is None
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_proof(store.nodes, 5, 5)
    with pytest.raises(ValueError, match="no tree of 6"):
        consistency_proof(store.nodes, 6, 5)


def test_a_hole_in_the_store_is_told() -> None:
    store = Store(WIDTH + 3)
    del store.tiles[(0, 1)]
    with pytest.raises(MissingNodeError):
        inclusion_proof(store.nodes, WIDTH + 1, WIDTH + 3)
    with pytest.raises(MissingNodeError):
        store.grow(1)
