"""What the program says to the person at the keyboard."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def say(text: str = "") -> None:
    """Print one line at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print one line on the error output at once."""
    print(text, file=sys.stderr, flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lay rows out in columns under a head."""
    widths = [max(len(str(row[column])) for row in [head, *rows]) for column in range(len(head))]
    lines = [
        "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [head, *rows]
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join("  " + line.rstrip() for line in lines)


class Progress:
    """A long step's progress: rewrites one line on a terminal, prints every tenth part elsewhere."""

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total, self.done = title, total, 0
        self._said = -1
        self._live = sys.stdout.isatty()

    def step(self, count: int = 1) -> None:
        """Note that `count` more parts are done."""
        self.done += count
        tenth = self.done * 10 // max(self.total, 1)
        if self._live:
            print(f"\r{self.title}: {self.done}/{self.total}", end="", flush=True)
        elif tenth != self._said:
            say(f"{self.title}: {self.done}/{self.total}")
        self._said = tenth

    def close(self) -> None:
        """End the line."""
        if self._live and self.done:
            print(flush=True)
