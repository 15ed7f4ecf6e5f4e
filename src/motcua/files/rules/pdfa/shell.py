"""The file itself: first and last bytes, trailer, streams (ISO 19005-2, 6.1)."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from motcua.files.rules.pdfa.terms import Flaw, array, dictionary

_HEADER = re.compile(rb"%PDF-1\.[4-7](?:\r\n|\r|\n)%[\x80-\xff]{4}")
_ENDING = re.compile(rb"%%EOF(?:\r\n|\r|\n)?\Z")
_UNFINISHED = re.compile(rb"startxref\s+\d+\s+%%EOF(?![\r\n]|\Z)")
_FORBIDDEN_FILTERS = frozenset({"/LZWDecode", "/LZW", "/Crypt"})


def byte_flaws(pdf: bytes) -> list[Flaw]:
    """Return what is wrong with the first and last bytes."""
    found = []
    if not _HEADER.match(pdf):
        found.append(Flaw("header", "no %PDF-1.4 to 1.7 with a line of four high bytes after it"))
    if not _ENDING.search(pdf[-16:]):
        found.append(Flaw("end_of_file", "something other than one end of line stands after the last %%EOF"))
    if _UNFINISHED.search(pdf):
        found.append(Flaw("joined_revision", "no end of line between a %%EOF and the objects added after it"))
    return found


def object_flaws(pdf: pikepdf.Pdf) -> Iterator[Flaw]:
    """Yield what is wrong with the trailer, the syntax and the streams."""
    if pdf.is_encrypted:
        yield Flaw("encrypted", "the file is encrypted")
    ids = array(pdf.trailer.get("/ID"))
    if len(ids) != 2 or not all(bytes(one) for one in ids):  # noqa: PLR2004 two identifiers
        yield Flaw("no_id", "the trailer has no /ID of two strings")
    for said in pdf.check_pdf_syntax():
        yield Flaw("syntax", str(said))
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            yield from _stream_flaws(thing)


def _stream_flaws(stream: pikepdf.Stream) -> Iterator[Flaw]:
    entries = dictionary(stream)
    where = f"object {stream.objgen[0]}"
    if {"/F", "/FFilter", "/FDecodeParms"} & set(entries):
        yield Flaw("external_stream", f"{where} keeps its content in another file")
    for name in filters_of(entries.get("/Filter")):
        if name in _FORBIDDEN_FILTERS:
            yield Flaw("filter", f"{where} is packed with {name}")
    if entries.get("/Subtype") == "/PS" or "/PS" in entries:
        yield Flaw("postscript", f"{where} is PostScript")


def filters_of(value: Any) -> list[str]:
    """Return the names of one filter or of several."""
    return [str(one) for one in (array(value) or [value]) if one is not None]
