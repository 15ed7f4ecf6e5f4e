"""Keep the web server, the worker and the database running together, and end them together."""

from __future__ import annotations

import selectors
import signal
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from motcua.project.runtime.children import STEADY_SECONDS, Child, ChildSpec
from motcua.project.runtime.console import complain, say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.postgres import EmbeddedPostgres

MOST_FAILURES = 6
GRACE_SECONDS = 10.0
LOOK_SECONDS = 0.2
POSTGRES_PAUSE = 5.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Supervisor:
    """Runs programs until it is told to stop or, before the installation was ever open, one of them fails for good.

    Once it was open nothing is given up: what ends is started again, however often, with longer pauses.
    """

    def __init__(self, logs_dir: Path, postgres: EmbeddedPostgres | None) -> None:
        self._logs_dir = logs_dir
        self._postgres = postgres
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._was_open = False
        self._postgres_failures = 0
        self._postgres_since = 0.0

    def add(self, spec: ChildSpec) -> None:
        """Start one more program."""
        child = Child(spec, self._logs_dir)
        self._children.append(child)
        self._start(child)

    def note_open(self) -> None:
        """Everything runs: from now on never give up."""
        self._was_open = True

    def listen_to_signals(self) -> None:
        """From now on Ctrl-C, SIGTERM and SIGHUP mean: stop everything."""
        for number in STOP_SIGNALS:
            signal.signal(number, self._ask_to_stop)

    def run(self, on_look: Callable[[], None]) -> None:
        """Watch until told to stop, calling `on_look` each time. Raises StartError when a program fails for good."""
        while not self._stopping:
            self._pump(LOOK_SECONDS)
            self._look_after_postgres()
            for child in self._children:
                self._look_after(child, time.monotonic())
            on_look()

    def stop(self) -> None:
        """End every program: politely, then not."""
        for child in self._children:
            child.end_group(signal.SIGTERM)
        until = time.monotonic() + GRACE_SECONDS
        while time.monotonic() < until and any(
            child.process and child.process.poll() is None for child in self._children
        ):
            self._pump(0.05)
        for child in self._children:
            child.end_group(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        self._pump(0.0)
        self._selector.close()

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _start(self, child: Child) -> None:
        self._selector.register(child.start(), selectors.EVENT_READ, child)

    def _pump(self, seconds: float) -> None:
        """Take what the programs say for up to `seconds`."""
        if not self._selector.get_map():
            time.sleep(seconds)
            return
        for key, _events in self._selector.select(seconds):
            child, output = key.data, key.fileobj
            still_open, loud = child.take(output)
            for line in loud:
                complain(f"[{child.spec.name}] {line}")
            if not still_open:
                self._selector.unregister(output)
                output.close()  # type: ignore[union-attr]  # registered as a pipe, never as a number

    def _look_after(self, child: Child, now: float) -> None:
        code = child.check(now)
        if code is not None and not self._stopping:
            self._explain(child, code)
        if child.process is None and not child.finished and now >= child.start_again_at and not self._stopping:
            self._start(child)

    def _explain(self, child: Child, code: int) -> None:
        title = child.spec.title
        if child.spec.once:
            if code != 0:
                complain(f"{title} dừng giữa chừng (mã {code}). Xem {child.log_file}.")
            return
        if child.failures >= MOST_FAILURES and not self._was_open:
            raise StartError(
                f"{title} dừng {child.failures} lần liên tiếp (mã {code}).",
                "\n".join([f"Xem {child.log_file}. Dòng cuối:", *child.last_lines()]),
            )
        complain(f"{title} đã dừng (mã {code}); đang khởi động lại.")

    def _look_after_postgres(self) -> None:
        now = time.monotonic()
        if self._postgres is None or self._stopping or now < self._postgres_since or self._postgres.alive():
            return
        self._postgres_failures = 1 if now - self._postgres_since > STEADY_SECONDS else self._postgres_failures + 1
        if self._postgres_failures >= MOST_FAILURES and not self._was_open:
            raise StartError("Cơ sở dữ liệu dừng nhiều lần liên tiếp.", f"Xem {self._logs_dir / 'postgres.log'}.")
        complain("Cơ sở dữ liệu đã dừng; đang khởi động lại.")
        try:
            self._postgres.start()
        except StartError as error:
            if not self._was_open:
                raise
            complain(str(error))
            self._postgres_since = time.monotonic() + POSTGRES_PAUSE  # not looked at before then
            return
        self._postgres_since = time.monotonic()
        say("Cơ sở dữ liệu đã chạy lại.")
