"""Verifying files of strangers: in a child process with limits on time and memory, so that a bomb hurts only itself.

The child has no network: what it wants to know about revocation it asks its parent for, who asks the port.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from motcua.trust.store import TrustStore
from motcua.trust.terms import Fetcher, PaperVerdict, Role

#: Seconds of the clock, and bytes of address space, one file may cost.
SECONDS = 20.0
MEMORY = 1024**3
#: Has the parameters of `engine.verify_pdf`.
Judge = Callable[..., PaperVerdict]
_PRELOAD = ["motcua.trust.verifying.engine"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the child."""

    content: bytes | Path
    trust: TrustStore
    at: datetime
    demanded: tuple[Role, ...]
    expected_sha256: str
    is_online: bool
    memory: int
    seconds: float
    judge: Judge | None = None


def verify_bounded(
    content: bytes | Path,
    *,
    trust: TrustStore,
    at: datetime,
    online: Fetcher | None = None,
    demanded: Sequence[Role] = (),
    expected_sha256: str = "",
    seconds: float = SECONDS,
    memory: int = MEMORY,
    start: str = "forkserver",
    judge: Judge | None = None,
) -> PaperVerdict:
    """Return what `verify_pdf` says, or a refusal (`too_slow`, `too_much_memory`, `crashed`) after the limits.

    `judge`: another engine than that of PDF, a function at the top of its module. `start`: how the child is made,
    "forkserver" in a program with threads, "fork" in a command that has none.
    """
    context: Any = multiprocessing.get_context(start)
    if start == "forkserver":
        context.set_forkserver_preload(_PRELOAD)
    question = Question(
        content, trust, at, tuple(demanded), expected_sha256, online is not None, memory, seconds, judge
    )
    ours, theirs = context.Pipe()
    child = context.Process(target=_answer, args=(theirs, question), daemon=True)
    child.start()
    theirs.close()
    try:
        return _wait(ours, online, at=at, until=time.monotonic() + seconds)
    finally:
        ours.close()
        child.kill()
        child.join()
        child.close()


def _wait(pipe: Connection, online: Fetcher | None, *, at: datetime, until: float) -> PaperVerdict:
    from motcua.trust.verifying.refusing import unreadable

    while pipe.poll(max(0.0, until - time.monotonic())):
        try:
            said = pipe.recv()
        except (EOFError, OSError):
            return unreadable("crashed", at=at)
        if isinstance(said, PaperVerdict):
            return said
        kind, url, request = said
        assert online is not None  # noqa: S101 the child asks only then
        pipe.send(online.ocsp(url, request) if kind == "ocsp" else online.crl(url))
    return unreadable("too_slow", at=at)


class _Asking:
    """The port to revocation as the child has it: it asks the parent."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def ocsp(self, url: str, request: bytes) -> bytes | None:
        return self._ask("ocsp", url, request)

    def crl(self, url: str) -> bytes | None:
        return self._ask("crl", url, b"")

    def _ask(self, kind: str, url: str, request: bytes) -> bytes | None:
        self._pipe.send((kind, url, request))
        answer: bytes | None = self._pipe.recv()
        return answer


def _answer(pipe: Connection, question: Question) -> None:
    from motcua.trust.verifying.engine import verify_pdf

    _limit(question)
    judge = question.judge or verify_pdf
    verdict = judge(
        question.content,
        trust=question.trust,
        at=question.at,
        online=_Asking(pipe) if question.is_online else None,
        demanded=question.demanded,
        expected_sha256=question.expected_sha256,
    )
    pipe.send(verdict)


def _limit(question: Question) -> None:
    used = _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (used + question.memory, used + question.memory))
    most = int(question.seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _address_space() -> int:
    """Return the bytes of address space of this process so far (what the limit is added to)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * resource.getpagesize()
