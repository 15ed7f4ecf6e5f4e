"""Starting the child process that reads, listening to it, and ending it when it takes too long."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, Final

from motcua.scanning.engine.one_page import Task

#: No page takes longer; then the child has hung on something.
LONGEST_SILENCE: Final = 150.0
_PIECE: Final = 65536
_LONGEST_LINE: Final = 8 * 1024 * 1024


class ReaderDiedError(Exception):
    """The child process ended or hung before it was done; what it said until then is good."""


@dataclass(frozen=True, slots=True)
class StackFile:
    """A file to be read, already checked as hostile by the room `files`."""

    path: Path
    media_type: str


def read_stack(
    files: Sequence[StackFile],
    folder: Path,
    *,
    reads: bool = True,
    processes: int = 2,
    silence: float = LONGEST_SILENCE,
) -> Iterator[dict[str, Any]]:
    """Yield what the child says (see `reader.py`), page by page; pictures lie in `folder`. Raises ReaderDiedError."""
    said = [{"path": str(file.path), "media_type": file.media_type} for file in files]
    job = {"files": said, "folder": str(folder), "reads": reads, "processes": processes}
    yield from _run(job, silence)


def read_again(
    picture: Path, target: Path, *, turn: int, dpi: int, reads: bool = True, silence: float = LONGEST_SILENCE
) -> dict[str, Any]:
    """Turn one page clockwise by `turn` degrees and read it anew; return its facts. Raises ReaderDiedError."""
    task = Task(str(picture), "image/jpeg", 0, str(target), reads=reads, turn=turn)
    found = list(_run({"again": asdict(task), "dpi": dpi}, silence))
    if not found:
        raise ReaderDiedError("the page was not read")
    return found[0]


def _run(job: dict[str, Any], silence: float) -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-P", "-m", "motcua.scanning.engine.reader"]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
    if child.stdin is None or child.stdout is None:
        raise ReaderDiedError("no pipes")
    try:
        child.stdin.write(json.dumps(job).encode())
        child.stdin.close()
        for line in _lines(child.stdout, silence):
            yield json.loads(line)
        if child.wait(timeout=10) != 0:
            raise ReaderDiedError(f"the reader ended with {child.returncode}")
    finally:
        _end(child)


def _lines(pipe: IO[bytes], silence: float) -> Iterator[bytes]:
    """Yield whole lines; raises ReaderDiedError when nothing is said for `silence` seconds."""
    waiting = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            began = time.monotonic()
            if not selector.select(timeout=silence) and time.monotonic() - began >= silence:
                raise ReaderDiedError(f"the reader said nothing for {silence:.0f} s")
            piece = os.read(pipe.fileno(), _PIECE)
            if not piece:
                break
            *lines, waiting = (waiting + piece).split(b"\n")
            if len(waiting) > _LONGEST_LINE:
                raise ReaderDiedError("a line without end")
            yield from lines
    if waiting:
        raise ReaderDiedError("the reader was cut off")


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the child and all it started: its session is its own."""
    if child.stdout is not None:
        child.stdout.close()
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait(timeout=10)
