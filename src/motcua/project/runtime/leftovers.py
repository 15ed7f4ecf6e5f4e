"""What a killed `up` leaves behind: its programs, for the moment they need to notice. They hold the port meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

MARK = "MOTCUA_UP"
LONGEST = 20.0


def mark_of(data_dir: Path) -> dict[str, str]:
    """The variable by which every program that `up` starts is known again."""
    return {MARK: str(data_dir)}


def leftovers(data_dir: Path) -> list[int]:
    """Every program that an `up` on this folder started and that still runs. Only ours can be read: others are not."""
    mark = os.fsencode(f"{MARK}={data_dir}")
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


def end_leftovers(data_dir: Path) -> int:
    """End them at once and wait until they are gone; return how many there were.

    For the one who holds the place of the running `up`: nobody else's programs can be meant.
    """
    there = leftovers(data_dir)
    until = time.monotonic() + LONGEST
    left = there
    while left and time.monotonic() < until:
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)
        left = leftovers(data_dir)
    return len(there)
