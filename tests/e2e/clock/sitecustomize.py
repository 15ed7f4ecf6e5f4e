"""Read by every Python program of an installation under test: how far the clock of its machine is set ahead.

The file that `CLOCK_AHEAD_FILE` names holds the seconds; a new number there turns the clock of every program that
runs; each says in a file of its own which number it follows. The installation knows nothing of it, as it would not
know that somebody turned the clock of a computer. The database keeps the real time; nothing that a story asks of it
depends on its clock.
"""

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import time_machine

LOOKS_EVERY = 0.1


class Clock:
    """The clock of this program."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.ahead = self._read()
        self.travelled = time_machine.travel(time.time() + self.ahead, tick=True).start()
        os.register_at_fork(after_in_child=self.follow)
        self.follow()

    def follow(self) -> None:
        """Turn the clock whenever the file says so; threads do not outlive a fork, so again in every child."""
        self._say()
        threading.Thread(target=self._follow, name="clock", daemon=True).start()

    def _say(self) -> None:
        """Tell the test which number this program follows."""
        with suppress(OSError):  # a program that may write no file
            self.file.with_name(f"{self.file.name}.{os.getpid()}").write_text(str(self.ahead), encoding="utf-8")

    def _follow(self) -> None:
        while True:
            time.sleep(LOOKS_EVERY)
            if (wanted := self._read()) != self.ahead:
                self.travelled.shift(wanted - self.ahead)
                self.ahead = wanted
                self._say()

    def _read(self) -> float:
        return float(self.file.read_text(encoding="utf-8"))


if name := os.environ.get("CLOCK_AHEAD_FILE", ""):
    Clock(Path(name))
