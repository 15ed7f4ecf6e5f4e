"""Words of the checker."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

#: The only faces an official paper is set in, by their PostScript names.
PAPER_FACES = frozenset(
    {"LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic"}
)


@dataclass(frozen=True, slots=True)
class Flaw:
    """A rule that a file breaks: stable `code`, what exactly (for those who mend it), page from 1 (0: the file)."""

    code: str
    what: str
    page: int = 0

    def __str__(self) -> str:
        return f"{self.code}: {self.what}" + (f" (page {self.page})" if self.page else "")


def dictionary(value: Any) -> dict[str, Any]:
    """Return the entries of a dictionary or stream; of anything else none."""
    if isinstance(value, pikepdf.Stream):
        return dict(value.stream_dict.items())
    return dict(value.items()) if isinstance(value, pikepdf.Dictionary) else {}


def array(value: Any) -> list[Any]:
    """Return the items of an array; of anything else none."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def annotations(pdf: pikepdf.Pdf) -> Iterator[tuple[int, dict[str, Any], Any]]:
    """Yield page (from 1), entries and object of each annotation."""
    for number, page in enumerate(pdf.pages, 1):
        for note in array(page.obj.get("/Annots")):
            yield number, dictionary(note), note


def number_tree(root: Any) -> dict[int, Any]:
    """Return a number tree (ISO 32000-1, 7.9.7) as a dictionary."""
    found: dict[int, Any] = {}
    waiting, seen = [root], 0
    while waiting and seen < 100_000:  # noqa: PLR2004 a tree that leads in a circle
        node = dictionary(waiting.pop())
        seen += 1
        pairs = array(node.get("/Nums"))
        found.update({int(key): value for key, value in zip(pairs[::2], pairs[1::2], strict=False)})
        waiting.extend(array(node.get("/Kids")))
    return found
