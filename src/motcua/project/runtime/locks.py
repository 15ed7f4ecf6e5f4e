"""Locks that the kernel drops by itself when their holder dies."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from motcua.project.runtime.errors import StartError


class FileLock:
    """A lock on a file: shared by many or held by one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def share(self) -> None:
        """Take the lock together with others; waits while one holds it alone."""
        fcntl.flock(self._open(), fcntl.LOCK_SH)

    def try_exclusive(self) -> bool:
        """Take the lock alone; False at once when anybody has it."""
        try:
            fcntl.flock(self._open(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Give the lock back; nothing happens when it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    @contextlib.contextmanager
    def held(self, *, seconds: float, what: str) -> Iterator[None]:
        """Hold the lock alone for a while; raises StartError saying `what` when it stays taken for `seconds`."""
        until = time.monotonic() + seconds
        while not self.try_exclusive():
            if time.monotonic() > until:
                self.release()
                raise StartError(f"Không tiếp tục được: {what}.", "Hãy đợi lệnh đó xong rồi chạy lại.")
            time.sleep(0.05)
        try:
            yield
        finally:
            self.release()

    def _open(self) -> int:
        if self._file is None:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._file
