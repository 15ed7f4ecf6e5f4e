"""What an update says of itself: whether it is a revision, which objects it writes, whether it is read in one way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.trust.verifying.source import Source

Number = tuple[int, int]
_OBJECT = re.compile(rb"(?:\A|(?<=[\r\n\x00\t\x0c ]))(\d{1,10})[\r\n\x00\t\x0c ]+(\d{1,5})[\r\n\x00\t\x0c ]+obj\b")
_START = re.compile(rb"startxref\s+(\d{1,15})\s+%%EOF")
_CHUNK, _OVERLAP = 1024 * 1024, 64


def is_revision(reader: PdfFileReader, end: int, until: int) -> bool:
    """Whether the bytes in between end in a revision of the file, not just in something a lenient reader may find."""
    return any(end <= start < until for start in _starts(reader))


def touched_by(source: Source, reader: PdfFileReader, end: int, until: int) -> set[Number] | None:
    """Return the objects that the update between two places writes or frees; None when that cannot be told.

    It cannot when the update does not build on what was signed (its /Prev leads past it to an older table): then any
    object may be another one than before.
    """
    starts = _starts(reader)
    built_on = [start for start in starts if start < end]
    if not reader.strict or not built_on or built_on[-1] != _start_at(source, end):
        return None
    touched: set[Number] = set()
    for number, start in enumerate(starts):
        if end <= start < until:
            refs = reader.xrefs.explicit_refs_in_revision(number) | reader.xrefs.refs_freed_in_revision(number)
            touched |= {(ref.idnum, ref.generation) for ref in refs}
    return touched


def writes_twice(source: Source, reader: PdfFileReader, end: int, until: int) -> bool:
    """Whether a revision in between holds two bodies under one number: programs differ in which of them they take."""
    tables = [start for start in _starts(reader) if end <= start < until]
    spans = pairwise([end, *tables, until])
    return any(_has_double(source, start, stop, tables) for start, stop in spans)


def _has_double(source: Source, start: int, until: int, tables: Sequence[int]) -> bool:
    seen: Counter[Number] = Counter()
    place = start
    while place < until:
        piece = source.tail(place, min(_CHUNK + _OVERLAP, until - place))
        for found in _OBJECT.finditer(piece):
            is_table = place + found.start() in tables  # a stream with the table of the revision before
            if found.start() < _CHUNK and not is_table:
                seen[int(found[1]), int(found[2])] += 1
        if len(seen) > 1_000_000:  # noqa: PLR2004 no update of a paper writes that many
            return True
        place += _CHUNK
    return any(count > 1 for count in seen.values())


def _starts(reader: PdfFileReader) -> list[int]:
    """Return where the tables of the revisions begin, oldest first."""
    return [reader.xrefs.get_startxref_for_revision(number) for number in range(reader.xrefs.total_revisions)]


def _start_at(source: Source, end: int) -> int | None:
    """Return where the table of the revision that ends here begins, as it says itself."""
    found = _START.findall(source.tail(max(0, end - 128), min(128, end)))
    return int(found[-1]) if found else None
