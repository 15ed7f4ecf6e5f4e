"""`python -m tests.kill [--kills N] [--seed N]` (`make kill-test`): kill -9 anything, any time, and prove.

Starts `motcua up` on a fresh folder, lets clients work, kills its programs at random, and at the end holds the
database against what the clients wrote down outside. Returns 0 when nothing is wrong.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from motcua.project.runtime.console import say
from tests.kill.ledger import Ledger
from tests.kill.reaper import Reaper
from tests.kill.storm import Client, Site
from tests.runtime.machine import environment, processes_of, wait_for

PORT = 18700
CALM_SECONDS = 2.0


@dataclass(frozen=True)
class Plan:
    """How hard: kills, clients, the longest pause of a killer and of a client between two acts, in seconds."""

    kills: int
    clients: int
    pause: float
    client_pause: float
    wards: int
    seed: int


@dataclass
class Outcome:
    """What was counted, what was wrong, and how the system came back."""

    counted: dict[str, int]
    wrong: dict[str, int]
    refusals: list[str]
    failures: list[str]
    kills: dict[str, int]
    seconds: dict[str, list[float]]
    lasted: float

    @property
    def good(self) -> bool:
        """Tell whether nothing is wrong at all."""
        return not any(self.wrong.values()) and not self.failures


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--pause", type=float, default=2.0)
    parser.add_argument("--client-pause", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args(arguments)
    plan = Plan(options.kills, options.clients, options.pause, options.client_pause, wards=3, seed=options.seed)
    say(f"seed {plan.seed}, {plan.kills} kills, {plan.clients} clients")
    folder = Path(tempfile.mkdtemp(prefix="motcua-kill-"))
    outcome = run(folder / "data", plan)
    say(table(outcome))
    if outcome.good:
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    say(f"kept for looking at: {folder}")
    return 1


def run(data_dir: Path, plan: Plan) -> Outcome:
    """Run one storm on a fresh (or prepared) folder; at its end nothing of it runs any more."""
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    reaper = Reaper(data_dir, PORT, Random(plan.seed))
    reaper.start()
    try:
        site = _staged(data_dir, plan)
        ledger = data_dir.with_name("ledger.jsonl")
        with contextlib.closing(Ledger(ledger)) as book:
            clients = _clients(site, book, plan)
            time.sleep(CALM_SECONDS)
            reaper.kill_some(plan.kills, pause=plan.pause)
            time.sleep(CALM_SECONDS)
            failures = _call_in(clients)
        found = _proved(data_dir, ledger)
    finally:
        if reaper.up is not None:
            reaper.up.__exit__()
    wait_for(lambda: processes_of(data_dir) == [])
    return Outcome(
        counted=found["counted"],
        wrong=found["wrong"],
        refusals=found["refusals"],
        failures=failures,
        kills=dict(reaper.counts),
        seconds=dict(reaper.seconds),
        lasted=time.monotonic() - began,
    )


def _staged(data_dir: Path, plan: Plan) -> Site:
    done = _program("tests.kill.stage", "--data", str(data_dir), "--wards", str(plan.wards))
    return Site(PORT, done["citizen"], tuple(done["wards"]))


def _clients(site: Site, ledger: Ledger, plan: Plan) -> list[Client]:
    clients = [
        Client(site, ledger, number=number, pause=plan.client_pause, seed=plan.seed)
        for number in range(1, plan.clients + 1)
    ]
    for client in clients:
        client.start()
    return clients


def _call_in(clients: list[Client]) -> list[str]:
    for client in clients:
        client.stop.set()
    for client in clients:
        client.join(timeout=300)
    return [f"{client.name}: {client.failure!r}" for client in clients if client.failure or client.is_alive()]


def _proved(data_dir: Path, ledger: Path) -> dict[str, Any]:
    return _program("tests.kill.proof", "--data", str(data_dir), "--ledger", str(ledger))


def _program(module: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{module}: {done.stderr[-3000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def table(outcome: Outcome) -> str:
    """Return the outcome for people."""
    lines = [f"{'killed':<32}{'times':>7}{'back after s, median':>22}{'longest':>9}"]
    for kind, count in sorted(outcome.kills.items()):
        took = outcome.seconds.get(kind) or [0.0]
        lines.append(f"{kind:<32}{count:>7}{median(took):>22.1f}{max(took):>9.1f}")
    lines.append(f"{'all':<32}{sum(outcome.kills.values()):>7}")
    lines += ["", *(f"{name:<32}{figure:>7}" for name, figure in outcome.counted.items())]
    lines += ["", "wrong (each must be 0)", *(f"{name:<32}{figure:>7}" for name, figure in outcome.wrong.items())]
    lines += [*outcome.refusals, *outcome.failures]
    lines += ["", f"{'GOOD' if outcome.good else 'BAD'}, {outcome.lasted:.0f} s"]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
