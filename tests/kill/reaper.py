"""The reaper: kills a program of the running system with kill -9, and sees how long it takes to come back."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from motcua.project.runtime.leftovers import leftovers
from tests.runtime.machine import Up, postgres_pid

#: How often each is meant.
WEIGHTS = {
    "web worker": 26,
    "web master": 13,
    "worker": 20,
    "postmaster": 12,
    "backend": 14,
    "supervisor": 8,
    "backup": 7,
}
CHAIN_SHARE = 0.3
BACK_SECONDS = 120.0


@dataclass
class Reaper:
    """Kills in the installation of `data_dir`; starts `motcua up` again itself only when the supervisor was killed."""

    data_dir: Path
    port: int
    random: Random
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    up: Up | None = None

    def start(self) -> Up:
        """Start `motcua up` and wait until it is open, on its own port."""
        self.up = Up(self.data_dir, "--port", str(self.port))
        self.up.wait_until_open()
        assert self.up.port == self.port, f"the port was not free: {self.up.output}"
        return self.up

    def kill_some(self, count: int, *, pause: float) -> None:
        """Kill so many times, at random moments; sometimes the next before the former is back."""
        done = 0
        while done < count:
            time.sleep(self.random.random() * pause)
            kind = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
            if not self._kill(kind):
                continue
            done += 1
            self._note(kind)
            if kind == "supervisor" or self.random.random() > CHAIN_SHARE:
                self._wait_until_back(kind)
        self._wait_until_back("the last")

    def _note(self, kind: str) -> None:
        self.counts[kind] += 1
        with self.data_dir.with_name("kills.log").open("a") as log:
            log.write(f"{time.time():.3f} {kind}\n")

    def _kill(self, kind: str) -> bool:
        assert self.up is not None
        assert self.up.process.poll() is None, f"the supervisor gave up:\n{self.up.output}"
        candidates = self._pids(kind)
        if not candidates:
            return False
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.random.choice(candidates), signal.SIGKILL)
            return True
        return False

    def _wait_until_back(self, kind: str) -> None:
        assert self.up is not None
        began = time.monotonic()
        if kind == "supervisor":
            self.up.process.wait()
            self.start()
        while self.up.status() != 200:
            assert self.up.process.poll() is None, f"the supervisor gave up:\n{self.up.output}"
            assert time.monotonic() - began < BACK_SECONDS, f"not back after {kind}:\n{self.up.output[-3000:]}"
            time.sleep(0.05)
        self.seconds[kind].append(time.monotonic() - began)

    def _pids(self, kind: str) -> list[int]:
        assert self.up is not None
        if kind == "supervisor":
            return [self.up.process.pid]
        if kind in {"postmaster", "backend"}:
            return self._of_database(kind)
        ours = [pid for pid in leftovers(self.data_dir) if b"gunicorn" in _command(pid)]
        if kind == "worker":
            return [pid for pid in leftovers(self.data_dir) if _command(pid).rstrip(b"\0").endswith(b"worker")]
        if kind == "backup":
            return [pid for pid in leftovers(self.data_dir) if _is_backup(_command(pid))]
        return [pid for pid in ours if _leads(pid) == (kind == "web master")]

    def _of_database(self, kind: str) -> list[int]:
        try:
            postmaster = postgres_pid(self.data_dir)
        except (OSError, ValueError, IndexError):
            return []
        if kind == "postmaster":
            return [postmaster]
        others = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        children = [int(entry.name) for entry in others if _parent(entry) == postmaster]
        return [pid for pid in children if b"[local]" in _command(pid)]


def _is_backup(command: bytes) -> bool:
    return b"pg_receivewal" in command or b"\0follow\0" in command


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _parent(entry: Path) -> int:
    try:
        return int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _leads(pid: int) -> bool:
    """Tell whether the process leads its session: the first of its program."""
    with contextlib.suppress(ProcessLookupError):
        return os.getsid(pid) == pid
    return False
