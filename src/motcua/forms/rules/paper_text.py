"""A paper as plain text that a person can edit, and the paper with that text put back."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from motcua.forms.rules.paper import PaperLine

_CELLS = " | "
#: Pieces without words of their own: they stay where they are, whatever becomes of the text.
_SILENT = frozenset({"space", "signatures"})


def text_of_paper(lines: Sequence[PaperLine]) -> str:
    """Return the words of the paper, a line each piece (a table: one for its name and heads, one each row)."""
    return "\n".join(text for line in lines for text in _texts(line))


def with_text(lines: Sequence[PaperLine], text: str) -> tuple[PaperLine, ...]:
    """Return the paper saying what `text` says: pieces that stand there unchanged keep their layout.

    What was changed or added stands as paragraphs, what was deleted is gone; a table of which one row was changed is
    written as paragraphs. Empty lines do not count.
    """
    before = [(one, place) for place, line in enumerate(lines) for one in _texts(line)]
    after = [one.strip() for one in text.splitlines() if one.strip()]
    matcher = SequenceMatcher(None, [one for one, _ in before], after, autojunk=False)
    kept: dict[int, int] = {}
    whole: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            kept[block.b + step] = before[block.a + step][1]
    for place in kept.values():
        whole[place] = whole.get(place, 0) + 1
    sizes = {place: len(list(_texts(line))) for place, line in enumerate(lines)}
    unchanged = {place for place, count in whole.items() if count == sizes[place]}
    return tuple(_merged(lines, after, kept, unchanged))


def _merged(
    lines: Sequence[PaperLine], after: Sequence[str], kept: dict[int, int], unchanged: set[int]
) -> Iterator[PaperLine]:
    done = -1
    for number, text in enumerate(after):
        place = kept.get(number)
        if place is not None and place in unchanged:
            if place > done:
                yield from _silent(lines, done, place)
                yield lines[place]
                done = place
            continue
        yield _changed(text, lines[place] if place is not None else None)
    yield from _silent(lines, done, len(lines))


def _silent(lines: Sequence[PaperLine], after: int, before: int) -> Iterator[PaperLine]:
    return (line for line in lines[after + 1 : before] if line.kind in _SILENT)


def _changed(text: str, was: PaperLine | None) -> PaperLine:
    if was is not None and was.kind in {"heading", "subheading", "centred"}:
        return replace(was, text=text)
    return PaperLine("text", text)


def _texts(line: PaperLine) -> Iterator[str]:
    if line.kind in _SILENT:
        return
    if line.kind == "table":
        heads = _CELLS.join(line.heads)
        yield " ".join(filter(None, [line.label and f"{line.label.rstrip(':')}:", heads])).strip() or "Bảng"
        yield from (_CELLS.join(" ".join(cell.split()) for cell in row) for row in line.rows)
        return
    words = line.text or " ".join(label for label, is_on in line.boxes if is_on)
    if line.kind == "field":
        mark = "" if line.label.endswith(("?", ":", ".", "!")) else ":"
        words = f"{line.label}{mark} {words}"
    elif line.kind == "group" or not words:
        words = line.label or words
    said = " ".join(words.split())
    if said:
        yield said
