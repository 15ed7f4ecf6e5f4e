"""One hash over the whole journal: each step takes in the hash of one more entry."""

import hashlib
from collections.abc import Iterable

NOTHING = ""


def digest_on(digest: str, hashes: Iterable[str]) -> str:
    """Return the common hash after these further entries, in the order of their ids."""
    for one in hashes:
        digest = hashlib.sha256(f"{digest}{one}".encode()).hexdigest()
    return digest
