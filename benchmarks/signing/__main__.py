"""Signatures a second and processor time of one, beside the raw key in the same run; 200 papers signed and sealed.

python -m benchmarks.signing [--papers 200] [--rounds 3] [--only table|target|scale|far|house|profile] [--plain]
"""

import argparse
import cProfile
import os
import pstats
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.project.settings")

from benchmarks.machine import description
from benchmarks.signing import plain, scaling, scene
from motcua.signing.pades import sign_many
from motcua.signing.pades.archive import archive_with
from motcua.signing.pades.evidence import Book
from motcua.signing.pades.many import KeyFactory
from motcua.signing.terms import SigningKey
from motcua.trust.terms import Level, Role
from tests.pki import KeyName, demo_pki

_DIGEST = bytes(range(32))


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of the processor for one of them."""

    wall: float
    cpu: float


def timed(count: int, do: Callable[[], object]) -> Measured:
    """Run once; what it takes for each of `count`."""
    cpu, begun = process_time(), perf_counter()
    do()
    return Measured((perf_counter() - begun) / count, (process_time() - cpu) / count)


def best(rounds: Sequence[Measured]) -> Measured:
    """Return the median of the rounds."""
    return Measured(median(one.wall for one in rounds), median(one.cpu for one in rounds))


def table(count: int, rounds: int, *, has_token: bool) -> None:
    """Print papers a second by level, key and place of the key, in one process, beside the raw key."""
    print(f"\none process, {count} papers, median of {rounds} rounds; timestamps by an authority called in memory")
    print(f"{'key':<22}{'':<14}{'a second':>10}{'CPU ms':>9}{'of the raw key':>16}{'without stamps':>16}")
    stamps = best([timed(count, _stamps(count)) for _ in range(rounds)])
    print(f"{'':<22}{'one timestamp':<14}{1 / stamps.wall:>10.0f}{stamps.cpu * 1000:>9.2f}")
    places: list[tuple[str, Callable[[KeyName], KeyFactory]]] = [("PKCS#12", scene.in_file)]
    places += [("SoftHSM", scene.on_token)] if has_token else []
    for where, opener in places:
        for kind in scene.KINDS:
            key = opener(kind)()
            _rows(f"{where} {kind}", key, count, rounds, stamps)
            key.close()


def _stamps(count: int) -> Callable[[], object]:
    stamper = scene.in_memory()
    return lambda: [stamper.stamp(_DIGEST) for _ in range(count)]


def _rows(title: str, key: SigningKey, count: int, rounds: int, stamps: Measured) -> None:
    pdfs = scene.papers(count)
    runs: dict[str, list[Measured]] = {}
    for _ in range(rounds):
        runs.setdefault("raw key", []).append(timed(count, lambda: [key.sign([_DIGEST]) for _ in range(count)]))
        for level in (Level.B, Level.T):
            runs.setdefault(level.value, []).append(timed(count, lambda level=level: _signed(pdfs, key, level)))
        stamped = _signed(pdfs, key, Level.T)
        runs.setdefault("B-T to B-LTA", []).append(timed(count, lambda done=stamped: _archived(done)))
    raw = best(runs["raw key"])
    for name, all_of_them in runs.items():
        one = best(all_of_them)
        left = max(one.cpu - stamps.cpu, 1e-9) if name in {Level.T.value, "B-T to B-LTA"} else one.cpu
        shares = "" if name == "raw key" else f"{raw.cpu / one.cpu:>15.0%}{raw.cpu / left:>16.0%}"
        print(f"{title:<22}{name:<14}{1 / one.wall:>10.0f}{one.cpu * 1000:>9.2f}{shares:>16}", flush=True)


def _signed(pdfs: list[bytes], key: SigningKey, level: Level) -> list[bytes]:
    stamper = scene.in_memory if level is Level.T else None
    batch = sign_many(scene.jobs(pdfs, Role.SIGNER, level), lambda: _Kept(key), stamper_factory=stamper)
    assert len(batch.done) == len(pdfs)
    return list(batch.done)


@dataclass
class _Kept:
    """A key that stays open when a batch ends."""

    key: SigningKey

    def __getattr__(self, name: str) -> object:
        return getattr(self.key, name)

    def close(self) -> None:
        """Stay open."""


def _archived(pdfs: list[bytes]) -> list[bytes]:
    pki = demo_pki()
    book = Book(pki.fetcher(), pki.trust_store(), pki.clock())
    return [archive_with(pdf, scene.in_memory(), book) for pdf in pdfs]


def profile(count: int) -> None:
    """Print where the time of B-B with P-256 goes, which is what everything else adds to."""
    pdfs = scene.papers(count)
    key = scene.in_file("p256")()
    _signed(pdfs, key, Level.B)
    watch = cProfile.Profile()
    watch.runcall(_signed, pdfs, key, Level.B)
    pstats.Stats(watch).sort_stats("tottime").print_stats(25)


def main() -> int:
    """Measure and print; returns 1 when the target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=1000, help="papers of the batch that shows scaling")
    parser.add_argument("--only", choices=["table", "target", "scale", "far", "house", "profile"], default="")
    parser.add_argument("--plain", action="store_true", help="pyHanko as it comes, for comparison")
    options = parser.parse_args()
    print(f"{description()}; load average {os.getloadavg()[0]:.1f}; a paper has {len(scene.papers(1)[0]) // 1024} kB")
    if options.plain:
        plain.measure(min(options.papers, 20))
    asked = options.only
    missed = False
    with scene.token() as has_token:
        if asked in {"", "table"}:
            table(options.papers, options.rounds, has_token=has_token)
        if asked in {"", "target", "scale", "far"}:
            missed = scaling.measure(asked, papers=options.papers, long=options.long, rounds=options.rounds)
        if asked in {"", "house"}:
            from benchmarks.signing import house  # Django is set up on its own ground

            house.measure(options.papers)
        if asked == "profile":
            profile(options.papers)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
