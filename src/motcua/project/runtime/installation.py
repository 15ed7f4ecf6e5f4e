"""One installation: a data folder and what is in it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motcua.project.runtime.demo_key import demo_evidence_key
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.locks import FileLock
from motcua.project.runtime.postgres import EmbeddedPostgres

SHORTEST_SECRET = 32
COMPLETE = "complete"  # what the demo marker says when every demo dossier is there


class Installation:
    """A data folder: secret key, embedded database, logs, static files, papers.

    With DATABASE_URL in the environment the database is elsewhere and the folder holds the rest.
    """

    def __init__(self, data_dir: Path | str) -> None:
        self.data_dir = Path(data_dir).expanduser().absolute()
        self.logs_dir = self.data_dir / "logs"
        self.state_file = self.data_dir / "run.json"
        self.demo_marker = self.data_dir / "demo"
        self.static_stamp = self.data_dir / "static.stamp"
        self.postgres_dir = self.data_dir / "pg"

    # folder

    def make(self) -> None:
        """Make the folder and its secret key. Raises StartError when it cannot be written."""
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs_dir.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise StartError(
                f"Không ghi được vào thư mục dữ liệu {self.data_dir}: {error.strerror}.",
                "Hãy chọn thư mục khác bằng --data hoặc sửa quyền của thư mục.",
            ) from error
        self.secret_key()

    def exists(self) -> bool:
        """Tell whether somebody has started this installation before."""
        return (self.data_dir / "secret_key").is_file() or bool(self.external_url)

    def secret_key(self) -> str:
        """The secret key: MOTCUA_SECRET_KEY, or the one kept in the folder, made at first use (mode 0600)."""
        given = os.environ.get("MOTCUA_SECRET_KEY", "")
        if given:
            return given
        path = self.data_dir / "secret_key"
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(48))
        key = path.read_text().strip()
        if len(key) < SHORTEST_SECRET:
            raise StartError(f"Khóa bí mật trong {path} bị hỏng.", "Hãy khôi phục từ bản sao lưu, hoặc xóa để tạo mới.")
        return key

    @property
    def is_demo(self) -> bool:
        """Tell whether demo data was loaded here."""
        return self.demo_marker.exists()

    @property
    def is_demo_complete(self) -> bool:
        """Tell whether all demo data is there."""
        return self.is_demo and self.demo_marker.read_text() == COMPLETE

    # database

    @property
    def external_url(self) -> str:
        """DATABASE_URL of the environment; empty when the embedded server is used."""
        return os.environ.get("DATABASE_URL", "")

    def postgres(self, *, tied: bool) -> EmbeddedPostgres:
        """The embedded server of this folder."""
        return EmbeddedPostgres(self.postgres_dir, tied=tied, log_file=self.logs_dir / "postgres.log")

    @contextlib.contextmanager
    def database(self) -> Iterator[str]:
        """Address of the database for one command; starts the embedded server for that long when it does not run."""
        if self.external_url:
            yield self.external_url
            return
        server = self.postgres(tied=False).start()
        try:
            yield server.url()
        finally:
            server.stop()

    def environment(self, database_url: str, *, base_url: str = "") -> dict[str, str]:
        """The environment of every Django process of this installation."""
        found = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "motcua.project.settings",
            "DATABASE_URL": database_url,
            "MOTCUA_DATA": str(self.data_dir),
            "MOTCUA_DEMO": "1" if self.is_demo else "0",
            "MOTCUA_SECRET_KEY": self.secret_key(),
            "MOTCUA_STATIC_MANIFEST": "1",
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
        }
        if base_url:
            found.setdefault("MOTCUA_BASE_URL", base_url)
        if self.is_demo and (key := demo_evidence_key(self.data_dir)):
            found.setdefault("MOTCUA_EVIDENCE_KEY", key)
        return found

    # what runs

    @contextlib.contextmanager
    def only_one(self) -> Iterator[None]:
        """Hold the place of the one running `up`. Raises StartError when there is another."""
        lock = FileLock(self.data_dir / "up.lock")
        if not lock.try_exclusive():
            lock.release()
            where = self.running().get("url", "một địa chỉ khác")
            raise StartError(
                f"Một Cửa đang chạy trên thư mục {self.data_dir}, tại {where}.", "Hãy dùng nó, hoặc dừng nó trước."
            )
        try:
            yield
        finally:
            self.state_file.unlink(missing_ok=True)
            lock.release()

    def note_running(self, state: dict[str, Any]) -> None:
        """Write down who runs, and where."""
        half = self.state_file.with_suffix(".new")
        half.write_text(json.dumps(state, ensure_ascii=False))
        half.replace(self.state_file)

    def noted(self) -> dict[str, Any]:
        """What `note_running` wrote, also when it was killed since; empty when it ended in order."""
        try:
            return dict(json.loads(self.state_file.read_text()))
        except (OSError, ValueError):
            return {}

    def running(self) -> dict[str, Any]:
        """What `note_running` wrote; empty when nothing runs."""
        state = self.noted()
        try:
            os.kill(int(state["pid"]), 0)
        except (OSError, ValueError, KeyError):
            return {}
        return state
