"""The folder of the backups: what lies where, and the manifest that says what a backup holds."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from motcua.project.runtime.errors import StartError

CHUNK = 1024 * 1024
MANIFEST = "manifest.json"
PHYSICAL, LOGICAL = "physical", "logical"
_ABOUT = """Thư mục sao lưu của Một Cửa. Đừng sửa, xóa hay đổi tên gì ở đây bằng tay.
bases/   các bản sao lưu; mỗi bản có manifest.json ghi kích thước và mã băm từng tệp
lines/   dòng thay đổi liên tục (WAL), để khôi phục về một thời điểm bất kỳ
blobs/   tệp đính kèm, mỗi nội dung một lần, tên là mã băm SHA-256
Kiểm tra: motcua backup check. Khôi phục: motcua restore --from THƯ_MỤC_NÀY --data THƯ_MỤC_MỚI
Ở đây có khóa bí mật và dữ liệu cá nhân: chỉ người quản trị được đọc.
"""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. Moments are ISO 8601 in UTC; `files`: name → [bytes, SHA-256]."""

    id: str
    kind: str
    line: str
    started_at: str
    finished_at: str
    server_version: int
    database: str
    user: str
    superuser: str
    embedded: bool
    timeline: int = 0
    start_lsn: str = ""
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    counts_before: dict[str, int] = field(default_factory=dict)
    counts_after: dict[str, int] = field(default_factory=dict)

    @property
    def finished(self) -> datetime:
        """When it was complete: no moment before can be restored from it."""
        return datetime.fromisoformat(self.finished_at)

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(size for size, _digest in self.files.values())

    @property
    def first_segment(self) -> str:
        """Name of the first file of changes that is needed after it; empty for a logical one."""
        if not self.start_lsn:
            return ""
        high, low = (int(part, 16) for part in self.start_lsn.split("/"))
        return f"{self.timeline:08X}{high:08X}{low >> 24:08X}"


class Store:
    """One folder of backups. Raises StartError when it cannot be used."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder).expanduser().absolute()
        self.bases = self.folder / "bases"
        self.blobs = self.folder / "blobs"
        self.lines = self.folder / "lines"

    def make(self) -> Store:
        """Make the folder, private."""
        try:
            for folder in (self.folder, self.bases, self.blobs, self.lines):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / "DOC-TOI.txt").write_text(_ABOUT)
        except OSError as error:
            raise StartError(
                f"Không ghi được vào thư mục sao lưu {self.folder}: {error.strerror}.",
                "Hãy đặt MOTCUA_BACKUP_DIR vào một ổ đĩa ghi được và còn trống.",
            ) from error
        return self

    def wal_of(self, line: str) -> Path:
        """The folder of a line's changes."""
        return self.lines / line / "wal"

    def base(self, backup: str) -> Path:
        """The folder of a backup."""
        return self.bases / backup

    def manifests(self) -> list[Manifest]:
        """Every finished backup, oldest first."""
        found = [self._read(path) for path in sorted(self.bases.glob(f"*/{MANIFEST}"))] if self.bases.is_dir() else []
        return sorted((one for one in found if one is not None), key=lambda one: one.finished_at)

    def _read(self, path: Path) -> Manifest | None:
        try:
            return Manifest(**json.loads(path.read_text()))
        except (OSError, ValueError, TypeError):
            return None

    def last_good(self) -> datetime | None:
        """When the newest backup was complete; None when there is none."""
        found = self.manifests()
        return found[-1].finished if found else None

    # what the continuous backup says of itself

    def note(self, **state: Any) -> None:
        """Write down how the continuous backup is doing."""
        write_whole(self.folder / "state.json", json.dumps({**state, "at": datetime.now(UTC).isoformat()}))

    def state(self) -> dict[str, Any]:
        """What `note` wrote last."""
        try:
            found: dict[str, Any] = json.loads((self.folder / "state.json").read_text())
        except (OSError, ValueError):
            return {}
        return found


def manifest_text(manifest: Manifest) -> str:
    """The manifest as its file holds it."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a crash leaves the old one or the new one, private to its owner."""
    half = path.with_name(path.name + ".new")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush_folder(folder: Path) -> None:
    """Have the folder's names on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def problems_of_files(store: Store, manifest: Manifest) -> Iterator[str]:
    """Say of each file of a backup that is missing or not as it was written."""
    for name, (size, digest) in manifest.files.items():
        path = store.base(manifest.id) / name
        if not path.is_file():
            yield f"Bản {manifest.id}: thiếu tệp {name}."
        elif path.stat().st_size != size or digest_of(path) != digest:
            yield f"Bản {manifest.id}: tệp {name} đã hỏng hoặc bị sửa."
