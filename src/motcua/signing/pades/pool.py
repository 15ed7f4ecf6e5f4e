"""Processes that sign: forked from a clean one that has everything loaded, fed over a pipe, a key open for one batch.

A fork of the caller would share its sessions of keys and connections of the database; a new interpreter takes longer to
start than to sign. Each process opens key and line to the authorities itself: no session of a token crosses a fork.
"""

import contextlib
import itertools
import multiprocessing
import pickle
import queue
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection, forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from motcua.signing.pades.lots import Bench, Lot, Results, SignedFile
from motcua.signing.terms import KeyGoneError, SigningKey, Stamper

KeyFactory = Callable[[], SigningKey]
StamperFactory = Callable[[], Stamper]
#: Lots that wait at each process so that it never stands idle.
_AHEAD = 2
_CLEAN = "motcua.signing.pades.warming"
_SECONDS_TO_END = 5.0


def warm(*modules: str) -> None:
    """Begin to load what processes that sign are forked from, without waiting for it; `modules`: more to load.

    Once in the life of a process, about a second of the other's processor time; later calls do nothing.
    """
    multiprocessing.get_context("forkserver").set_forkserver_preload([_CLEAN, *modules])
    forkserver.ensure_running()


@dataclass(slots=True)
class _Hand:
    """A process, the line to it, and the lots it has not answered."""

    process: BaseProcess
    line: "connection.Connection[bytes, bytes]"
    waiting: deque[Lot] = field(default_factory=deque)


class Pool:
    """Some processes for one batch after another; `with Pool(2) as pool: pool.sign(...)`."""

    def __init__(self, processes: int, *, modules: Sequence[str] = ()) -> None:
        """Start them; `modules`: see `warm`."""
        warm(*modules)
        self._hands = [_begun() for _ in range(processes)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes."""
        return tuple(one.process.pid or 0 for one in self._hands)

    def close(self) -> None:
        """End the processes; what they have open ends with them."""
        for hand in self._hands:
            hand.line.close()
        for hand in self._hands:
            hand.process.join(_SECONDS_TO_END)
            if hand.process.is_alive():
                hand.process.terminate()
        self._hands = []

    def sign(
        self,
        lots: Iterator[Lot],
        key_factory: KeyFactory,
        stamper_factory: StamperFactory | None,
        folder: Path | None,
        take: Callable[[Results], None],
    ) -> None:
        """Work off lots; `take` is given what comes back, here.

        Where something ends a lot before its end, or a process ends, lots on their way are finished and taken, the
        others are not begun. What a factory raises ends the first lot. All keys are closed when this returns.
        """
        packed = pickle.dumps((key_factory, stamper_factory, folder))
        self._hands = [hand if hand.process.is_alive() else _begun() for hand in self._hands]
        try:
            for hand in self._hands:
                _tell(hand, packed)
            self._work_off(lots, take)
        finally:
            for hand in self._hands:
                _let_go(hand)

    def _work_off(self, lots: Iterator[Lot], take: Callable[[Results], None]) -> None:
        for hand in self._hands * _AHEAD:
            _feed(hand, lots)
        while any(hand.waiting for hand in self._hands):
            for line in connection.wait([hand.line for hand in self._hands if hand.waiting]):
                hand = next(one for one in self._hands if one.line is line)
                results = _answer(hand)
                if results[1] is not None:
                    lots = iter(())
                _feed(hand, lots)
                take(results)


def _begun() -> _Hand:
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return _Hand(process, ours)


def _let_go(hand: _Hand) -> None:
    """End a batch at a process: its key is closed; what nobody took, because taking failed, is thrown away."""
    while hand.waiting:
        for _, outcome in _answer(hand)[0]:
            if isinstance(outcome.signed, SignedFile):
                outcome.signed.path.unlink(missing_ok=True)
    _tell(hand, pickle.dumps(None))


def _feed(hand: _Hand, lots: Iterator[Lot]) -> None:
    for lot in itertools.islice(lots, 1):
        hand.waiting.append(lot)
        _tell(hand, pickle.dumps(lot))


def _tell(hand: _Hand, said: bytes) -> None:
    with contextlib.suppress(OSError):  # it ended: its line says so when it is asked
        hand.line.send_bytes(said)


def _answer(hand: _Hand) -> Results:
    """Return what a process gave back; one that was killed takes its key with it, and its lots wait."""
    try:
        found = pickle.loads(hand.line.recv_bytes())  # noqa: S301 (from our own child)
    except (EOFError, OSError):
        hand.waiting.clear()
        return [], KeyGoneError("a signing process ended")
    hand.waiting.popleft()
    results: Results = found
    return results


def _serve(line: "connection.Connection[bytes, bytes]") -> None:
    """Begin a process: a thread takes what comes, so that whoever gives never waits; ends when the line ends."""
    heard: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(line, heard), daemon=True).start()
    while (packed := heard.get()) is not None:
        _serve_batch(line, packed, heard)


def _listen(line: "connection.Connection[bytes, bytes]", heard: "queue.SimpleQueue[bytes | None]") -> None:
    with contextlib.suppress(EOFError, OSError):
        while True:
            heard.put(line.recv_bytes())
    heard.put(None)


def _serve_batch(
    line: "connection.Connection[bytes, bytes]", packed: bytes, heard: "queue.SimpleQueue[bytes | None]"
) -> None:
    """Sign the lots of one batch; the key is open as long as it lasts."""
    bench, error = _opened(packed)
    try:
        while (said := heard.get()) is not None:
            lot: Lot | None = pickle.loads(said)  # noqa: S301 (from our own parent)
            if lot is None:
                return
            results: Results = ([], error) if bench is None or error else bench.sign(lot)
            error = results[1]
            with contextlib.suppress(OSError):
                line.send_bytes(_packed(results))
    finally:
        if bench:
            bench.key.close()


def _opened(packed: bytes) -> tuple[Bench | None, Exception | None]:
    """Return what signs, or why there is nothing: told in answer to the first lot."""
    try:
        key_factory, stamper_factory, folder = pickle.loads(packed)  # noqa: S301 (from our own parent)
        stamper = stamper_factory() if stamper_factory else None
        return Bench(key_factory(), stamper, folder), None
    except Exception as error:
        return None, error


def _packed(results: Results) -> bytes:
    try:
        return pickle.dumps(results)
    except Exception:
        return pickle.dumps((results[0], RuntimeError(repr(results[1]))))
