"""What the demo's hierarchy answers over HTTP: timestamps, OCSP, lists, certificates of authorities."""

import functools
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from motcua.trust.pki.authority import Authority
from motcua.trust.pki.folder import open_folder, read_revoked
from motcua.trust.pki.hierarchy import Hierarchy

LARGEST_QUESTION = 16 * 1024


@dataclass(frozen=True, slots=True)
class Served:
    """An answer: HTTP status, media type, body."""

    status: int
    media_type: str = "text/plain; charset=utf-8"
    body: bytes = b""


_NOTHING = Served(404, body="Không có gì ở địa chỉ này.".encode())


def serve(folder: Path, what: str, name: str, question: bytes, *, at: datetime) -> Served:
    """Answer `what` ("tsa", "ocsp", "crl", "ca") of the authority `name`; `question` is what was posted."""
    if what == "tsa":
        return _stamp(_opened(str(folder)), name, question, at)
    authority = _opened(str(folder)).authorities().get(name)
    if authority is None:
        return _NOTHING
    authority.revoked = read_revoked(folder).get(name, {})
    return _say(authority, what, question, at)


def _stamp(hierarchy: Hierarchy, name: str, question: bytes, at: datetime) -> Served:
    place = int(name) - 1 if name in {"1", "2"} else -1
    if place < 0:
        return _NOTHING
    return Served(200, "application/timestamp-reply", hierarchy.stampers[place].answer(question, at=at))


def _say(authority: Authority, what: str, question: bytes, at: datetime) -> Served:
    match what:
        case "ocsp":
            return Served(200, "application/ocsp-response", authority.answer(question, at=at))
        case "crl":
            return Served(200, "application/pkix-crl", authority.crl(at=at))
        case "ca":
            return Served(200, "application/pkix-cert", authority.certificate.public_bytes(Encoding.DER))
        case _:
            return _NOTHING


@functools.lru_cache(maxsize=2)
def _opened(folder: str) -> Hierarchy:
    return open_folder(Path(folder))
