"""The embedded PostgreSQL: one private server per data folder, reached only through a Unix socket.

Several programs may use one server at the same time: `up`, a command typed beside it, a test worker. Whoever comes
first starts it, the others attach, the last one to leave stops it. Three lock files beside the data keep the count,
so that it stays right when a program is killed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from motcua.project.databases import database_settings
from motcua.project.runtime import places
from motcua.project.runtime.binaries import Binaries, Identity, find_binaries, find_identity
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.locks import FileLock
from motcua.project.runtime.parents import end_with

ROLE = DATABASE = "motcua"
SUPERUSER = "postgres"
PORT = 5432
START_SECONDS = 120.0
STOP_SECONDS = 30.0
ORPHAN_SECONDS = 5.0  # a backend without its server leaves by itself, unless it is deep in work
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
_ALWAYS = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "timezone=UTC",
    "log_timezone=UTC",
    "max_connections=60",
    "jit=off",  # our queries are short and many: compiling one takes longer than running it
    "max_slot_wal_keep_size=4GB",  # a backup that stopped following must not fill the disk
)
#: What the log says of somebody who asked while the server came up or went down; never why it could not start.
_TURNED_AWAY = re.compile(r"FATAL:\s+the database system is (starting up|shutting down|not |in recovery)")


class EmbeddedPostgres:
    """A private PostgreSQL server with its data in `data_dir`.

    durable=False is for tests: data may be lost when the machine stops. tied=True stops the server when the program
    that started it dies, whatever the way. `patience`: seconds until it must answer (recovering from a backup takes
    longer); `superuser`: the role the data were made with. Raises StartError when it cannot be started.
    """

    def __init__(
        self,
        data_dir: Path | str,
        *,
        runtime_dir: Path | str | None = None,
        durable: bool = True,
        tied: bool = True,
        log_file: Path | str | None = None,
        patience: float = START_SECONDS,
        superuser: str = SUPERUSER,
    ) -> None:
        self.asked_dir = Path(data_dir).absolute()
        self.data_dir = self.asked_dir
        self.durable = durable
        self.tied = tied
        self.started_here = False
        self._patience = patience
        self._superuser = superuser
        self._runtime_dir = Path(runtime_dir) if runtime_dir else None
        self._log_file = Path(log_file) if log_file else self.asked_dir.with_name(self.asked_dir.name + ".log")
        self._gate = FileLock(self.asked_dir.with_name(self.asked_dir.name + ".start.lock"))
        self._users = FileLock(self.asked_dir.with_name(self.asked_dir.name + ".users.lock"))
        self._process: subprocess.Popen[bytes] | None = None
        self._socket_dir: Path | None = None
        self._identity = Identity()
        self._binaries: Binaries | None = None

    def __enter__(self) -> EmbeddedPostgres:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    # what the outside asks

    def start(self) -> EmbeddedPostgres:
        """Start the server, or attach to the one that already runs on this folder."""
        self.asked_dir.parent.mkdir(parents=True, exist_ok=True)
        with self._gate.held(seconds=START_SECONDS, what="cơ sở dữ liệu đang được khởi động bởi một lệnh khác"):
            self._prepare()
            if not self._attach():
                self._launch()
            self._users.share()
        return self

    def stop(self, *, always: bool = False) -> None:
        """Leave the server; stop it when nobody else uses it, or in any case with always=True."""
        with self._gate.held(seconds=STOP_SECONDS, what="cơ sở dữ liệu đang được khởi động bởi một lệnh khác"):
            self._users.release()
            last = self._users.try_exclusive()
            if last or always:
                self._shut_down()
            self._users.release()
        if self._process is not None and self._process.poll() is None:
            self._process.returncode = 0  # it goes on for others and is no longer ours to wait for
        self._process = None

    def alive(self) -> bool:
        """Tell whether the server's main process still runs."""
        if self._process is not None:
            return self._process.poll() is None
        return self._running_pid() is not None

    def url(self) -> str:
        """The address for DATABASE_URL."""
        return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(self.socket_dir))}"

    def attached(self) -> EmbeddedPostgres:
        """The same server, known to run: for asking, without a share in keeping it. Raises StartError."""
        self._prepare()
        if not self._attach():
            raise StartError("Cơ sở dữ liệu chưa được khởi động.")
        return self

    def address(self, role: str = SUPERUSER, database: str = DATABASE) -> str:
        """The address for libpq of another role or database."""
        return self._conninfo(role, database)

    def fill(self, fill: Callable[[Path], None]) -> None:
        """Make the data folder of something else than `initdb`: `fill(folder)` puts a backup there."""
        self.asked_dir.parent.mkdir(parents=True, exist_ok=True)
        self._prepare()
        fresh = self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        fill(fresh)
        places.give_to(fresh, self._identity.user)
        fresh.rename(self.data_dir)

    def settings(self) -> dict[str, Any]:
        """The entry for Django's DATABASES."""
        return database_settings(self.url())

    @property
    def socket_dir(self) -> Path:
        """The folder of the socket; raises StartError before `start`."""
        if self._socket_dir is None:
            raise StartError("Cơ sở dữ liệu chưa được khởi động.")
        return self._socket_dir

    @property
    def pid(self) -> int | None:
        """The server's main process, or None when it does not run."""
        return self._running_pid()

    # starting

    def _prepare(self) -> None:
        self._binaries, self._identity = self._choose_binaries(), find_identity()
        if self._identity.user:
            self.data_dir = places.reachable_data(self.asked_dir, self._identity.user)
            self._binaries = places.reachable_binaries(self._binaries, self._identity.user)
        if (self.data_dir / "PG_VERSION").is_file():
            self._check_version((self.data_dir / "PG_VERSION").read_text().strip())

    def _choose_binaries(self) -> Binaries:
        return find_binaries()

    def _check_version(self, made_by: str) -> None:
        assert self._binaries is not None  # noqa: S101 set by _prepare
        if made_by != str(self._binaries.major):
            raise StartError(
                f"Dữ liệu trong {self.data_dir} thuộc PostgreSQL {made_by}, còn máy này có bản {self._binaries.major}.",
                f"Hãy cài PostgreSQL {made_by}, hoặc sao lưu dữ liệu rồi chuyển sang bản mới.",
            )

    def _attach(self) -> bool:
        if self._running_pid() is None:
            return False
        lines = self._postmaster_lines()
        self._socket_dir = Path(lines[4]) if len(lines) > 4 and lines[4] else None  # noqa: PLR2004 line 5: socket folder
        if self._socket_dir is None:
            return False
        try:
            self._wait_until_ready()
        except StartError:
            if self._running_pid() is not None:
                raise
            return False  # it was about to end: its owner was killed a moment ago
        return True

    def _launch(self) -> None:
        if not (self.data_dir / "PG_VERSION").is_file():
            self._initialise()
        self._socket_dir = self._runtime_dir or places.socket_folder(self.data_dir, self._identity.user)
        if self._runtime_dir:
            places.private_folder(self._runtime_dir, self._identity.user)
        self._remove_leftovers()
        options = [f"unix_socket_directories={self._socket_dir}", f"port={PORT}", *_ALWAYS]
        options += [] if self.durable else list(_FAST)
        arguments = ["postgres", "-D", str(self.data_dir), *(part for option in options for part in ("-c", option))]
        self._log_file.parent.mkdir(parents=True, exist_ok=True)
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self._command(*arguments),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_ends_with(os.getpid()) if self.tied else None,  # noqa: PLW1509 before any thread
                **self._process_options(),
            )
        self.started_here = True
        self._wait_until_ready()
        self._make_database()

    def _initialise(self) -> None:
        fresh = self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(fresh, ignore_errors=True)
        command = ["initdb", "-D", str(fresh), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        command += ["--locale=C"] if self.durable else ["--locale=C", "--no-sync"]
        done = subprocess.run(
            self._command(*command), capture_output=True, text=True, check=False, **self._process_options()
        )
        if done.returncode != 0:
            shutil.rmtree(fresh, ignore_errors=True)
            reason = (done.stderr.strip() or done.stdout.strip() or "không rõ lý do").splitlines()[-1]
            raise StartError(f"Không tạo được cơ sở dữ liệu trong {self.data_dir}: {reason}")
        fresh.rename(self.data_dir)

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + self._patience
        while True:
            try:
                psycopg.connect(self._conninfo(self._superuser, "postgres"), connect_timeout=5).close()
            except psycopg.OperationalError as error:
                self._give_up_if_dead(error, late=time.monotonic() > until)
                time.sleep(0.05)
            else:
                return

    def _give_up_if_dead(self, error: Exception, *, late: bool) -> None:
        if self.alive() and not late:
            return
        last = self._last_log_line() or str(error).strip()
        raise StartError(f"PostgreSQL không khởi động được: {last}", f"Xem thêm trong {self._log_file}.")

    def _make_database(self) -> None:
        with psycopg.connect(self._conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                connection.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE} OWNER {ROLE} TEMPLATE template0")

    # stopping

    def _shut_down(self) -> None:
        pid = self._running_pid()
        if pid is not None:
            self._signal_until_gone(pid)
        if self._process is not None:
            self._process.wait(STOP_SECONDS)
        if self._socket_dir is not None and self._socket_dir != self._runtime_dir:
            with contextlib.suppress(OSError):
                self._socket_dir.rmdir()

    def _signal_until_gone(self, pid: int) -> None:
        for number, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, 10.0), (signal.SIGKILL, 10.0)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            until = time.monotonic() + seconds
            while time.monotonic() < until:
                if not self.alive():
                    return
                time.sleep(0.02)

    # looking

    def _postmaster_lines(self) -> list[str]:
        try:
            return (self.data_dir / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def _running_pid(self) -> int | None:
        """The process named in postmaster.pid, when it lives and really is the server of this folder."""
        lines = self._postmaster_lines()
        if not lines or not lines[0].strip().isdigit():
            return None
        pid = int(lines[0])
        return pid if pid in set(self._processes_here()) else None

    def _processes_here(self) -> Iterator[int]:
        """Every process whose working folder is the data folder: the server and its backends."""
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            with contextlib.suppress(OSError):
                if (entry / "cwd").readlink() == self.data_dir.resolve():
                    yield int(entry.name)

    def _remove_leftovers(self) -> None:
        """After a kill -9: see orphaned backends off, then drop the dead server's pid and socket files."""
        began = time.monotonic()
        while orphans := list(self._processes_here()):
            waited = time.monotonic() - began
            if waited > STOP_SECONDS:
                raise StartError(f"Các tiến trình PostgreSQL cũ còn giữ {self.data_dir}: {orphans}.")
            for orphan in orphans if waited > ORPHAN_SECONDS else []:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
            time.sleep(0.05)
        (self.data_dir / "postmaster.pid").unlink(missing_ok=True)
        for left in self.socket_dir.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    def _last_log_line(self) -> str:
        try:
            text = self._log_file.read_text(errors="replace")
        except OSError:
            return ""
        last = [line for line in text.splitlines()[-50:] if not _TURNED_AWAY.search(line)]
        wrong = [line for line in last if "FATAL" in line or "ERROR" in line]
        return wrong[-1].split(":", maxsplit=3)[-1].strip() if wrong else ""

    # small parts

    def _command(self, program: str, *arguments: str) -> list[str]:
        assert self._binaries is not None  # noqa: S101 set by _prepare
        return [*self._identity.prefix, self._binaries.program(program), *arguments]

    def _process_options(self) -> dict[str, Any]:
        environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
        who = {"user": self._identity.user, "extra_groups": []} if self._identity.user else {}
        return {"env": environment, "cwd": "/", **who}

    def _conninfo(self, role: str, database: str) -> str:
        return psycopg.conninfo.make_conninfo("", host=str(self.socket_dir), port=PORT, user=role, dbname=database)


def _ends_with(parent: int) -> Callable[[], None]:
    """Have the server stop by itself (fast shutdown) when the program that started it dies."""
    return lambda: end_with(parent, signal.SIGINT)
