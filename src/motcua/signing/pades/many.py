"""Many papers with one key, over several processes: order kept, what is done is kept, nothing is signed twice.

Papers go to a process in lots: all of a lot are prepared, the key signs their digests in one call, each is stamped and
handed back, or left in a file whose name is handed back.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from motcua.signing.pades.lots import Bench, Job, Lot, Outcome, Recipe, Results, SignedFile
from motcua.signing.pades.pool import KeyFactory, Pool, StamperFactory
from motcua.signing.terms import KeyGoneError
from motcua.trust.terms import TrustStoppedError

__all__ = [
    "Batch",
    "Job",
    "KeyFactory",
    "Means",
    "Outcome",
    "Recipe",
    "SignedFile",
    "StamperFactory",
    "sign_many",
    "sign_stream",
]
#: Papers handed to a process at once.
_LOT = 8


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


@dataclass(frozen=True, slots=True)
class Means:
    """What papers are signed with: what opens the key, the line to the authorities; where files of them are left."""

    key: KeyFactory
    stamper: StamperFactory | None = None
    folder: Path | None = None


def sign_many(
    jobs: Sequence[Recipe],
    key_factory: KeyFactory,
    *,
    processes: int = 1,
    pool: Pool | None = None,
    stamper_factory: StamperFactory | None = None,
    folder: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    on_done: Callable[[int, Outcome], None] | None = None,
) -> Batch:
    """Sign all `jobs`, here, or in the processes of `pool`, or in so many `processes` that end with the batch.

    In other processes factories and jobs must be picklable (functions, `functools.partial`, values); with `folder` the
    signed papers are left there as files and do not come back over a pipe. A paper that cannot be signed does not stop
    the others. When the key goes away or the trust services stop, the batch ends with what is done
    (`Batch.stopped_by`); give the jobs of `Batch.waiting` again. `progress(done, total)` and `on_done(index, outcome)`
    are called here, as papers come back, not in order: keep them at once if the work must outlive this process. What a
    factory raises ends the batch before anything is signed.
    """
    outcomes: list[Outcome | None] = [None] * len(jobs)

    def take(index: int, outcome: Outcome) -> None:
        outcomes[index] = outcome
        if on_done:
            on_done(index, outcome)

    def tell(done: int) -> None:
        if progress:
            progress(done, len(jobs))

    size = max(1, min(_LOT, len(jobs) // max(1, processes * 2)))
    own = Pool(processes) if pool is None and processes > 1 and len(jobs) > size else None
    try:
        wanted = Means(key_factory, stamper_factory, folder)
        sign_stream(jobs, wanted, take=take, told=tell, pool=pool or own, lot=size)
    except (KeyGoneError, TrustStoppedError) as stopped:
        return Batch(tuple(outcomes), stopped)
    finally:
        if own:
            own.close()
    return Batch(tuple(outcomes))


def sign_stream(
    jobs: Iterable[Recipe],
    means: Means,
    *,
    take: Callable[[int, Outcome], None],
    told: Callable[[int], None] | None = None,
    pool: Pool | None = None,
    lot: int = _LOT,
) -> None:
    """Sign jobs as they come: the next ones are asked for while those before are on their way.

    `take` and `told` (how many are done) are called here. Raises KeyGoneError and TrustStoppedError when they stop the
    stream, and what nobody foresaw, all after what is done was taken.
    """
    done, ended = 0, list[Exception]()

    def keep(results: Results) -> None:
        nonlocal done
        for index, outcome in results[0]:
            take(index, outcome)
        done += len(results[0])
        if told and results[0]:
            told(done)
        if results[1] is not None:
            ended.append(results[1])

    lots = _lots(jobs, lot)
    if pool is None:
        _here(lots, means, keep)
    else:
        pool.sign(lots, means.key, means.stamper, means.folder, keep)
    if ended:
        raise next((one for one in ended if not isinstance(one, KeyGoneError | TrustStoppedError)), ended[0])


def _lots(jobs: Iterable[Recipe], size: int) -> Iterator[Lot]:
    numbered = enumerate(jobs)
    while lot := list(itertools.islice(numbered, size)):
        yield lot


def _here(lots: Iterator[Lot], means: Means, keep: Callable[[Results], None]) -> None:
    key = means.key()
    try:
        bench = Bench(key, means.stamper() if means.stamper else None, means.folder)
        for lot in lots:
            results = bench.sign(lot)
            keep(results)
            if results[1] is not None:
                return
    finally:
        key.close()
