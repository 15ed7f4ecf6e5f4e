"""The text of one page and where it stands, as pdfium sees it."""

import threading
from dataclasses import dataclass

import pypdfium2

from motcua.signing.appearance.views import Box, View

#: A page with more runs of text than this is a drawing, or made to be slow: the rest is left unread.
_MOST_RUNS = 5000
_SAME_LINE = 0.6
_GAP = 25.0
#: pdfium must not be entered by two threads at once.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one line, without a wide gap between them."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is shown: its visible frame, its lines of text from top to bottom."""

    frame: Box
    lines: tuple[Line, ...]

    @property
    def boxes(self) -> list[Box]:
        """Return where text stands."""
        return [line.box for line in self.lines]


def sheet_of(pdf: bytes, page: int, view: View) -> Sheet:
    """Return the text of a page (from 0) as it is shown; a page that pdfium cannot read has no lines."""
    with _ONE_AT_A_TIME:
        runs = _runs(pdf, page, turned=view.turns % 2 == 1)
    return Sheet(view.frame, tuple(_lines([Line(run.text, view.seen(run.box)) for run in runs if run.text])))


def _runs(pdf: bytes, page: int, *, turned: bool) -> list[Line]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return []
    try:
        text = document[page].get_textpage()
        return [_run(text, index, turned=turned) for index in range(min(text.count_rects(), _MOST_RUNS))]
    except pypdfium2.PdfiumError:
        return []
    finally:
        document.close()


def _run(text: pypdfium2.PdfTextPage, index: int, *, turned: bool) -> Line:
    left, bottom, right, top = box = text.get_rect(index)
    # Marks above and below letters reach into the lines beside.
    across, up = ((right - left) / 12, 0.0) if turned else (0.0, (top - bottom) / 12)
    words = text.get_text_bounded(left + across, bottom + up, right - across, top - up)
    return Line(" ".join(words.split()), box)


def _lines(runs: list[Line]) -> list[Line]:
    """Return runs side by side as one line."""
    lines: list[Line] = []
    for run in sorted(runs, key=lambda one: (-one.box[3], one.box[0])):
        for index, line in enumerate(lines):
            if _joins(line.box, run.box):
                lines[index] = _joined(line, run)
                break
        else:
            lines.append(run)
    return sorted(lines, key=lambda one: -one.box[1])


def _joins(line: Box, run: Box) -> bool:
    overlap = min(line[3], run[3]) - max(line[1], run[1])
    beside = max(run[0] - line[2], line[0] - run[2])
    return overlap > _SAME_LINE * min(line[3] - line[1], run[3] - run[1]) and beside < _GAP


def _joined(line: Line, run: Line) -> Line:
    first, second = (line, run) if line.box[0] <= run.box[0] else (run, line)
    a, b = first.box, second.box
    return Line(f"{first.text} {second.text}", (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])))
