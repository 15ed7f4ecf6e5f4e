"""The revisions inside a PDF: what was issued may lie whole at the beginning of a file that was changed later."""

import hashlib
import re

_END = re.compile(rb"%%EOF(\r\n|\n|\r)?")
_MOST = 60


def hashes_of(content: bytes) -> list[str]:
    """Return the SHA-256 of the whole file, then those of every beginning that ends as a PDF does, longest first.

    A signed PDF is only ever added to: the file that was issued is a beginning of any later one. One pass.
    """
    cuts: set[int] = {len(content)}
    for found in list(_END.finditer(content))[-_MOST:]:
        cuts |= {found.end(), found.start() + len(b"%%EOF")}
    digest, done, hashes = hashlib.sha256(), 0, []
    view = memoryview(content)
    for cut in sorted(cuts):
        digest.update(view[done:cut])
        done = cut
        hashes.append(digest.hexdigest())
    return hashes[::-1]
