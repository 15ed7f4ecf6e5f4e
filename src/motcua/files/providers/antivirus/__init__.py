"""Programs that look for malware, all behind one Protocol."""

from dataclasses import dataclass
from enum import StrEnum
from typing import IO, Protocol


class Verdict(StrEnum):
    """What the program says about one content."""

    CLEAN = "clean"
    INFECTED = "infected"
    BEYOND_LIMITS = "beyond_limits"  # too big or too deeply packed to be looked at whole


@dataclass(frozen=True, slots=True)
class Scan:
    """The verdict, and what the program calls what it found ("" for nothing)."""

    verdict: Verdict
    name: str = ""


class AntivirusAway(Exception):  # noqa: N818 (named after what happened)
    """The program does not answer, or answers nothing that can be understood; the message says what happened."""


class Antivirus(Protocol):
    """Looks for malware. Keeps nothing between two calls; may be used by several threads."""

    def scan(self, file: IO[bytes]) -> Scan:
        """Look at a content from its start; raises AntivirusAway within seconds when there is no answer."""

    def version(self) -> str:
        """Return which program and which signatures; raises AntivirusAway."""
