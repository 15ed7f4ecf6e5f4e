"""What the clients know, kept outside the system: written and flushed to disk before and after each request."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Ledger:
    """A file to which lines are only ever added, each on disk before the call returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab")
        self._lock = threading.Lock()

    def intend(self, *, key: str, person: str, act: str) -> None:
        """About to send: `person` (their identity number) stands for the dossier, `act` is its place in the life."""
        self._add({"what": "intent", "key": key, "person": person, "act": act})

    def acknowledge(self, *, key: str, person: str, act: str, tries: int, answer: dict[str, Any]) -> None:
        """The system has said that it is done."""
        kept: dict[str, Any] = {name: answer[name] for name in ("id", "code", "revision") if name in answer}
        self._add({"what": "done", "key": key, "person": person, "act": act, "tries": tries, **kept})

    def complain(self, *, key: str, person: str, act: str, reason: str) -> None:
        """The system refused what it must not refuse."""
        self._add({"what": "refused", "key": key, "person": person, "act": act, "reason": reason})

    def close(self) -> None:
        """Nothing more will be written."""
        self._file.close()

    def _add(self, line: dict[str, Any]) -> None:
        with self._lock:
            self._file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())


@dataclass
class Known:
    """What the ledger says of one dossier."""

    sent: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)


@dataclass
class Account:
    """The whole ledger, read."""

    dossiers: dict[str, Known] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    sent: int = 0
    done: int = 0
    repeated: int = 0


def read(path: Path) -> Account:
    """Read a ledger."""
    found = Account()
    for text in path.read_text().splitlines():
        line = json.loads(text)
        known = found.dossiers.setdefault(line["person"], Known())
        if line["what"] == "intent":
            found.sent += 1
            known.sent.append(line["act"])
        elif line["what"] == "done":
            found.done += 1
            found.repeated += line["tries"] > 1
            known.done.append(line["act"])
            known.codes |= {line["code"]} if "code" in line else set()
        else:
            found.refusals.append(text)
    return found
