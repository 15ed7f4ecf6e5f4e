"""The ground of a benchmark: its own PostgreSQL, its own data folder, the web server as `motcua up` starts it."""

import contextlib
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from motcua.project.runtime.binaries import find_binaries
from motcua.project.runtime.installation import Installation
from motcua.project.runtime.ports import listen
from motcua.project.runtime.postgres import EmbeddedPostgres
from motcua.project.runtime.up import web_spec

_READY_SECONDS = 60.0


@dataclass(frozen=True)
class Ground:
    """A prepared, empty installation. Django of this process is connected to it."""

    installation: Installation
    postgres: EmbeddedPostgres

    @property
    def log_file(self) -> Path:
        """Where PostgreSQL writes what happens."""
        return self.installation.logs_dir / "postgres.log"

    def program(self, name: str) -> str:
        """Full path of one of PostgreSQL's programs."""
        return find_binaries().program(name)

    def as_superuser(self, *statements: str, database: str = "motcua") -> None:
        """Run statements as the superuser of the server."""
        where = {"host": str(self.postgres.socket_dir), "user": "postgres", "dbname": database}
        with psycopg.connect("", autocommit=True, **where) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@contextlib.contextmanager
def ground(*, durable: bool, keep: str = "") -> Iterator[Ground]:
    """Start a server in a fresh folder, prepare it and set Django up on it; everything is removed at the end.

    `keep` names a folder that is used again the next time instead.
    """
    folder = Path(keep or tempfile.mkdtemp(prefix="motcua-bench-"))
    installation = Installation(folder / "data")
    installation.make()
    log_file = installation.logs_dir / "postgres.log"
    postgres = EmbeddedPostgres(installation.postgres_dir, durable=durable, log_file=log_file).start()
    try:
        environment = installation.environment(postgres.url())
        prepare = [sys.executable, "-m", "motcua", "prepare", "--data", str(installation.data_dir)]
        subprocess.run(prepare, env=environment, check=True, stdout=subprocess.DEVNULL)
        os.environ.update({name: environment[name] for name in environment if name not in os.environ})
        import django

        django.setup()
        yield Ground(installation, postgres)
    finally:
        from django.db import connections

        connections.close_all()
        postgres.stop(always=True)
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Web:
    """A running web server: where, and its first process."""

    host: str
    port: int
    pid: int


@contextlib.contextmanager
def web(here: Ground, *, command: tuple[str, ...] = (), extra: Mapping[str, str] | None = None) -> Iterator[Web]:
    """Run the web server as shipped, or another `command` with `{fd}` and `{port}` in it."""
    listener = listen("127.0.0.1", 18200)
    port = listener.getsockname()[1]
    spec = web_spec(listener, here.installation.environment(here.postgres.url()), workers=2)
    if command:
        listener.close()
    arguments = [part.format(port=port) for part in command] or list(spec.command)
    log = (here.installation.logs_dir / "web.log").open("ab")
    process = subprocess.Popen(
        arguments,
        env={**spec.environment, **(extra or {})},
        pass_fds=() if command else spec.pass_fds,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        _wait_until_ready(port, process, Path(log.name))
        yield Web("127.0.0.1", port, process.pid)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)
        listener.close()
        log.close()


def _wait_until_ready(port: int, process: "subprocess.Popen[bytes]", log_file: Path) -> None:
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        with contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            if connection.getresponse().status == http.client.OK:
                return
        connection.close()
        time.sleep(0.2)
    raise RuntimeError(f"the web server did not start: {last_lines(log_file)}")


def last_lines(log_file: Path) -> str:
    """Return the end of a log."""
    return "\n".join(log_file.read_text(errors="replace").splitlines()[-15:])
