"""The file that is to get a signature: read once, refused when a signature on it would not hold.

A signature is appended (ISO 32000-1, 7.5.6): nothing that is there is written again, so the file must be sound.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from motcua.kernel.errors import Invalid, Problem
from motcua.signing.pades.words import problem

_START = re.compile(rb"startxref\s+(\d{1,12})\s+%%EOF\s*\Z")
_PREVIOUS = re.compile(rb"/Prev\s+(\d{1,12})")
_ROW = re.compile(rb"(\d{10}) (\d{5}) ([nf])|(\d{1,10}) (\d{1,10})")
_STREAM_HEAD = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
#: How far the end of a file is searched for its last cross-reference, how long a trailer may be, how many revisions.
_TAIL, _TRAILER, _MOST_REVISIONS = 2048, 1 << 20, 1000
_DEEPEST = 40
_READING_ERRORS = (pikepdf.PdfError, ValueError, RecursionError, RuntimeError, KeyError, TypeError, AttributeError)
_PROGRAMS = re.compile(
    rb"/(?:JS|JavaScript|XFA|Launch|ImportData|SubmitForm|RichMedia\w*|Rendition|ObjStm|Encrypt|GoToE)\b"
    rb"|/[A-Za-z]*#[0-9A-Fa-f]{2}"
)
_PROGRAM_KEYS = {"/JS", "/JavaScript", "/RichMedia", "/RichMediaContent"}
_PROGRAM_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute", "/Rendition", "/GoToE"}


@dataclass(frozen=True, slots=True)
class Base:
    """A sound file: its bytes, qpdf's view of it, where its last cross-reference is, and the next free number."""

    content: bytes
    pdf: pikepdf.Pdf
    start: int
    has_stream: bool
    size: int

    @property
    def root(self) -> Any:
        """The catalogue."""
        return self.pdf.Root


def open_base(content: bytes) -> Base:
    """Read a file; raises Invalid with every Problem that speaks against signing it."""
    start, has_stream = _cross_references(content)
    try:
        pdf = pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise Invalid(problem("locked")) from error
    except _READING_ERRORS as error:
        raise Invalid(problem("unreadable")) from error
    try:
        if has_stream:
            len(pdf.objects)  # reads every object; what is wrong about one becomes a warning
        problems = list(_problems(pdf, content))
        size = int(pdf.trailer.Size)
    except _READING_ERRORS as error:
        raise Invalid(problem("unreadable")) from error
    if problems:
        raise Invalid(problems)
    return Base(content, pdf, start, has_stream, size)


def _problems(pdf: pikepdf.Pdf, content: bytes) -> Iterator[Problem]:
    if pdf.is_encrypted:
        yield problem("locked")
        return
    if not len(pdf.pages):
        yield problem("no_pages")
    if pdf.get_warnings():
        yield problem("broken_references")
    if "/XFA" in pdf.Root.get("/AcroForm", {}):
        yield problem("xfa")
    if _PROGRAMS.search(content) and any(_is_program(thing, _DEEPEST) for thing in [*pdf.objects, pdf.trailer]):
        yield problem("program")


def _is_program(thing: Any, depth: int) -> bool:
    """Whether an object, or what it holds directly, is a program; depth that has no end counts as one."""
    if isinstance(thing, pikepdf.Array):
        return any(_is_program(one, depth - 1) for one in thing if _is_direct(one))
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if depth == 0:
        return True
    return any(
        key in _PROGRAM_KEYS
        or (key == "/S" and str(value) in _PROGRAM_ACTIONS)
        or (_is_direct(value) and _is_program(value, depth - 1))
        for key, value in thing.items()
    )


def _is_direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _cross_references(content: bytes) -> tuple[int, bool]:
    """Return where the last cross-reference begins and whether it is a stream; walks all of them."""
    found = _START.search(content, max(0, len(content) - _TAIL))
    if not found or not content.startswith(b"%PDF-"):
        raise Invalid(problem("unreadable"))
    start = int(found[1])
    at, seen, has_stream = start, set[int](), False
    while True:
        if at in seen or at >= len(content) or len(seen) > _MOST_REVISIONS:
            raise Invalid(problem("broken_references"))
        seen.add(at)
        is_stream, trailer = _section(content, at)
        has_stream = has_stream or (is_stream and at == start)
        if not is_stream and b"/XRefStm" in trailer:
            raise Invalid(problem("hybrid"))
        previous = _PREVIOUS.search(trailer)
        if not previous:
            return start, has_stream
        at = int(previous[1])


def _section(content: bytes, at: int) -> tuple[bool, bytes]:
    """Return whether the cross-reference at a place is a stream, and its trailer's text."""
    if content.startswith(b"xref", at):
        begin = content.find(b"trailer", at)
        end = content.find(b"startxref", begin)
        if begin < 0 or end < 0 or end - begin > _TRAILER:
            raise Invalid(problem("broken_references"))
        if not _rows_are_right(content, at, begin):
            raise Invalid(problem("broken_references"))
        return False, content[begin:end]
    if not _STREAM_HEAD.match(content, at):
        raise Invalid(problem("broken_references"))
    end = content.find(b"stream", at, at + _TRAILER)
    return True, content[at : max(at, end)]


def _rows_are_right(content: bytes, begin: int, end: int) -> bool:
    """Whether every object is where a table says; qpdf looks only at those it is asked for."""
    number = 0
    for found in _ROW.finditer(content, begin, end):
        place, generation, kind, first, _ = found.groups()
        if first is not None:
            number = int(first)
            continue
        if kind == b"n" and not content.startswith(b"%d %d obj" % (number, int(generation)), int(place)):
            return False
        number += 1
    return True
