"""`python -m benchmarks.day [--ward N] [--province N]`: a ward's day and a province's peak hour at full speed.

A busy ward has 400 dossiers and 28 officers a day; a province of 54 wards 9,000 dossiers, 15 % of them in its peak
hour. Both are played by the same load against web server, worker and database as shipped; each dossier has eight acts
and the reads that go with them. The floor, taken in the same run: the same requests for a page that does nothing.
"""

import argparse
import contextlib
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks import machine
from benchmarks.day.load import ACTS, READS, Measured, Task, percentile, run
from benchmarks.ground import Ground, Web, ground, web

WARD_DAY, PROVINCE_DAY, PEAK_SHARE = 400, 9_000, 0.15
PROVINCE_WARDS = 54
CONNECTIONS = 8
HOUR = 3600.0
WANTED_TIMES = 20
_WARM_UP = 16
_FLOOR_REQUESTS = 300


@dataclass(frozen=True)
class Day:
    """What one load cost: seconds of processor of web server, worker and database."""

    name: str
    found: Measured
    web: float
    worker: float
    database: float

    @property
    def acts(self) -> int:
        """Acts done."""
        return self.found.count(ACTS)

    @property
    def per_act(self) -> float:
        """Milliseconds of processor an act costs, everything that is read around it included."""
        return (self.web + self.worker + self.database) * 1000 / self.acts

    def times(self, acts_in_hour: float, cores: int) -> float:
        """How many such hours fit into one, the load's own processor time not counted."""
        return cores * HOUR * 1000 / (acts_in_hour * self.per_act)


def main(arguments: Sequence[str] | None = None) -> int:
    """Play and print. Returns 1 when a request failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.day", description=__doc__)
    parser.add_argument("--ward", type=int, default=WARD_DAY, help="dossiers of the ward's day")
    parser.add_argument("--province", type=int, default=int(PROVINCE_DAY * PEAK_SHARE), help="of the peak hour")
    parser.add_argument("--wards", type=int, default=PROVINCE_WARDS)
    options = parser.parse_args(arguments)
    print(machine.description())
    days = play(options.ward, options.province, options.wards)
    print("\n\n".join(map(report, days)))
    cores = os.cpu_count() or 1
    peak = PROVINCE_DAY * PEAK_SHARE * len(ACTS)
    times = days[-1].times(peak, cores)
    print(f"\nthe province's peak hour ({peak:.0f} acts) fits {times:.1f} times into an hour of {cores} cores")
    by_clock = HOUR * days[-1].acts / days[-1].found.seconds / peak
    print(f"(wanted: {WANTED_TIMES}; by the clock, with the load on the same cores: {by_clock:.1f})")
    return 1 if any(day.found.failed for day in days) else 0


def play(ward: int, province: int, wards: int) -> list[Day]:
    """Play the ward's day, then the province's peak hour."""
    with ground(durable=True) as here:
        from benchmarks.day.staff import BUSY, SMALL, staff
        from benchmarks.province import build

        now = datetime.now(UTC)
        built = build(wards, at=now)
        busy, others = staff(built[:1], BUSY, at=now), staff(built[1:], SMALL, at=now)
        with web(here) as site, worker(here) as background:
            run(Task(site.host, site.port, busy + others, _WARM_UP, CONNECTIONS, first_number=10_000_000))
            print(f"floor: a request that asks the database one thing costs {floor(here, site):.2f} ms of processor")
            return [
                measured("a ward's day", here, site, background, busy, ward, 0),
                measured("a province's peak hour", here, site, background, busy + others, province, 1_000_000),
            ]


def measured(
    name: str, here: Ground, site: Web, background: int, offices: list[dict[str, object]], dossiers: int, first: int
) -> Day:
    """Play so many dossiers and see what they cost; what the worker has still to deliver then is waited for."""
    pids = (site.pid, background, here.postgres.pid or 0)
    before = [machine.cpu_seconds(pid) for pid in pids]
    found = run(Task(site.host, site.port, offices, dossiers, CONNECTIONS, first_number=first))
    _wait_for_worker()
    used = [machine.cpu_seconds(pid) - early for pid, early in zip(pids, before, strict=True)]
    return Day(name, found, *used)


def floor(here: Ground, site: Web) -> float:
    """Milliseconds of processor of web server and database for a request that does next to nothing."""
    pids = (site.pid, here.postgres.pid or 0)
    before = sum(map(machine.cpu_seconds, pids))
    connection = http.client.HTTPConnection(site.host, site.port, timeout=60)
    for _ in range(_FLOOR_REQUESTS):
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        connection.getresponse().read()
    connection.close()
    return (sum(map(machine.cpu_seconds, pids)) - before) * 1000 / _FLOOR_REQUESTS


def _wait_for_worker() -> None:
    from motcua.journal.models import OutboxEvent

    while OutboxEvent.objects.filter(delivered_at__isnull=True).exists():
        time.sleep(0.5)


@contextlib.contextmanager
def worker(here: Ground) -> Iterator[int]:
    """Run the worker as shipped."""
    command = [sys.executable, "-m", "motcua", "worker", "--data", str(here.installation.data_dir)]
    with (here.installation.logs_dir / "worker.log").open("ab") as log:
        environment = here.installation.environment(here.postgres.url())
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def report(day: Day) -> str:
    """The day as a table."""
    found = day.found
    lines = [
        f"{day.name}: {day.acts} acts, {found.count(READS)} reads in {found.seconds:.0f} s, {found.failed} failed",
        f"{day.acts / found.seconds:.1f} acts a second; processor an act with its reads {day.per_act:.1f} ms",
        f"web {_each(day.web, day)} ms, worker {_each(day.worker, day)} ms, database {_each(day.database, day)} ms",
        f"{'':<14}{'count':>7}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}",
    ]
    for kind in dict.fromkeys((*ACTS, *READS)):
        values = found.latencies.get(kind, [])
        figures = "".join(f"{percentile(values, share):>9.0f}" for share in (0.5, 0.95, 0.99))
        lines.append(f"{kind:<14}{len(values):>7}{figures}")
    return "\n".join([*lines, *found.failures[:5]])


def _each(seconds: float, day: Day) -> str:
    return f"{seconds * 1000 / day.acts:.1f}"


if __name__ == "__main__":
    raise SystemExit(main())
