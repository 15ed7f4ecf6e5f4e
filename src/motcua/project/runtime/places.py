"""Folders of the embedded database: its data, its socket, and how another user gets at them."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from motcua.project.runtime.binaries import Binaries
from motcua.project.runtime.errors import StartError

LONGEST_SOCKET = 107  # bytes of a Unix socket's path
SOCKET_NAME = ".s.PGSQL.5432.lock"
RELOCATED = Path("/var/lib/motcua")


def fingerprint(path: Path) -> str:
    """Ten letters that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:10]


def owner_of(user: str | None) -> int:
    """Number of the user that is to own the database's files."""
    return pwd.getpwnam(user).pw_uid if user else os.geteuid()


def private_folder(path: Path, user: str | None) -> Path:
    """Make a folder only its owner can enter; refuses one that somebody else has put there. Raises StartError."""
    uid = owner_of(user)
    try:
        path.mkdir(mode=0o700, parents=False)
        if user:
            os.chown(path, uid, -1)
    except FileExistsError:
        pass
    seen = path.lstat()
    if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != uid:
        raise StartError(f"Thư mục {path} không thuộc về tài khoản chạy Một Cửa.", "Hãy xóa thư mục đó rồi chạy lại.")
    path.chmod(0o700)
    return path


def socket_folder(data_dir: Path, user: str | None) -> Path:
    """A short private folder for the socket of the server that keeps its data in `data_dir`."""
    name = f"motcua-{owner_of(user)}-{fingerprint(data_dir)}"
    session = os.environ.get("XDG_RUNTIME_DIR", "")
    bases = [Path(session)] if session and not user and os.access(session, os.W_OK | os.X_OK) else []
    for base in [*bases, Path(tempfile.gettempdir()), Path("/tmp")]:  # noqa: S108 the folder made there is private and checked
        if len(os.fsencode(base / name / SOCKET_NAME)) <= LONGEST_SOCKET:
            return private_folder(base / name, user)
    raise StartError("Không có thư mục tạm nào đủ ngắn để đặt ổ cắm PostgreSQL.", "Hãy đặt TMPDIR=/tmp rồi chạy lại.")


def give_to(folder: Path, user: str | None) -> None:
    """Make another user the owner of a folder and everything in it."""
    if user:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner_of(user), -1, follow_symlinks=False)


def can_enter(folder: Path, user: str) -> bool:
    """Tell whether the other user may walk into the folder."""
    done = subprocess.run(["test", "-x", str(folder)], user=user, extra_groups=[], cwd="/", check=False)
    return done.returncode == 0


def reachable_data(data_dir: Path, user: str) -> Path:
    """Where the other user can keep the data meant for `data_dir`: there, or in a folder of the system."""
    if can_enter(data_dir.parent, user):
        return data_dir
    note = data_dir.with_name(data_dir.name + ".place")  # stays right when the data folder is moved
    if note.exists():
        return Path(note.read_text().strip())
    RELOCATED.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = private_folder(RELOCATED / fingerprint(data_dir), user) / "pg"
    note.write_text(f"{place}\n")
    return place


def reachable_binaries(found: Binaries, user: str) -> Binaries:
    """Programs the other user can run: the ones found, or a copy in a folder of the system."""
    if can_enter(found.folder, user):
        return found
    copy = RELOCATED / f"postgresql-{fingerprint(found.folder)}-{found.major}"
    if not copy.is_dir():
        RELOCATED.mkdir(mode=0o755, parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=RELOCATED))
        shutil.copytree(found.folder.parent, half / "tree", symlinks=True)
        (half / "tree").chmod(0o755)
        (half / "tree").rename(copy)
        half.rmdir()
    return Binaries(copy / found.folder.name, found.major)
