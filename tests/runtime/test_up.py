"""`motcua up`: starts everything, keeps it running, ends it without a trace."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import pytest

from tests.runtime.machine import Up, motcua, postgres_pid, processes_of, wait_for

OK = 200


def test_opens_the_pages_from_a_long_path(up: Up) -> None:
    assert up.status("/healthz") == OK
    assert up.status("/") == OK


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything(data_dir: Path, number: signal.Signals) -> None:
    with Up(data_dir, "--port", "18100") as running:
        running.wait_until_open()
        assert running.stop(number) == 0
    assert processes_of(data_dir) == []
    assert not (data_dir / "run.json").exists()
    assert not (data_dir / "pg" / "postmaster.pid").exists()
    assert "Đã dừng." in running.output


def test_a_prepared_installation_opens_at_once(data_dir: Path) -> None:
    with Up(data_dir, "--port", "18200") as running:
        assert running.wait_until_open() < 30  # three seconds on a machine with nothing else to do
        assert "Đang" not in running.output.split("đang chạy")[0].replace("Một Cửa", "")


def test_a_taken_port_is_named_and_the_next_one_used(data_dir: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with Up(data_dir, "--port", str(taken)) as running:
            running.wait_until_open()
            assert f"Cổng {taken} đang có chương trình khác dùng" in running.output
            assert running.port > taken
            assert running.status() == OK


def test_a_second_start_on_the_same_folder_is_refused(up: Up) -> None:
    second = motcua("up", "--data", str(up.data_dir), "--port", "18300")
    assert second.returncode == 1
    assert f"Một Cửa đang chạy trên thư mục {up.data_dir}, tại http://localhost:{up.port}" in second.stderr
    assert up.status() == OK


def test_a_killed_database_is_started_again(up: Up) -> None:
    before = postgres_pid(up.data_dir)
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: "Cơ sở dữ liệu đã chạy lại" in up.output)
    assert postgres_pid(up.data_dir) != before
    wait_for(lambda: up.status() == OK, seconds=15)


def test_a_killed_child_is_started_again(up: Up) -> None:
    worker = _child(up, b"worker")
    os.kill(worker, signal.SIGKILL)
    wait_for(lambda: "Tiến trình nền đã dừng" in up.output)
    wait_for(lambda: _child(up, b"worker") not in {0, worker})
    assert up.status() == OK


def test_nothing_survives_a_killed_program_and_the_next_start_works(data_dir: Path) -> None:
    with Up(data_dir, "--port", "18400") as running:
        running.wait_until_open()
        running.stop(signal.SIGKILL)
    wait_for(lambda: processes_of(data_dir) == [], seconds=20)
    with Up(data_dir, "--port", "18400") as again:
        again.wait_until_open()
        assert again.status() == OK


def test_a_proxy_with_tls_is_believed_only_when_told_so(data_dir: Path) -> None:
    facts = {"MOTCUA_BEHIND_PROXY": "1", "MOTCUA_BASE_URL": "https://motcua.example", "MOTCUA_HOSTS": "motcua.example"}
    with Up(data_dir, "--port", "18500", **facts) as running:
        running.wait_until_open()
        secure = {"Host": "motcua.example", "X-Forwarded-Proto": "https"}
        assert running.status("/", **secure) == OK
        assert running.status("/", Host="somebody.else") != OK


def test_a_wrong_environment_is_named_at_once(tmp_path: Path) -> None:
    done = motcua("up", "--data", str(tmp_path / "d"), MOTCUA_MAX_UPLOAD_MB="nhiều")
    assert done.returncode == 1
    assert "MOTCUA_MAX_UPLOAD_MB" in done.stderr
    assert not (tmp_path / "d").exists()


def test_a_folder_that_cannot_be_written_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "tệp").touch()
    done = motcua("up", "--data", str(tmp_path / "tệp" / "dữ liệu"))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Không ghi được vào thư mục dữ liệu" in done.stderr


def _child(up: Up, word: bytes) -> int:
    """The process of the data folder whose command ends with the word; 0 when there is none."""
    for pid in processes_of(up.data_dir):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if command.rstrip(b"\0").split(b"\0")[-1] == word:
            return pid
    return 0
