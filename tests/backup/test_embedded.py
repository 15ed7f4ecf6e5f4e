"""The embedded database: restored to any moment, checked, refused when damaged."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from motcua.files.rules.places import blob_path
from motcua.project.backup.store import Store
from tests.backup.conftest import Worked
from tests.backup.picture import one, picture
from tests.backup.scene import ACTS_OF_A_LIFE, with_database
from tests.runtime.machine import Up, motcua, processes_of, wait_for

JOURNAL = "SELECT count(*) FROM journal_entry WHERE object_type = 'dossiers.dossier'"
FEW_SECONDS = 8.0  # far below FILES_SECONDS of the continuous backup; two cores may be busy


def test_restored_to_a_moment_everything_is_as_it_was(worked: Worked, tmp_path: Path) -> None:
    second, _third = worked.moments
    done = motcua("restore", "--from", str(worked.backups), "--data", str(tmp_path / "mới"), "--to", second.isoformat())
    assert done.returncode == 0, done.stderr
    assert with_database(tmp_path / "mới", picture) == worked.pictures[0]
    assert with_database(tmp_path / "mới", lambda where: one(where, JOURNAL)) == 2 * ACTS_OF_A_LIFE
    kept = [path for path in (tmp_path / "mới" / "blobs").glob("??/*") if path.is_file()]
    assert len(kept) == with_database(tmp_path / "mới", lambda where: one(where, "SELECT count(*) FROM files_blob"))
    assert (tmp_path / "mới" / "secret_key").read_text() == (worked.data_dir / "secret_key").read_text()


def test_restored_to_the_end_it_runs_again_and_is_backed_up_anew(worked: Worked, tmp_path: Path) -> None:
    data_dir = tmp_path / "mới"
    done = motcua("restore", "--from", str(worked.backups), "--data", str(data_dir))
    assert done.returncode == 0, done.stderr
    assert with_database(data_dir, picture) == worked.pictures[1]
    with Up(data_dir, "--port", "18850") as up:
        up.wait_until_open()
        assert up.status("/") == 200
        made = motcua("backup", "--data", str(data_dir))
        assert made.returncode == 0, made.stderr
    assert processes_of(data_dir) == []
    found = Store(data_dir / "backup").manifests()
    assert {one.kind for one in found} == {"physical"}
    checked = motcua("backup", "check", "--data", str(data_dir))
    assert checked.returncode == 0, checked.stderr


def test_a_moment_after_the_last_change_is_the_end(worked: Worked, tmp_path: Path) -> None:
    done = motcua("restore", "--from", str(worked.backups), "--data", str(tmp_path / "mới"), "--to", "2099-01-01 08:00")
    assert done.returncode == 0, done.stderr
    assert with_database(tmp_path / "mới", picture) == worked.pictures[1]


def test_a_moment_before_the_first_backup_is_refused(worked: Worked, tmp_path: Path) -> None:
    done = motcua("restore", "--from", str(worked.backups), "--data", str(tmp_path / "mới"), "--to", "2020-01-01")
    assert done.returncode == 1
    assert "Không có bản sao lưu nào trước thời điểm đó" in done.stderr
    assert not (tmp_path / "mới").exists()


def test_nothing_is_ever_overwritten(worked: Worked, tmp_path: Path) -> None:
    (tmp_path / "mới").mkdir()
    (tmp_path / "mới" / "thư").write_text("quan trọng")
    done = motcua("restore", "--from", str(worked.backups), "--data", str(tmp_path / "mới"))
    assert done.returncode == 1
    assert "không bao giờ ghi đè" in done.stderr
    assert [path.name for path in (tmp_path / "mới").iterdir()] == ["thư"]


def test_a_moment_nobody_can_read_is_refused(worked: Worked, tmp_path: Path) -> None:
    done = motcua("restore", "--from", str(worked.backups), "--data", str(tmp_path / "mới"), "--to", "hôm qua")
    assert done.returncode == 1
    assert "Không hiểu thời điểm «hôm qua»" in done.stderr


def test_a_good_backup_is_found_good(worked: Worked) -> None:
    done = motcua("backup", "check", "--data", str(worked.data_dir), "--from", str(worked.backups))
    assert done.returncode == 0, done.stderr
    assert "khôi phục được" in done.stdout
    assert "chuỗi nhật ký nguyên vẹn" in done.stdout
    assert list(worked.backups.glob("scratch-*")) == []


def test_a_damaged_backup_is_refused(worked: Worked, tmp_path: Path) -> None:
    damaged = tmp_path / "hỏng"
    shutil.copytree(worked.backups, damaged)
    path = next(damaged.glob("bases/*/base.tar.gz"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    done = motcua("restore", "--from", str(damaged), "--data", str(tmp_path / "mới"))
    assert done.returncode == 1
    assert "base.tar.gz đã hỏng hoặc bị sửa" in done.stderr
    assert not (tmp_path / "mới").exists()
    checked = motcua("backup", "check", "--from", str(damaged), "--data", str(worked.data_dir))
    assert checked.returncode == 1
    assert "KHÔNG dùng được" in checked.stderr


def test_a_lost_file_of_a_dossier_is_named(worked: Worked, tmp_path: Path) -> None:
    damaged = tmp_path / "thiếu"
    shutil.copytree(worked.backups, damaged)
    lost = next(path for path in damaged.glob("blobs/??/*"))
    digest = lost.parent.name + lost.name
    lost.unlink()
    checked = motcua("backup", "check", "--from", str(damaged), "--data", str(worked.data_dir))
    assert checked.returncode == 1
    assert digest in checked.stderr
    done = motcua("restore", "--from", str(damaged), "--data", str(tmp_path / "mới"))
    assert done.returncode == 1
    assert digest in done.stderr


def test_files_follow_the_changes_at_once_and_none_stays_behind(prepared: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "dữ liệu"
    shutil.copytree(prepared, data_dir)
    store = Store(data_dir / "backup")
    with Up(data_dir, "--port", "18870") as up:
        up.wait_until_open()
        wait_for(store.manifests)
        while_working = new_blob(data_dir, "đang làm việc")
        wait_for((store.blobs / while_working).is_file, seconds=FEW_SECONDS)
        before_the_end = new_blob(data_dir, "ngay trước khi dừng")
    assert (store.blobs / before_the_end).read_text() == "ngay trước khi dừng"


def new_blob(data_dir: Path, content: str) -> Path:
    """Put a content where the system puts it; return its place among the blobs."""
    path = blob_path(data_dir, hashlib.sha256(content.encode()).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path.relative_to(data_dir / "blobs")


def test_a_gap_in_the_changes_is_named(worked: Worked, tmp_path: Path) -> None:
    damaged = tmp_path / "đứt"
    shutil.copytree(worked.backups, damaged)
    last = sorted(damaged.glob("lines/*/wal/*"))[-1]
    number = int(last.name[16:24], 16) + 2
    shutil.copy(last, last.with_name(f"{last.name[:16]}{number:08X}.partial"))
    checked = motcua("backup", "check", "--from", str(damaged), "--data", str(worked.data_dir))
    assert checked.returncode == 1
    assert "Dòng thay đổi bị đứt" in checked.stderr
