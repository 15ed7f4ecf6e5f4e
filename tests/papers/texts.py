"""What can be read on a signed paper: where its text stands, signatures included, and which of it lies over another."""

import io
import itertools

import pikepdf
import pypdfium2

Box = tuple[float, float, float, float]
#: Marks above and below letters reach into the lines beside: so much of the lower line's height is none.
_TOUCHING = 0.35


def overlapping(pdf: bytes) -> list[tuple[str, str]]:
    """Return the pieces of text, of the pages and of all signatures on them, that lie over each other."""
    return [
        (first, second)
        for page in _texts(pdf)
        for (first, a), (second, b) in itertools.combinations(page, 2)
        if _over(a, b)
    ]


def read(pdf: bytes) -> str:
    """Return all that can be read on the paper, signatures included."""
    return " ".join(" ".join(words.split()) for page in _texts(pdf) for words, _ in page)


def _texts(pdf: bytes) -> list[list[tuple[str, Box]]]:
    flat = _flattened(pdf)
    document = pypdfium2.PdfDocument(flat)
    found = []
    for number in range(len(document)):
        text = document[number].get_textpage()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        found.append([(words, box) for box in boxes if (words := text.get_text_bounded(*box).strip())])
    return found


def _flattened(pdf: bytes) -> bytes:
    """Return the paper with what signatures show made part of the page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.flatten_annotations("print")
        opened.save(out)
    return out.getvalue()


def _over(a: Box, b: Box) -> bool:
    across = min(a[2], b[2]) - max(a[0], b[0])
    up = min(a[3], b[3]) - max(a[1], b[1])
    return across > 1 and up > _TOUCHING * min(a[3] - a[1], b[3] - b[1])
