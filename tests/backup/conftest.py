"""One installation that worked at three moments, for all tests that restore from it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from tests.backup.scene import Scene, superuser_of
from tests.runtime.conftest import prepared
from tests.runtime.machine import Up, processes_of

__all__ = ["prepared"]


@dataclass(frozen=True)
class Worked:
    """A data folder that rests, its backups, two moments with what the database held then, and the blobs."""

    data_dir: Path
    backups: Path
    moments: tuple[datetime, datetime]
    pictures: tuple[dict[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def worked(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Worked:
    """Dossiers at t1, t2 and t3, backed up by itself; the moments lie after t2 and after t3."""
    folder = tmp_path_factory.mktemp("nơi làm việc")
    data_dir = folder / "dữ liệu"
    shutil.copytree(prepared, data_dir)
    with Up(data_dir, "--port", "18800", MOTCUA_BACKUP_DIR=str(folder / "bản sao")) as up:
        up.wait_until_open()
        scene = Scene(up, superuser_of(data_dir), folder / "bản sao")
        scene.wait_for_backup()
        scene.lead_a_dossier()
        second = scene.lead_a_dossier()
        picture = scene.picture()
        third = scene.lead_a_dossier()
        last = scene.picture()
        scene.wait_until_received()
    assert processes_of(data_dir) == []
    return Worked(data_dir, folder / "bản sao", (second, third), (picture, last))
