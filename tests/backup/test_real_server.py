"""A PostgreSQL that is not ours: followed where it lets us, dumped where it does not, restored into either kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from motcua.project.backup.store import Store
from motcua.project.runtime.postgres import EmbeddedPostgres
from tests.backup.picture import picture
from tests.backup.scene import Scene, with_database
from tests.runtime.machine import Up, motcua, processes_of


@dataclass(frozen=True)
class RealServer:
    """A private server that plays the real one, with two roles: one may replicate, one may not."""

    postgres: EmbeddedPostgres

    def make(self, name: str, role: str) -> str:
        """Make a database and return its DATABASE_URL for the role."""
        with psycopg.connect(self.postgres.address(database="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER {role}".encode())
        return f"postgresql://{role}@/{name}?host={self.postgres.socket_dir}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("real") / "pg") as postgres:
        with psycopg.connect(postgres.address(database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE tinh LOGIN REPLICATION")
            connection.execute("CREATE ROLE xa LOGIN")
        yield RealServer(postgres)


def worked_at(url: str, superuser: str, folder: Path, port: int) -> tuple[Scene, list[str], list[dict[str, str]]]:
    """Work at two moments on an installation whose database is elsewhere; return moments and pictures."""
    extra = {"DATABASE_URL": url, "MOTCUA_BACKUP": "on", "MOTCUA_BACKUP_DIR": str(folder / "bản sao")}
    moments, pictures = [], []
    with Up(folder / "dữ liệu", "--port", str(port), **extra) as up:
        up.wait_until_open()
        scene = Scene(up, url, folder / "bản sao", **extra)
        scene.watched = superuser
        scene.wait_for_backup()
        for _ in range(2):
            moments.append(scene.lead_a_dossier().isoformat())
            pictures.append(scene.picture())
        if scene.store.manifests()[-1].kind == "physical":
            scene.wait_until_received()
        else:
            made = motcua("backup", "--data", str(up.data_dir), **extra)
            assert made.returncode == 0, made.stderr
    assert processes_of(folder / "dữ liệu") == []
    return scene, moments, pictures


def test_a_server_that_lets_us_is_restored_to_any_moment(server: RealServer, tmp_path: Path) -> None:
    scene, moments, pictures = worked_at(server.make("tinh", "tinh"), server.postgres.address(), tmp_path, 18900)
    assert {one.kind for one in scene.store.manifests()} == {"physical"}
    source = ("restore", "--from", str(scene.store.folder))
    done = motcua(*source, "--data", str(tmp_path / "nhúng"), "--to", moments[0])
    assert done.returncode == 0, done.stderr
    assert with_database(tmp_path / "nhúng", picture) == pictures[0]
    goal = server.make("tinh_moi", "tinh")
    done = motcua(*source, "--data", str(tmp_path / "ngoài"), "--to", moments[0], DATABASE_URL=goal)
    assert done.returncode == 0, done.stderr
    assert picture(goal) == pictures[0]
    again = motcua(*source, "--data", str(tmp_path / "nữa"), DATABASE_URL=goal)
    assert again.returncode == 1
    assert "DATABASE_URL không trống" in again.stderr


def test_a_server_that_does_not_let_us_is_restored_to_its_dumps(server: RealServer, tmp_path: Path) -> None:
    scene, _moments, pictures = worked_at(server.make("xa", "xa"), server.postgres.address(), tmp_path, 18950)
    store = Store(scene.store.folder)
    assert {one.kind for one in store.manifests()} == {"logical"}
    source = ("restore", "--from", str(store.folder))
    done = motcua(*source, "--data", str(tmp_path / "nhúng"))
    assert done.returncode == 0, done.stderr
    assert with_database(tmp_path / "nhúng", picture) == pictures[-1]
    listed = motcua("backup", "list", "--data", str(tmp_path / "dữ liệu"), MOTCUA_BACKUP_DIR=str(store.folder))
    assert "đúng lúc sao lưu (bản kết xuất)" in listed.stdout
    checked = motcua("backup", "check", "--from", str(store.folder), "--data", str(tmp_path / "nhúng"))
    assert checked.returncode == 0, checked.stderr
