"""`motcua up`: everything an office needs, in one command."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from types import FrameType
from typing import NoReturn

from motcua.project.backup.settings import backup_settings
from motcua.project.runtime.children import ChildSpec
from motcua.project.runtime.console import say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.fingerprint import prepared_for, program_fingerprint
from motcua.project.runtime.installation import Installation
from motcua.project.runtime.leftovers import end_leftovers, mark_of
from motcua.project.runtime.ports import listen
from motcua.project.runtime.postgres import EmbeddedPostgres
from motcua.project.runtime.supervisor import STOP_SIGNALS, Supervisor

READY_SECONDS = 90.0
PORT_SECONDS = 10.0
HTTP_OK = 200
HTTP_BROKEN = 500
ASK_SECONDS = 0.25
MOST_REFUSALS = 8
PYTHON = (sys.executable, "-P", "-m")


@dataclass(frozen=True)
class UpOptions:
    """What the command line asks for."""

    host: str
    port: int
    demo: bool
    workers: int = 2


class _Stopped(BaseException):
    """Somebody asked to stop before everything was up."""


def up(installation: Installation, options: UpOptions) -> int:
    """Start everything and stay until told to stop. Returns the exit code; raises StartError."""
    for number in STOP_SIGNALS:
        signal.signal(number, _raise_stopped)
    try:
        installation.make()
        with installation.only_one(), _port_of(installation, options) as listener:
            _say_when_port_differs(options, listener)
            with _database(installation) as (server, database_url):
                _prepare(installation, database_url, demo=options.demo)
                _serve(installation, options, listener, server, database_url)
    except _Stopped:
        say("Đã dừng trước khi chạy xong.")
    return 0


def _raise_stopped(_number: int, _frame: FrameType | None) -> NoReturn:
    for each in STOP_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise _Stopped


def _port_of(installation: Installation, options: UpOptions) -> socket.socket:
    """Open the port, once nothing is left of an `up` that was killed."""
    killed = installation.noted().get("port") == options.port
    end_leftovers(installation.data_dir)
    return listen(options.host, options.port, patience=PORT_SECONDS if killed else 0.0)


def _say_when_port_differs(options: UpOptions, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    if options.port and port != options.port:
        say(f"Cổng {options.port} đang có chương trình khác dùng; dùng cổng {port}.")


@contextlib.contextmanager
def _database(installation: Installation) -> Iterator[tuple[EmbeddedPostgres | None, str]]:
    if installation.external_url:
        yield None, installation.external_url
        return
    if not installation.static_stamp.exists():
        say("Đang tạo cơ sở dữ liệu…")
    server = installation.postgres(tied=True)
    try:
        server.start()
        yield server, server.url()
    finally:
        server.stop(always=True)


def _prepare(installation: Installation, database_url: str, *, demo: bool) -> None:
    """Prepare database and static files in a process of its own, unless this was done for this very program."""
    settled = prepared_for(database_url) == program_fingerprint() and installation.static_stamp.exists()
    if settled and (installation.is_demo or not demo):
        return
    command = [*PYTHON, "motcua", "prepare", "--data", str(installation.data_dir), *(["--demo"] if demo else [])]
    environment = {**installation.environment(database_url), **mark_of(installation.data_dir)}
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        try:
            code = process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if code != 0:
        raise StartError("Chưa chuẩn bị được cơ sở dữ liệu (lý do ở trên).")


def _serve(
    installation: Installation,
    options: UpOptions,
    listener: socket.socket,
    server: EmbeddedPostgres | None,
    database_url: str,
) -> None:
    host, port = listener.getsockname()[:2]
    url = f"http://{_shown(host)}:{port}"
    environment = {**installation.environment(database_url, base_url=url), **mark_of(installation.data_dir)}
    supervisor = Supervisor(installation.logs_dir, server)
    supervisor.listen_to_signals()
    backups = list(_backup_specs(installation, environment))
    try:
        supervisor.add(web_spec(listener, environment, workers=options.workers))
        supervisor.add(ChildSpec("worker", "Tiến trình nền", (*PYTHON, "motcua", "worker"), environment))
        for spec in backups:
            supervisor.add(spec)
        installation.note_running({"pid": os.getpid(), "url": url, "host": host, "port": port})
        supervisor.run(_Opening(installation, supervisor, listener, environment, url))
    finally:
        say("Đang dừng…")
        supervisor.stop()
    say("Đã dừng.")


def _backup_specs(installation: Installation, environment: dict[str, str]) -> Iterator[ChildSpec]:
    """The continuous backup, where it is switched on; everybody else is told whether it is."""
    environment["MOTCUA_BACKUP"] = "on" if backup_settings(installation).is_on else "off"
    if environment["MOTCUA_BACKUP"] == "on":
        command = (*PYTHON, "motcua", "backup", "follow", "--data", str(installation.data_dir))
        yield ChildSpec("backup", "Sao lưu liên tục", command, {**environment, **_address(installation)}, niceness=10)


def _address(installation: Installation) -> dict[str, str]:
    """The backup finds the embedded database by its folder: it reaches it as its superuser."""
    return {} if installation.external_url else {"DATABASE_URL": ""}


def _shown(host: str) -> str:
    if host in {"0.0.0.0", "127.0.0.1", "::", "::1"}:  # noqa: S104 only compared
        return "localhost"
    return f"[{host}]" if ":" in host else host


def web_spec(listener: socket.socket, environment: dict[str, str], *, workers: int) -> ChildSpec:
    """The web server on an open socket."""
    arguments = [
        *("--bind", f"fd://{listener.fileno()}", "--worker-class", "gthread", "--threads", "4"),
        *("--workers", str(workers), "--timeout", "60", "--graceful-timeout", "5", "--keep-alive", "75"),
        *("--max-requests", "20000", "--max-requests-jitter", "2000", "--no-control-socket", "--log-level", "warning"),
        *("--preload", "--worker-tmp-dir", "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"),  # noqa: S108 heartbeat files, unlinked at once
    ]
    command = (*PYTHON, "gunicorn", *arguments, "motcua.project.wsgi:application")
    return ChildSpec("web", "Máy chủ web", command, environment, pass_fds=(listener.fileno(),))


class _Opening:
    """Wait for the first page, then say where it is; then let demo data grow in the background."""

    def __init__(
        self,
        installation: Installation,
        supervisor: Supervisor,
        listener: socket.socket,
        environment: dict[str, str],
        url: str,
    ) -> None:
        self._installation, self._supervisor, self._url = installation, supervisor, url
        self._address = listener.getsockname()[:2]
        self._environment = environment
        self._until = time.monotonic() + READY_SECONDS
        self._next = 0.0
        self._refusals = 0
        self._open = False

    def __call__(self) -> None:
        now = time.monotonic()
        if self._open or now < self._next:
            return
        self._next = now + ASK_SECONDS
        status, answer = _ask_health(self._address, self._environment)
        if status == HTTP_OK:
            self._open = True
            self._supervisor.note_open()
            self._announce()
            return
        self._refusals += status >= HTTP_BROKEN
        if self._refusals >= MOST_REFUSALS or now > self._until:
            raise StartError(
                f"Trang web không mở được (mã {status}): {_reason(answer)}.",
                f"Xem {self._installation.logs_dir / 'web.log'}.",
            )

    def _announce(self) -> None:
        environment, data_dir = self._environment, str(self._installation.data_dir)
        if self._installation.is_demo:
            command = (*PYTHON, "motcua", "demo", "accounts", "--data", data_dir, "--most", "8")
            shown = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            say(shown.stdout.rstrip() if shown.returncode == 0 else shown.stderr.rstrip())
        if self._installation.is_demo and not self._installation.is_demo_complete:
            grow = (*PYTHON, "motcua", "demo", "load", "--data", data_dir)
            self._supervisor.add(ChildSpec("demo", "Việc tạo dữ liệu mẫu", grow, environment, once=True, niceness=15))
        say("")
        say(f"Một Cửa đang chạy tại {self._url}")
        for path, title in (
            ("/", "Người dân"),
            ("/mot-cua/", "Cán bộ"),
            ("/quan-tri/", "Quản trị"),
            ("/giam-sat/", "Giám sát"),
        ):
            say(f"  {title:<10} {self._url}{path}")
        say(f"Dữ liệu và nhật ký: {data_dir}. Nhấn Ctrl-C để dừng.")


def _reason(answer: str) -> str:
    """What the health page says is wrong, or what the connection says."""
    try:
        return ", ".join(json.loads(answer)["reasons"])
    except (ValueError, TypeError, KeyError):
        return "lỗi trong chương trình" if answer.lstrip().startswith("<") else answer or "không có trả lời"


def _ask_health(address: tuple[str, int], environment: dict[str, str]) -> tuple[int, str]:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])  # noqa: S104 only compared
    name = environment.get("MOTCUA_HOSTS", "").split(",")[0].strip().lstrip(".")
    connection = http.client.HTTPConnection(host, address[1], timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": name if name not in {"", "*"} else "localhost"})
        response = connection.getresponse()
        return response.status, response.read(500).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error)
    finally:
        connection.close()
