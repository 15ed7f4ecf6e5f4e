"""One prepared installation for all tests of the runtime; each test works on a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.project.runtime.locks import FileLock
from tests.runtime.machine import Up, motcua, processes_of

LONG_PATH_BYTES = 200


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A data folder whose tables are made; made once, also when several test processes run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "prepared"
    with FileLock(folder.with_name("prepared.lock")).held(seconds=180, what="prepared"):
        if not (folder / "ready").exists():
            done = motcua("prepare", "--data", str(folder))
            assert done.returncode == 0, done.stdout + done.stderr
            (folder / "ready").touch()
    return folder


@pytest.fixture
def data_dir(prepared: Path, tmp_path: Path) -> Iterator[Path]:
    """A prepared data folder at the end of a long path with spaces and letters with marks."""
    parent = tmp_path / "Trung tâm Phục vụ hành chính công"
    while len(str(parent).encode()) < LONG_PATH_BYTES:
        parent /= "xã Đường Lâm, thị xã Sơn Tây"
    parent.mkdir(parents=True)
    folder = parent / "dữ liệu"
    shutil.copytree(prepared, folder)
    yield folder
    assert processes_of(folder) == []


@pytest.fixture
def up(data_dir: Path) -> Iterator[Up]:
    """The whole system, open, on a port of its own."""
    with Up(data_dir, "--port", "18000") as running:
        running.wait_until_open()
        yield running
