"""What the clients wrote down is read as they meant it."""

from __future__ import annotations

import contextlib
from pathlib import Path

from tests.kill.ledger import Ledger, read


def test_intents_answers_and_refusals_are_told_apart(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.intend(key="a", person="1", act="submit")
    ledger.acknowledge(key="a", person="1", act="submit", tries=3, answer={"id": 7, "code": "H49-1", "warnings": []})
    ledger.intend(key="b", person="1", act="receive")
    ledger.complain(key="b", person="1", act="receive", reason="409")
    ledger.close()
    found = read(tmp_path / "ledger")
    assert (found.sent, found.done, found.repeated) == (2, 1, 1)
    assert found.dossiers["1"].sent == ["submit", "receive"]
    assert found.dossiers["1"].done == ["submit"]
    assert found.dossiers["1"].codes == {"H49-1"}
    assert len(found.refusals) == 1


def test_a_line_is_on_disk_when_the_call_returns(tmp_path: Path) -> None:
    with contextlib.closing(Ledger(tmp_path / "ledger")) as ledger:
        ledger.intend(key="a", person="1", act="submit")
        assert read(tmp_path / "ledger").sent == 1
