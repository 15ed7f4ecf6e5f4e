"""The day is played to its end without a failure, and its figures are what was done."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.day.__main__ import Day
from benchmarks.day.load import ACTS, Measured, percentile
from tests.runtime.machine import environment

SHORT = ("--ward", "6", "--province", "8", "--wards", "3")


def test_a_short_day_is_played_without_failure() -> None:
    command = [sys.executable, "-m", "benchmarks.day", *SHORT]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"a ward's day: {6 * len(ACTS)} acts" in done.stdout
    assert f"a province's peak hour: {8 * len(ACTS)} acts" in done.stdout
    assert " 0 failed" in done.stdout
    assert "the province's peak hour (10800 acts) fits" in done.stdout


def test_what_fits_into_an_hour() -> None:
    found = Measured(latencies={"receive": [1.0] * 50, "forward": [1.0] * 50, "dossier": [1.0] * 70})
    day = Day("day", found, web=0.6, worker=0.2, database=0.2)
    assert day.acts == 100
    assert day.per_act == 10.0
    assert day.times(10_800, cores=2) == 2 * 3600 * 100 / 10_800


def test_percentiles_of_nothing() -> None:
    assert percentile([], 0.99) == 0.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
