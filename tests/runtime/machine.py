"""Drive the program `motcua` as a person does: real processes, real signals."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

OURS = ("DATABASE_URL", "MOTCUA_", "DJANGO_SETTINGS_MODULE", "PYTEST_", "COV_")
PATIENCE = 240.0


def environment(**extra: str) -> dict[str, str]:
    """The environment of a person who has set nothing."""
    return {key: value for key, value in os.environ.items() if not key.startswith(OURS)} | extra


def motcua(*arguments: str, stdin: str = "", **extra: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "motcua", *arguments],
        env=environment(**extra),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def processes_of(data_dir: Path) -> list[int]:
    """Every living process that has to do with the data folder, by its environment, command or working folder."""
    needle, others = os.fsencode(data_dir), (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [int(entry.name) for entry in others if entry.name != str(os.getpid()) and needle in _traces(entry)]


def _traces(entry: Path) -> bytes:
    traces = b""
    for name in ("environ", "cmdline"):
        try:
            traces += (entry / name).read_bytes()
        except OSError:
            continue
    try:
        return traces + os.fsencode((entry / "cwd").readlink())
    except OSError:
        return traces


def wait_for(what: Callable[[], object], *, seconds: float = PATIENCE) -> None:
    """Wait until `what()` is true."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, f"waited {seconds} s in vain"
        time.sleep(0.05)


def postgres_pid(data_dir: Path) -> int:
    """The main process of the data folder's database."""
    return int((data_dir / "pg" / "postmaster.pid").read_text().splitlines()[0])


class Up:
    """`motcua up`, running on a data folder."""

    def __init__(self, data_dir: Path, *arguments: str, **extra: str) -> None:
        self.data_dir = data_dir
        self.output_file = data_dir.with_name(data_dir.name + f".out{time.monotonic_ns()}")
        self.started_at = time.monotonic()
        with self.output_file.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "motcua", "up", "--data", str(data_dir), *arguments],
                env=environment(**extra),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def __enter__(self) -> Up:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.process.poll() is None:
            self.stop(signal.SIGTERM)

    @property
    def output(self) -> str:
        """Everything it has said so far."""
        return self.output_file.read_text()

    @property
    def port(self) -> int:
        """The port it says it listens on."""
        found = re.search(r"đang chạy tại http://localhost:(\d+)", self.output)
        assert found, self.output
        return int(found.group(1))

    def wait_until_open(self) -> float:
        """Wait for its closing words; return the seconds since it was started."""
        wait_for(lambda: "Nhấn Ctrl-C để dừng" in self.output or self.process.poll() is not None)
        assert self.process.poll() is None, self.output
        return time.monotonic() - self.started_at

    def status(self, path: str = "/healthz", **headers: str) -> int:
        """The status of a page; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path, headers=headers)
            with connection.getresponse() as response:
                return response.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and wait for the end; return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)
