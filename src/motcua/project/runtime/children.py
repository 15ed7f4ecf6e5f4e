"""Programs that run under `up`: started, listened to, restarted, stopped."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from motcua.project.runtime.parents import end_with

LARGEST_LOG = 10 * 1024 * 1024
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
LONGEST_PAUSE_WHEN_KILLED = 5.0
STEADY_SECONDS = 10.0
QUIET_SECONDS = 60.0
MOST_REMEMBERED = 500
_LOUD = re.compile(r"\b(ERROR|CRITICAL)\b")
_TRACEBACK = re.compile(r"Traceback \(most recent|During handling of|The above exception was")
_VARYING = re.compile(r"\d+")


@dataclass(frozen=True)
class ChildSpec:
    """What to run. `once`: it ends by itself; `title` is its Vietnamese name."""

    name: str
    title: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(repr=False)
    once: bool = False
    niceness: int = 0
    pass_fds: tuple[int, ...] = ()


class Child:
    """One program, its log and how often it has failed in a row."""

    def __init__(self, spec: ChildSpec, logs_dir: Path) -> None:
        self.spec = spec
        self.log_file = logs_dir / f"{spec.name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.failures = 0
        self.finished = False
        self.start_again_at = 0.0
        self._started_at = 0.0
        self._rest = b""
        self._in_traceback = False
        self._shown: dict[str, float] = {}

    def start(self) -> IO[bytes]:
        """Start the program and return its output (standard and error together)."""
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.spec.command,
            env=self.spec.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=self.spec.pass_fds,
            preexec_fn=self._before(os.getpid()),  # noqa: PLW1509 the supervisor has one thread only
        )
        assert self.process.stdout is not None  # noqa: S101 asked for above
        os.set_blocking(self.process.stdout.fileno(), False)
        return self.process.stdout

    def _before(self, parent: int) -> Callable[[], None]:
        def before() -> None:
            end_with(parent, signal.SIGTERM)
            if self.spec.niceness:
                os.nice(self.spec.niceness)

        return before

    def take(self, output: IO[bytes]) -> tuple[bool, list[str]]:
        """Move what the program has said into its log. Returns (still open?, lines for the console)."""
        data = output.read()
        if data is None:
            return True, []
        self._write(data)
        lines = (self._rest + data).split(b"\n")
        self._rest = lines.pop()
        texts = [line.decode(errors="replace") for line in lines]
        return bool(data), [text for text in texts if self._is_loud(text) and self._is_news(text)]

    def _is_loud(self, line: str) -> bool:
        """Errors go to the console; of a traceback only the line that ends it, the rest is in the log."""
        if _TRACEBACK.match(line):
            self._in_traceback = True
            return False
        if self._in_traceback and (not line.strip() or line.startswith((" ", "\t"))):
            return False
        ends_traceback, self._in_traceback = self._in_traceback, False
        return ends_traceback or _LOUD.search(line) is not None

    def _is_news(self, line: str) -> bool:
        """The same error is shown once a minute."""
        now, bare = time.monotonic(), _VARYING.sub("", line)
        if now - self._shown.get(bare, -QUIET_SECONDS) < QUIET_SECONDS:
            return False
        if len(self._shown) > MOST_REMEMBERED:
            self._shown.clear()
        self._shown[bare] = now
        return True

    def _write(self, data: bytes) -> None:
        if self.log_file.exists() and self.log_file.stat().st_size > LARGEST_LOG:
            self.log_file.replace(self.log_file.with_suffix(".1.log"))
        with self.log_file.open("ab") as log:
            log.write(data)

    def check(self, now: float) -> int | None:
        """The exit code when the program has just ended, else None; plans the next start."""
        if self.process is None or (code := self.process.poll()) is None:
            return None
        self.end_group(signal.SIGKILL)
        self.process = None
        if self.spec.once:
            self.finished = True
        else:
            self.failures = 1 if now - self._started_at > STEADY_SECONDS else self.failures + 1
            longest = LONGEST_PAUSE_WHEN_KILLED if code == -signal.SIGKILL else LONGEST_PAUSE
            self.start_again_at = now + min(FIRST_PAUSE * 2.0 ** min(self.failures - 1, 10), longest)
        return code

    def end_group(self, number: signal.Signals) -> None:
        """Send a signal to the program and everything it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def last_lines(self, count: int = 15) -> list[str]:
        """The end of its log."""
        try:
            return self.log_file.read_text(errors="replace").splitlines()[-count:]
        except OSError:
            return []
