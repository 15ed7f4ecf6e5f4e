"""A tree that is read from its first leaf on, keeping only what its root needs."""

from motcua.evidence.tree.merkle import EMPTY_ROOT, node_hash


class Growing:
    """The root over the leaves so far, in memory of a few hashes."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take in the hash of the next leaf."""
        found, count = leaf, self.size
        while count & 1:
            found, count = node_hash(self._peaks.pop(), found), count >> 1
        self._peaks.append(found)
        self.size += 1

    def root(self) -> bytes:
        """Return the root over the leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found
