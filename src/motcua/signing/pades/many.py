"""Many papers with one key, over several processes: order kept, what is done is kept, nothing is signed twice.

Every process opens the key and the line to the time-stamping authority once. Papers go to it in lots: all of a lot
are prepared, the key signs their digests in one call, each is stamped and handed back.
"""

import itertools
import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

import django
from django.core.exceptions import AppRegistryNotReady

from motcua.kernel.errors import MotCuaError, Problem
from motcua.signing.pades.prepared import Prepared
from motcua.signing.pades.sign import Signed, finish_paper, prepare
from motcua.signing.terms import KeyGoneError, SignaturePlan, SigningKey, Stamper
from motcua.trust.terms import TrustStoppedError

KeyFactory = Callable[[], SigningKey]
StamperFactory = Callable[[], Stamper]
#: Papers handed to a process at once, and lots that wait for each process so that it never stands idle.
_LOT, _LOTS_AHEAD = 8, 2


@dataclass(frozen=True, slots=True)
class Job:
    """A paper, the signature it is to get, and the empty fields to be made for those that come later."""

    pdf: bytes
    plan: SignaturePlan
    reserve: tuple[SignaturePlan, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one paper: it is signed, or there are problems and it is as it was."""

    signed: Signed | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of all, in the order of the jobs; None for those that wait because the batch was stopped."""

    outcomes: tuple[Outcome | None, ...]
    stopped_by: KeyGoneError | TrustStoppedError | None = None

    @property
    def done(self) -> tuple[bytes, ...]:
        """The signed papers, in order."""
        return tuple(one.signed.content for one in self.outcomes if one and one.signed)

    @property
    def waiting(self) -> tuple[int, ...]:
        """Which jobs were not touched: to be given again, they only."""
        return tuple(index for index, one in enumerate(self.outcomes) if one is None)


_Lot = list[tuple[int, Job]]
_Stop = KeyGoneError | TrustStoppedError | None
_Results = tuple[list[tuple[int, Outcome]], _Stop]


def sign_many(
    jobs: Sequence[Job],
    key_factory: KeyFactory,
    *,
    processes: int = 1,
    stamper_factory: StamperFactory | None = None,
    progress: Callable[[int, int], None] | None = None,
    on_done: Callable[[int, Outcome], None] | None = None,
) -> Batch:
    """Sign all `jobs`; with more than one process both factories must be picklable (functions, `functools.partial`).

    A paper that cannot be signed does not stop the others. When the key goes away or the trust services stop, the batch
    ends with what is done (`Batch.stopped_by`); give the jobs of `Batch.waiting` again. `progress(done, total)` and
    `on_done(index, outcome)` are called here, as papers come back, not in order: keep them at once if the work must
    outlive this process. What a factory raises ends the batch before anything is signed.
    """
    kept = _Kept(len(jobs), progress, on_done)
    lots = _lots(jobs, processes)
    if processes <= 1 or len(lots) <= 1:
        stopped = _here(lots, key_factory, stamper_factory, kept)
    else:
        stopped = _elsewhere(lots, key_factory, stamper_factory, kept, processes)
    return Batch(tuple(kept.outcomes), stopped)


def _lots(jobs: Sequence[Job], processes: int) -> list[_Lot]:
    size = max(1, min(_LOT, len(jobs) // max(1, processes * 2)))
    numbered = list(enumerate(jobs))
    return [numbered[at : at + size] for at in range(0, len(jobs), size)]


class _Kept:
    """Outcomes by their place, told of as they come."""

    def __init__(
        self, total: int, progress: Callable[[int, int], None] | None, on_done: Callable[[int, Outcome], None] | None
    ) -> None:
        self.outcomes: list[Outcome | None] = [None] * total
        self._done = 0
        self._progress, self._on_done = progress, on_done

    def take(self, results: list[tuple[int, Outcome]]) -> None:
        for index, outcome in results:
            self.outcomes[index] = outcome
            self._done += 1
            if self._on_done:
                self._on_done(index, outcome)
        if self._progress and results:
            self._progress(self._done, len(self.outcomes))


def _here(lots: list[_Lot], key_factory: KeyFactory, stamper_factory: StamperFactory | None, kept: _Kept) -> _Stop:
    key = key_factory()
    try:
        stamper = stamper_factory() if stamper_factory else None
        for lot in lots:
            results, stopped = sign_lot(lot, key, stamper)
            kept.take(results)
            if stopped:
                return stopped
        return None
    finally:
        key.close()


def _elsewhere(
    lots: list[_Lot],
    key_factory: KeyFactory,
    stamper_factory: StamperFactory | None,
    kept: _Kept,
    processes: int,
) -> _Stop:
    """Sign in processes forked from a clean one that has only imported this: a fork of ours would share sessions of
    keys and connections of the database, a new interpreter would take longer to start than to sign."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    workers = min(processes, len(lots))
    packed = pickle.dumps((key_factory, stamper_factory))
    with ProcessPoolExecutor(workers, context, initializer=_open, initargs=(packed,)) as pool:
        return _work_off(pool, iter(lots), kept, workers * _LOTS_AHEAD)


def _work_off(pool: ProcessPoolExecutor, lots: Iterator[_Lot], kept: _Kept, ahead: int) -> _Stop:
    running: set[Future[_Results]] = {pool.submit(_sign_in_worker, lot) for lot in itertools.islice(lots, ahead)}
    stopped: _Stop = None
    while running:
        ready, running = wait(running, return_when=FIRST_COMPLETED)
        for one in ready:
            if one.cancelled():
                continue
            results, stop = _results(one)
            kept.take(results)
            stopped = stopped or stop
        if stopped:
            running = {one for one in running if not one.cancel()}
        else:
            running |= {pool.submit(_sign_in_worker, lot) for lot in itertools.islice(lots, len(ready))}
    return stopped


def _results(ready: "Future[_Results]") -> _Results:
    """Return what a process gave back; one that was killed takes its key with it, and its lot waits."""
    try:
        return ready.result()
    except BrokenProcessPool:
        return [], KeyGoneError("a signing process ended")


def sign_lot(lot: _Lot, key: SigningKey, stamper: Stamper | None) -> _Results:
    """Sign some papers with one call to the key; returns what is done and why it stopped, if it did."""
    results, ready = list[tuple[int, Outcome]](), list[tuple[int, Prepared]]()
    for index, job in lot:
        try:
            ready.append((index, prepare(job.pdf, job.plan, key.certificate, key.chain, reserve=job.reserve)))
        except MotCuaError as error:
            results.append((index, Outcome(None, error.problems)))
    stopped: _Stop = None
    try:
        raw: Sequence[bytes] = key.sign([prepared.digest for _, prepared in ready]) if ready else []
    except KeyGoneError as gone:
        raw, stopped = gone.done, KeyGoneError(str(gone))
    for (index, prepared), signature in zip(ready, raw, strict=False):
        try:
            results.append((index, Outcome(finish_paper(prepared, signature, stamper=stamper))))
        except MotCuaError as error:
            results.append((index, Outcome(None, error.problems)))
        except TrustStoppedError as error:
            return results, error
    return results, stopped


@dataclass(slots=True)
class _Worker:
    """What a process has open, or why it has not."""

    key: SigningKey | None = None
    stamper: Stamper | None = None
    error: Exception | None = None


_worker = _Worker()


def _open(packed: bytes) -> None:
    """Begin a process: what it needs is opened once. It ends with the pool, and the key with it."""
    try:
        key_factory, stamper_factory = _factories(packed)
        _worker.key = key_factory()
        _worker.stamper = stamper_factory() if stamper_factory else None
    except Exception as error:  # told by the first lot: a pool would only say that it broke
        _worker.error = error


def _factories(packed: bytes) -> tuple[KeyFactory, StamperFactory | None]:
    """Return the factories; where they come from modules with models, Django is set up first, which takes a second."""
    try:
        return pickle.loads(packed)  # type: ignore[no-any-return]  # noqa: S301 (from our own parent)
    except AppRegistryNotReady:
        django.setup()
        return pickle.loads(packed)  # type: ignore[no-any-return]  # noqa: S301 (from our own parent)


def _sign_in_worker(lot: _Lot) -> _Results:
    if _worker.key is None or _worker.error:
        raise _worker.error or KeyGoneError("no key")
    return sign_lot(lot, _worker.key, _worker.stamper)
