"""What was seen of a paper, in words."""

from motcua.dossiers.terms import Seen


def mark_words(seen: str, pages: int) -> str:
    """Return a mark in words: "bản chính, 3 trang"; "" when nobody looked at the paper and counted its pages."""
    shape = Seen(seen).label.lower() if seen else ""
    return ", ".join(filter(None, [shape, f"{pages} trang" if pages else ""]))
