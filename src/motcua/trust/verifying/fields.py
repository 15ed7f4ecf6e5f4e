"""The signatures a PDF has, and where in its bytes each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.trust.verifying.locks import NO_LOCK, Lock, lock_of

#: Nobody signs a paper that often; more is an attack on the one who verifies.
MOST_SIGNATURES = 200
_DEEPEST = 30
_HEX = re.compile(rb"\A<[0-9A-Fa-f]*>\Z")
_MOST_GAP = 8 * 1024 * 1024


@dataclass(slots=True)
class Found:
    """One filled signature field. `contents` is the CMS with its padding; `revision` is counted from 1.

    `byte_range`: None when it is not four numbers that make sense. `gap_fits`: what the range leaves out is exactly the
    hexadecimal of the contents. `lock`: what it forbids to be changed afterwards.
    """

    name: str
    contents: bytes
    byte_range: tuple[int, int, int, int] | None
    subfilter: str
    revision: int
    is_timestamp: bool = False
    claimed: datetime | None = None
    reason: str = ""
    lock: Lock = NO_LOCK
    gap_fits: bool = False
    beyond_end: bool = False

    @property
    def end(self) -> int:
        """Where what it signs ends, in bytes from the start."""
        return self.byte_range[2] + self.byte_range[3] if self.byte_range else 0


def entry(holder: generic.DictionaryObject, key: str, absent: Any = None) -> Any:
    """Return what a key leads to, through references."""
    try:
        return holder[key]
    except KeyError:  # also what is null
        return absent


def signatures_of(reader: PdfFileReader, stream: IO[bytes], size: int) -> list[Found]:
    """Return every filled signature field, in the order they were signed; raises ValueError when there are too many."""
    found: list[Found] = []
    for name, field in _fields(reader):
        if len(found) >= MOST_SIGNATURES:
            raise ValueError("too many signatures")
        found.append(_found(reader, stream, size, name, field))
    return _each_once(sorted(found, key=lambda one: (one.end, one.revision)))


def _each_once(found: list[Found]) -> list[Found]:
    """Take a signature that stands in two fields for the first only; in the others it is borrowed."""
    seen: set[bytes] = set()
    for one in found:
        if one.contents and one.contents in seen:
            one.contents, one.gap_fits = b"", False
        seen.add(one.contents)
    return found


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, generic.DictionaryObject]]:
    form = entry(reader.root, "/AcroForm")
    fields = entry(form, "/Fields") if isinstance(form, generic.DictionaryObject) else None
    if isinstance(fields, generic.ArrayObject):
        yield from _below(fields, "", "", set(), 0)


def _below(
    fields: generic.ArrayObject, above: str, kind: str, seen: set[Any], depth: int
) -> Iterator[tuple[str, generic.DictionaryObject]]:
    for raw in fields:
        reference = getattr(raw, "reference", None)
        field = raw.get_object()
        if not isinstance(field, generic.DictionaryObject) or (reference and reference in seen) or depth > _DEEPEST:
            continue
        seen.add(reference)
        name = ".".join(part for part in (above, str(entry(field, "/T", ""))) if part)
        own = str(entry(field, "/FT", kind))
        if own == "/Sig" and isinstance(entry(field, "/V"), generic.DictionaryObject):
            yield name, field
        kids = entry(field, "/Kids")
        if isinstance(kids, generic.ArrayObject):
            yield from _below(kids, name, own, seen, depth + 1)


def _found(reader: PdfFileReader, stream: IO[bytes], size: int, name: str, field: generic.DictionaryObject) -> Found:
    value = field["/V"]
    found = Found(
        name=name,
        contents=_contents(value),
        byte_range=_byte_range(value),
        subfilter=str(entry(value, "/SubFilter", "")).lstrip("/"),
        revision=_revision(reader, field),
        is_timestamp=entry(value, "/Type", "") == "/DocTimeStamp" or entry(value, "/SubFilter", "") == "/ETSI.RFC3161",
        claimed=_claimed(value),
        reason=_text(entry(value, "/Reason", "")),
        lock=lock_of(field, value),
    )
    if found.byte_range:
        found.beyond_end = found.end > size
        found.gap_fits = _gap_fits(stream, found.byte_range, found.contents)
    if found.gap_fits:
        found.revision = _revision_at(reader, found.end) or found.revision
    return found


def _revision(reader: PdfFileReader, field: generic.DictionaryObject) -> int:
    raw = field.raw_get("/V")
    reference: Any = raw.reference if isinstance(raw, generic.IndirectObject) else field.get_container_ref()
    return int(reader.xrefs.get_last_change(reference)) + 1


def _revision_at(reader: PdfFileReader, end: int) -> int:
    """Return how many revisions of the file begin their table before a place."""
    starts = (reader.xrefs.get_startxref_for_revision(number) for number in range(reader.xrefs.total_revisions))
    return sum(start < end for start in starts)


def _contents(value: generic.DictionaryObject) -> bytes:
    try:
        raw: Any = value.raw_get("/Contents", decrypt=generic.EncryptedObjAccess.RAW)
    except KeyError:
        return b""
    if isinstance(raw, generic.IndirectObject):  # then it cannot be the gap of its own signature
        return b""
    return bytes(getattr(raw, "original_bytes", b""))


def _byte_range(value: generic.DictionaryObject) -> tuple[int, int, int, int] | None:
    array = entry(value, "/ByteRange")
    if not isinstance(array, generic.ArrayObject) or len(array) != 4:  # noqa: PLR2004 two pairs
        return None
    numbers = [item.get_object() for item in array]
    if not all(isinstance(item, generic.NumberObject) and item >= 0 for item in numbers):
        return None
    start, first, second, last = (int(item) for item in numbers)
    if start != 0 or second <= first or last == 0:
        return None
    return start, first, second, last


def _gap_fits(stream: IO[bytes], byte_range: tuple[int, int, int, int], contents: bytes) -> bool:
    """Whether what is left out of the digest is the hexadecimal of this signature and nothing else."""
    _, first, second, _ = byte_range
    if second - first > _MOST_GAP:
        return False
    stream.seek(first)
    gap = stream.read(second - first)
    return bool(_HEX.match(gap)) and bytes.fromhex(gap[1:-1].decode() + "0" * (len(gap) % 2)) == contents


def _claimed(value: generic.DictionaryObject) -> datetime | None:
    try:
        moment = generic.parse_pdf_date(value["/M"], strict=False)
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError):
        return None
    return moment if isinstance(moment, datetime) and moment.tzinfo else None


def _text(value: object) -> str:
    return str(value)[:500] if isinstance(value, generic.TextStringObject) else ""
