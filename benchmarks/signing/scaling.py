"""Papers signed and sealed by one process and by two: by the clock, and where the processor's time goes.

With one process everything is done in it; with two, both are others, and this one only gives and takes. Papers are read
from files and left in files in both. The authority of time has a process of its own on the same two cores: what it uses
is counted apart. One that is far away uses none here, but is waited for.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from benchmarks.machine import cpu_seconds
from benchmarks.signing import scene
from benchmarks.signing.authority import Authority, authority
from motcua.signing.pades import sign_many
from motcua.signing.pades.many import SignedFile, StamperFactory
from motcua.signing.pades.pool import Pool
from motcua.trust.terms import Level, Role
from tests.pki import KeyName

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET_SECONDS = 30.0
_FAR_SECONDS = 0.03
#: What the processes need besides the engine, loaded in the clean one they are forked from.
_MODULES = ("benchmarks.signing.authority", "benchmarks.signing.scene")


@dataclass(frozen=True)
class Took:
    """Seconds of a batch: by the clock, of this process, of the others that sign, of the authority."""

    wall: float
    here: float
    others: float
    authority: float

    def __add__(self, more: "Took") -> "Took":
        return Took(
            self.wall + more.wall,
            self.here + more.here,
            self.others + more.others,
            self.authority + more.authority,
        )

    @property
    def ours(self) -> float:
        """All but the authority's."""
        return self.here + self.others


def measured(do: Callable[[], None], there: Authority | None) -> Took:
    """Run once."""
    served = there.cpu() if there else 0.0
    cpu, here, begun = cpu_seconds(os.getpid()), process_time(), perf_counter()
    do()
    wall, here, cpu = perf_counter() - begun, process_time() - here, cpu_seconds(os.getpid()) - cpu
    served = there.cpu() - served if there else 0.0
    return Took(wall, here, max(cpu - here - served, 0.0), served)


def draw(done: int, total: int) -> None:
    """Show how far a batch is."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr)


@contextmanager
def folder_of(count: int) -> "Iterator[tuple[Path, list[Path]]]":
    """Give a folder on the disk and so many papers in it."""
    with tempfile.TemporaryDirectory(prefix="motcua-signing-") as name:
        folder, papers = Path(name), scene.papers(min(count, 200))
        paths = [folder / f"{number}.pdf" for number in range(count)]
        for number, path in enumerate(paths):
            path.write_bytes(papers[number % len(papers)])
        yield folder, paths


@dataclass(frozen=True)
class Run:
    """How papers are signed and sealed: the two keys, the level, the authority."""

    signer: KeyName
    seal: KeyName
    level: Level
    stamper: StamperFactory | None
    there: Authority | None

    def took(self, folder: Path, paths: Sequence[Path], pool: Pool | None) -> Took:
        """Sign all, then seal all that were signed."""
        signed: list[Path] = [*paths]
        first = measured(lambda: self._all(folder, paths, Role.SIGNER, pool, signed), self.there)
        sealed: list[Path] = [*paths]
        second = measured(lambda: self._all(folder, signed, Role.SEAL, pool, sealed), self.there)
        for path in {*signed, *sealed} - {*paths}:
            path.unlink()
        return first + second

    def _all(self, folder: Path, paths: Sequence[Path], role: Role, pool: Pool | None, into: list[Path]) -> None:
        key = scene.in_file(self.seal if role is Role.SEAL else self.signer)
        jobs = scene.recipes(paths, role, self.level)
        done = sign_many(jobs, key, pool=pool, stamper_factory=self.stamper, folder=folder, progress=draw)
        for place, outcome in enumerate(done.outcomes):
            assert outcome is not None, done.stopped_by
            assert isinstance(outcome.signed, SignedFile), outcome.problems
            assert outcome.signed.level is self.level
            into[place] = outcome.signed.path


def measure(asked: str, *, papers: int, long: int, rounds: int) -> bool:
    """Print the target, the scaling, and the same with an authority far away; returns whether the target was missed."""
    missed = False
    begun, cpu = perf_counter(), cpu_seconds(os.getpid())
    with Pool(2, modules=_MODULES) as pool:
        start, cpu = perf_counter() - begun, cpu_seconds(os.getpid()) - cpu
        print(f"\nto start two processes the first time: {start:.2f} s, {cpu:.2f} s of processor; ", end="")
        begun = perf_counter()
        with Pool(2):
            print(f"later {perf_counter() - begun:.2f} s")
        if asked in {"", "target", "scale"}:
            with authority() as there:
                if asked in {"", "target"}:
                    missed = not _target(papers, pool, there, start)
                if asked in {"", "scale"}:
                    _scale(long, rounds, pool, there)
        if asked in {"", "far"}:
            with authority(_FAR_SECONDS) as there:
                _far(papers, pool, there)
    return missed


def _target(count: int, pool: Pool, there: Authority, start: float) -> bool:
    print(f"\n{count} papers signed (RSA-3072) and sealed (RSA-2048), {2 * count} timestamps by P-256 over HTTP")
    run = Run("rsa3072", "rsa2048", Level.T, there.stamper, there)
    walls: list[float] = []
    with folder_of(count) as (folder, paths):
        run.took(folder, paths[:16], None)
        for name, hands, more in (("1 process", None, 0.0), ("2 processes", pool, start)):
            took = run.took(folder, paths, hands)
            walls.append(took.wall + more)
            with_start = f", {walls[-1]:.2f} s with their start" if more else ""
            print(f"{name:<12}{took.wall:6.2f} s{with_start}; {_parts(took, 2 * count)}")
    good = max(walls) < _TARGET_SECONDS
    print(f"under {_TARGET_SECONDS:.0f} s: {'yes' if good else 'NO'}")
    return good


def _scale(count: int, rounds: int, pool: Pool, there: Authority) -> None:
    print(f"\none process and two, {count} papers signed and sealed, median of {rounds} rounds; start not counted")
    rows = [
        Run("p256", "p256", Level.B, None, None),
        Run("rsa2048", "rsa2048", Level.B, None, None),
        Run("rsa3072", "rsa2048", Level.B, None, None),
        Run("p256", "p256", Level.T, there.stamper, there),
        Run("rsa3072", "rsa2048", Level.T, there.stamper, there),
    ]
    with folder_of(count) as (folder, paths):
        for run in rows:
            _row(run, folder, paths, rounds, pool)


def _far(count: int, pool: Pool, there: Authority) -> None:
    print(f"\nthe same {count} papers, the authority {_FAR_SECONDS * 1000:.0f} ms away; one round")
    with folder_of(count) as (folder, paths):
        _row(Run("rsa3072", "rsa2048", Level.T, there.stamper, there), folder, paths, 1, pool)


def _row(run: Run, folder: Path, paths: Sequence[Path], rounds: int, pool: Pool) -> None:
    """Print both, one after the other in each round, so that whatever else the machine does meets both."""
    run.took(folder, paths[:32], pool)
    alone, both = [], []
    for _ in range(rounds):
        alone.append(run.took(folder, paths, None))
        both.append(run.took(folder, paths, pool))
    one, two = _middle(alone), _middle(both)
    count = 2 * len(paths)
    title = f"{run.signer}, {run.seal}, {run.level.value}"
    print(f"{title:<24}{count / one.wall:6.0f}/s, {count / two.wall:6.0f}/s: x {one.wall / two.wall:.2f} by the clock")
    print(f"{'':<24}one: {_parts(one, count)}")
    print(f"{'':<24}two: {_parts(two, count)}")
    shared = 2 * (one.ours + one.authority) / (two.ours + two.authority)
    own = 2 * one.ours / two.ours
    print(
        f"{'':<24}the processor allows x {shared:.2f} with the authority on the same cores, x {own:.2f} without",
        flush=True,
    )


def _middle(found: Sequence[Took]) -> Took:
    return Took(
        median(one.wall for one in found),
        median(one.here for one in found),
        median(one.others for one in found),
        median(one.authority for one in found),
    )


def _parts(took: Took, count: int) -> str:
    """Milliseconds of processor a signature, by process."""
    each = 1000 / count
    parts = f"here {took.here * each:.2f}, others {took.others * each:.2f}, authority {took.authority * each:.2f}"
    return f"ms of processor a signature: {parts}"
