"""The Merkle tree of RFC 9162, pure: hashes, proofs, and the tiles in which the tree is stored."""
