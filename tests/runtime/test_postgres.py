"""The embedded database by itself."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from pathlib import Path

import psycopg
import pytest

from motcua.project.runtime import places
from motcua.project.runtime import postgres as module
from motcua.project.runtime.binaries import Identity, find_binaries
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.places import can_enter
from motcua.project.runtime.postgres import EmbeddedPostgres


def one(server: EmbeddedPostgres, question: str) -> object:
    """The one answer of a query."""
    with psycopg.connect(server.url()) as connection:
        row = connection.execute(question).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def test_it_speaks_utf8_sorts_by_bytes_and_lets_us_make_extensions(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg", durable=False) as server:
        assert one(server, "SHOW server_encoding") == "UTF8"
        assert one(server, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C"
        assert one(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        with psycopg.connect(server.url(), autocommit=True) as connection:
            for name in ("unaccent", "pg_trgm", "btree_gist"):
                connection.execute(f"CREATE EXTENSION {name}")  # type: ignore[call-overload]
        assert one(server, "SELECT unaccent('Đường Hoà Bình')") == "Duong Hoa Binh"


def test_its_socket_is_short_and_private(tmp_path: Path) -> None:
    folder = tmp_path / ("rất dài " * 12) / "pg"
    with EmbeddedPostgres(folder, durable=False) as server:
        assert server.socket_dir.stat().st_mode & 0o077 == 0
        assert len(os.fsencode(server.socket_dir)) < 80
        socket_dir = server.socket_dir
    assert not socket_dir.exists()


def test_the_last_one_to_leave_stops_it(tmp_path: Path) -> None:
    first = EmbeddedPostgres(tmp_path / "pg", durable=False).start()
    second = EmbeddedPostgres(tmp_path / "pg", durable=False).start()
    assert (first.started_here, second.started_here) == (True, False)
    first.stop()
    assert one(second, "SELECT 1") == 1
    second.stop()
    assert second.pid is None
    assert not second.alive()


def test_two_starts_at_once_make_one_server(tmp_path: Path) -> None:
    servers = [EmbeddedPostgres(tmp_path / "pg", durable=False, tied=False) for _ in range(3)]
    threads = [threading.Thread(target=server.start) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [server.started_here for server in servers].count(True) == 1
    assert len({server.pid for server in servers}) == 1
    for server in servers:
        server.stop()
    assert not servers[0].alive()


def test_it_starts_again_after_kill_nine_and_keeps_what_was_committed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "pg").start()
    with psycopg.connect(server.url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
        assert server.pid is not None
        os.kill(server.pid, signal.SIGKILL)
        with EmbeddedPostgres(tmp_path / "pg") as again:
            assert one(again, "SELECT n FROM kept") == 7
    server.stop()


def test_a_pid_file_of_another_program_is_not_believed(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "pg", durable=False):
        pass
    (tmp_path / "pg" / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n0\n5432\n/nowhere\n\n0 0\nready\n")
    with EmbeddedPostgres(tmp_path / "pg", durable=False) as server:
        assert one(server, "SELECT 1") == 1


def test_data_of_another_version_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir()
    (tmp_path / "pg" / "PG_VERSION").write_text("9\n")
    with pytest.raises(StartError, match="thuộc PostgreSQL 9"):
        EmbeddedPostgres(tmp_path / "pg").start()


def test_who_was_turned_away_meanwhile_is_not_the_reason(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir(mode=0o700)
    (tmp_path / "pg" / "PG_VERSION").write_text(f"{find_binaries().major}\n")
    log = tmp_path / "postgres.log"
    began = "2026-03-02 08:00:00.000 UTC [1] FATAL:  "
    ended, turned_away = "recovery ended before its target", "the database system is not accepting connections"
    log.write_text(f"{began}{ended}\n{began}{turned_away}\n{began}the database system is shutting down\n")
    with pytest.raises(StartError, match=ended):
        EmbeddedPostgres(tmp_path / "pg", log_file=log).start()


def test_a_folder_that_is_not_ours_is_not_used_for_the_socket(tmp_path: Path) -> None:
    (tmp_path / "theirs").symlink_to(tmp_path)
    with pytest.raises(StartError, match="không thuộc về tài khoản"):
        EmbeddedPostgres(tmp_path / "pg", runtime_dir=tmp_path / "theirs", durable=False).start()


if os.geteuid() == 0:  # only root can become another user

    def test_where_namespaces_are_off_root_uses_another_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        hidden = tmp_path / "hidden"
        hidden.mkdir(mode=0o700)
        assert not can_enter(hidden, "nobody")
        monkeypatch.setattr(module, "find_identity", lambda: Identity(user="nobody"))
        with tempfile.TemporaryDirectory(prefix="motcua-") as open_to_all:
            Path(open_to_all).chmod(0o755)
            monkeypatch.setattr(places, "RELOCATED", Path(open_to_all) / "lib")
            with EmbeddedPostgres(hidden / "pg", durable=False) as server:
                assert one(server, "SELECT 1") == 1
                kept_at = server.data_dir
            assert kept_at.is_relative_to(open_to_all)
            moved = hidden.rename(tmp_path / "moved")
            with EmbeddedPostgres(moved / "pg", durable=False) as server:
                assert server.data_dir == kept_at


def test_binaries_are_found_and_new_enough() -> None:
    found = find_binaries()
    assert found.major >= 15
    assert Path(found.program("initdb")).is_file()
