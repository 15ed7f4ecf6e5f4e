"""What the supervisor does with programs that end, and what a killed one leaves behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from motcua.project.runtime import children, worker
from motcua.project.runtime.children import ChildSpec
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.leftovers import end_leftovers, leftovers, mark_of
from motcua.project.runtime.ports import listen
from motcua.project.runtime.supervisor import MOST_FAILURES, Supervisor
from tests.runtime.machine import wait_for

QUICK = 0.01


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Supervisor:
    """A supervisor without a database whose pauses are short."""
    monkeypatch.setattr(children, "FIRST_PAUSE", QUICK)
    monkeypatch.setattr(children, "LONGEST_PAUSE", QUICK)
    return Supervisor(tmp_path, None)


def failing(tmp_path: Path) -> ChildSpec:
    """A program that notes that it began, and fails."""
    code = f"import pathlib; open({str(tmp_path / 'starts')!r}, 'a').write('.'); raise SystemExit(3)"
    return ChildSpec("broken", "Chương trình hỏng", (sys.executable, "-c", code), dict(os.environ))


def starts(tmp_path: Path) -> int:
    """How often it began."""
    return len((tmp_path / "starts").read_text()) if (tmp_path / "starts").exists() else 0


def test_what_never_ran_is_given_up(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.add(failing(tmp_path))
    with pytest.raises(StartError, match="Chương trình hỏng dừng 6 lần liên tiếp"):
        supervisor.run(lambda: None)
    supervisor.stop()
    assert starts(tmp_path) == MOST_FAILURES


def test_what_once_ran_is_never_given_up(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.note_open()
    supervisor.add(failing(tmp_path))

    def look() -> None:
        if starts(tmp_path) > 2 * MOST_FAILURES:
            supervisor._ask_to_stop(signal.SIGTERM, None)

    supervisor.run(look)
    supervisor.stop()
    assert starts(tmp_path) > 2 * MOST_FAILURES


def test_leftovers_are_known_by_their_mark_and_ended(tmp_path: Path) -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    ours = subprocess.Popen(sleep, env={**os.environ, **mark_of(tmp_path)})
    others = subprocess.Popen(sleep, env={**os.environ, **mark_of(tmp_path / "other")})
    try:
        wait_for(lambda: leftovers(tmp_path) == [ours.pid])
        reaper = threading.Thread(target=ours.wait)
        reaper.start()
        assert end_leftovers(tmp_path) == 1
        reaper.join()
        assert ours.returncode == -signal.SIGKILL
        assert others.poll() is None
    finally:
        others.kill()
        others.wait()


def test_a_port_just_given_back_is_waited_for() -> None:
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    port = taken.getsockname()[1]
    threading.Timer(0.5, taken.close).start()
    with listen("127.0.0.1", port, patience=60) as opened:
        assert opened.getsockname()[1] == port


def test_a_child_whose_parent_is_gone_never_begins(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, signal
from motcua.project.runtime.parents import end_with
end_with(os.getppid() + 1_000_000, signal.SIGTERM)
pathlib.Path({str(tmp_path / "began")!r}).touch()
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 1
    assert not (tmp_path / "began").exists()


@pytest.mark.django_db
def test_a_round_that_hangs_holds_up_no_other() -> None:
    stop, began, others = threading.Event(), threading.Event(), []

    def hangs(_stop: threading.Event) -> None:
        began.set()
        stop.wait()

    def goes_on(_stop: threading.Event) -> None:
        others.append(time.monotonic())

    threads = [
        threading.Thread(target=worker._repeat, args=(name, one, stop))
        for name, one in (("hangs", hangs), ("goes on", goes_on))
    ]
    for thread in threads:
        thread.start()
    wait_for(began.is_set)
    seen = len(others)
    wait_for(lambda: len(others) > seen + 2)
    stop.set()
    for thread in threads:
        thread.join()
