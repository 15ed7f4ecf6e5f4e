"""The visible side of a signature: a one-page PDF becomes a form XObject, with its fonts, pictures and colours."""

import functools
import io
import re
import zlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from motcua.kernel.errors import Invalid
from motcua.signing.pades.words import problem
from motcua.signing.pades.writing import reference, stream

#: Strings and names are skipped, references found: the text comes from qpdf, which escapes every bracket in a string.
_TOKENS = re.compile(rb"\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f]*>|/[^\s/<>()\[\]]*|\b(\d+) (\d+) R\b", re.DOTALL)
_MOST_OBJECTS = 2000
_TAG_OPERATORS = {"BDC", "BMC", "EMC", "DP", "MP"}


@dataclass(frozen=True, slots=True)
class Drawing:
    """Objects of an appearance, numbered from 0 (the form itself): pieces of text, numbers referred to between them."""

    objects: tuple[tuple[bytes | int, ...], ...]

    def numbered_from(self, first: int) -> Iterator[tuple[int, bytes]]:
        """Yield number and body of each object, when the form gets the number `first`."""
        for number, pieces in enumerate(self.objects, first):
            yield number, b"".join(reference(first + one) if isinstance(one, int) else one for one in pieces)


@functools.lru_cache(maxsize=32)
def drawing_of(pdf: bytes) -> Drawing:
    """Return the drawing of a one-page PDF; raises Invalid when it is none."""
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            if len(opened.pages) != 1:
                raise Invalid(problem("bad_appearance"))
            return Drawing(tuple(_objects(opened)))
    except (pikepdf.PdfError, ValueError, RuntimeError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(problem("bad_appearance")) from error


def empty_form(width: float, height: float) -> bytes:
    """Return a form that shows nothing: the appearance of a field that waits for its signature."""
    return stream(b"/Type /XObject /Subtype /Form /BBox [ 0 0 %g %g ] /Resources << >>" % (width, height), b"")


def turned_form(body: bytes, turns: int) -> bytes:
    """Return a form turned counterclockwise by quarters: on a page that is shown turned clockwise it stands upright."""
    if not turns:
        return body
    matrix = (b"1 0 0 1", b"0 1 -1 0", b"-1 0 0 -1", b"0 -1 1 0")[turns]
    return body.replace(b"/Subtype /Form", b"/Subtype /Form /Matrix [ %s 0 0 ]" % matrix, 1)


def _objects(pdf: pikepdf.Pdf) -> Iterator[tuple[bytes | int, ...]]:
    numbers: dict[tuple[int, int], int] = {}
    waiting: deque[tuple[int, int]] = deque()

    def renumber(body: bytes) -> Iterator[bytes | int]:
        at = 0
        for found in _TOKENS.finditer(body):
            if found[1] is None:
                continue
            place = (int(found[1]), int(found[2]))
            if place not in numbers:
                numbers[place] = len(numbers) + 1
                waiting.append(place)
            yield body[at : found.start()]
            yield numbers[place]
            at = found.end()
        yield body[at:]

    head, content = _form(pdf)
    yield (*renumber(head), content)
    while waiting:
        if len(numbers) > _MOST_OBJECTS:
            raise Invalid(problem("bad_appearance"))
        head, content = _parts(pdf.get_object(waiting.popleft()))
        yield (*renumber(head), content)


def _form(pdf: pikepdf.Pdf) -> tuple[bytes, bytes]:
    page = pdf.pages[0]
    box = b" ".join(b"%g" % float(edge) for edge in page.mediabox)
    resources = page.resources.unparse()
    group = b" /Group " + page.obj["/Group"].unparse() if "/Group" in page.obj else b""
    content = zlib.compress(_marks(pdf), 9)
    body = stream(
        b"/Type /XObject /Subtype /Form /BBox [ %s ] /Resources %s%s /Filter /FlateDecode" % (box, resources, group),
        content,
    )
    return _split(body, content)


def _marks(pdf: pikepdf.Pdf) -> bytes:
    """Return the page's marks; numbers of tags would point into the signed paper's own structure, so they go."""
    marks = pikepdf.parse_content_stream(pdf.pages[0])
    return pikepdf.unparse_content_stream([one for one in marks if str(one.operator) not in _TAG_OPERATORS])


def _parts(thing: Any) -> tuple[bytes, bytes]:
    if not isinstance(thing, pikepdf.Stream):
        return bytes(thing.unparse(resolved=True)), b""
    content = bytes(thing.read_raw_bytes())
    entries = pikepdf.Dictionary({key: value for key, value in thing.stream_dict.items() if key != "/Length"})
    return _split(stream(bytes(entries.unparse())[2:-2].strip(), content), content)


def _split(body: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Part a stream object after its dictionary: numbers are looked for in that only."""
    tail = len(content) + len(b"\nendstream")
    return body[:-tail], body[-tail:]
