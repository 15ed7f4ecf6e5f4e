"""The short storm: nothing lost, doubled or stuck after some kills. `make kill-test` is the long one."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.kill.__main__ import Plan, run, table
from tests.runtime.conftest import prepared

__all__ = ["prepared"]

KILLS = 10


def test_nothing_acknowledged_is_lost_or_done_twice(prepared: Path, tmp_path: Path) -> None:
    shutil.copytree(prepared, tmp_path / "data")
    plan = Plan(kills=KILLS, clients=3, pause=1.0, client_pause=0.2, wards=2, seed=20261122)
    outcome = run(tmp_path / "data", plan)
    assert outcome.good, table(outcome)
    assert sum(outcome.kills.values()) == KILLS
    assert outcome.counted["acknowledged"] > KILLS
    assert outcome.counted["events"] >= outcome.counted["acts in the database"] > 0
