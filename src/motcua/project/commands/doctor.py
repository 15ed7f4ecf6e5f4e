"""`motcua doctor`: what is wrong with this installation, and what to do."""

from __future__ import annotations

import importlib
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import psycopg

from motcua.project.commands.shell import inside
from motcua.project.runtime.binaries import OLDEST_MAJOR, find_binaries, find_identity
from motcua.project.runtime.console import say
from motcua.project.runtime.errors import StartError
from motcua.project.runtime.installation import Installation

MODULES = ("django", "psycopg", "procrastinate", "gunicorn", "whitenoise", "typst", "pikepdf", "PIL", "argon2")
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")
LEAST_FREE_BYTES = 1024**3
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is empty when all is well."""

    good: bool
    text: str
    advice: str = ""


Check = Callable[[Installation], Iterator[Finding]]


def doctor(installation: Installation) -> int:
    """Look at everything and say what was found. Returns 0 when all is well, 1 otherwise."""
    findings = [finding for check in CHECKS for finding in _safely(check, installation)]
    for finding in findings:
        say(f"{'✔' if finding.good else '✘'} {finding.text}")
        if finding.advice:
            say(f"    → {finding.advice}")
    wrong = sum(not finding.good for finding in findings)
    say("Mọi thứ đều tốt." if not wrong else f"Có {wrong} điều cần sửa.")
    return 1 if wrong else 0


def _safely(check: Check, installation: Installation) -> Iterator[Finding]:
    try:
        yield from check(installation)
    except StartError as error:
        yield Finding(good=False, text=error.message, advice=error.advice)
    except (psycopg.Error, OSError) as error:
        yield Finding(good=False, text=str(error).strip().splitlines()[0], advice="Xem nhật ký trong thư mục logs.")


def _python(_installation: Installation) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info[:2] >= OLDEST_PYTHON
    yield Finding(good=good, text=f"Python {version}", advice="" if good else "Hãy cài Python 3.11 trở lên.")


def _modules(_installation: Installation) -> Iterator[Finding]:
    missing = []
    for name in MODULES:
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    if missing:
        yield Finding(good=False, text=f"Thiếu thư viện: {', '.join(missing)}", advice="Hãy chạy lại «make install».")
    else:
        yield Finding(good=True, text="Đủ thư viện Python")


def _reader(_installation: Installation) -> Iterator[Finding]:
    """Digitising works without it, but the clerk types every value."""
    from motcua.scanning.engine.reading import reader_missing

    missing = reader_missing()
    advice = "Trên Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie." if missing else ""
    said = f"Đọc bản quét: {missing} Dữ liệu phải gõ tay." if missing else "Đọc được bản quét tiếng Việt (Tesseract)"
    yield Finding(good=True, text=said, advice=advice)


def _folder(installation: Installation) -> Iterator[Finding]:
    folder = installation.data_dir
    if not folder.exists():
        yield Finding(good=False, text=f"Chưa có thư mục dữ liệu {folder}", advice="Hãy chạy «motcua up» để tạo.")
        return
    if not os.access(folder, os.W_OK | os.X_OK):
        yield Finding(good=False, text=f"Không ghi được vào {folder}", advice="Hãy sửa quyền hoặc chủ của thư mục.")
        return
    free = shutil.disk_usage(folder).free
    enough = free >= LEAST_FREE_BYTES
    yield Finding(
        good=enough,
        text=f"Thư mục dữ liệu {folder}, còn trống {free / 1024**3:.1f} GB",
        advice="" if enough else "Hãy dọn đĩa: cần trống ít nhất 1 GB.",
    )
    secret = folder / "secret_key"
    if secret.exists() and stat.S_IMODE(secret.stat().st_mode) & 0o077:
        yield Finding(good=False, text="Khóa bí mật đọc được bởi người khác", advice=f"Hãy chạy: chmod 600 '{secret}'")


def _postgres(installation: Installation) -> Iterator[Finding]:
    if installation.external_url:
        return
    found, identity = find_binaries(), find_identity()
    how = "không gian tên riêng" if identity.prefix else (identity.user or "tài khoản hiện tại")
    yield Finding(good=True, text=f"PostgreSQL {found.major} nhúng, chạy bằng {how}")


def _configuration(_installation: Installation) -> Iterator[Finding]:
    from motcua.project.env import BadEnvironment, read_environment

    try:
        read_environment()
    except BadEnvironment as error:
        yield Finding(good=False, text=str(error), advice="Hãy sửa biến môi trường đó.")
    else:
        yield Finding(good=True, text="Biến môi trường hợp lệ")


def _backups(installation: Installation) -> Iterator[Finding]:
    from motcua.project.backup.age import warning
    from motcua.project.backup.settings import backup_settings
    from motcua.project.backup.store import Store

    settings = backup_settings(installation)
    if not installation.exists():
        return
    if not settings.is_on:
        yield Finding(good=True, text="Một Cửa không tự sao lưu (MOTCUA_BACKUP)")
        return
    wrong = warning(installation, settings, now=datetime.now(UTC))
    last = Store(settings.folder).last_good()
    text = f"Bản sao lưu gần nhất xong lúc {last.astimezone():%H:%M %d/%m/%Y}" if last else "Chưa có bản sao lưu nào"
    advice = "Hãy chạy «motcua backup» và xem logs/backup.log." if wrong else ""
    yield Finding(good=not wrong, text=wrong or text, advice=advice)
    if settings.folder.exists() and settings.folder.stat().st_dev == installation.data_dir.stat().st_dev:
        advice = "Đĩa hỏng là mất cả hai: hãy đặt MOTCUA_BACKUP_DIR sang đĩa khác hoặc chép sang máy khác."
        yield Finding(good=True, text="Bản sao lưu nằm cùng đĩa với dữ liệu", advice=advice)


def _database(installation: Installation) -> Iterator[Finding]:
    if not installation.exists():
        return
    with inside(installation, ready=False) as database_url:
        with psycopg.connect(database_url, connect_timeout=10) as connection:
            yield from _server(connection)
        waiting = list(_tables())
        yield from waiting
        if all(one.good for one in waiting):
            yield from _kept_files()
            yield from _antivirus()
            yield from _evidence()


def _kept_files() -> Iterator[Finding]:
    from django.utils import timezone

    from motcua.files.queries import condition, fault_warning

    found, wrong = condition(), fault_warning()
    if wrong:
        yield Finding(good=False, text=wrong, advice="Hãy chạy «motcua files check --mend» và xem docs/vi/kho-tep.md.")
        return
    size = f"{found.contents} tệp, {found.bytes / 1024**3:.1f} GB, {found.quarantined} tệp đang cách ly"
    read = (
        f"đọc lại từ {timezone.localtime(found.oldest_check):%d/%m/%Y}"
        if found.oldest_check
        else "chưa đọc lại lần nào"
    )
    yield Finding(good=True, text=f"Kho tệp: {size}; {read}, {found.not_checked} tệp chưa tới lượt")


def _antivirus() -> Iterator[Finding]:
    from django.conf import settings

    from motcua.files.providers.antivirus import AntivirusAway
    from motcua.files.providers.antivirus.choice import antivirus
    from motcua.files.queries import condition

    program = antivirus()
    if program is None:
        advice = "Tệp gửi lên không được quét mã độc. Muốn quét: cài ClamAV và đặt MOTCUA_CLAMD."
        yield Finding(good=True, text="Không quét mã độc", advice=advice)
        return
    try:
        version = program.version()
    except AntivirusAway as error:
        refusing = settings.CLAMD_DOWN == "refuse"
        effect = "mọi tệp gửi lên bị từ chối" if refusing else "tệp gửi lên được nhận mà chưa quét"
        advice = f"Trong lúc này {effect}. Hãy khởi động clamd hoặc sửa MOTCUA_CLAMD."
        yield Finding(good=False, text=f"Chương trình quét mã độc không trả lời: {error}", advice=advice)
    else:
        yield Finding(good=True, text=f"Quét mã độc bằng {version}; {condition().not_scanned} tệp chưa quét")


def _evidence() -> Iterator[Finding]:
    from motcua.evidence.providers.keys import KeyProblemError, head_key
    from motcua.evidence.queries.heads import condition, origin_of_log

    state = condition()
    advice = "Hãy chạy «motcua evidence key new TỆP» và đặt MOTCUA_EVIDENCE_KEY; xem docs/vi/bang-chung.md."
    try:
        key = head_key(origin_of_log())
    except KeyProblemError as error:
        yield Finding(good=False, text=str(error), advice=advice)
        return
    if key is None:
        yield Finding(good=True, text="Đầu sổ bằng chứng chưa được ký: chưa có khóa", advice=advice)
    else:
        yield Finding(good=True, text=f"Sổ bằng chứng: {state.size} lá, {state.heads} đầu sổ, {state.waiting} dòng chờ")
    if state.alarms:
        text = f"Sổ bằng chứng có {state.alarms} báo động"
        yield Finding(good=False, text=text, advice="Hãy xem trang Bằng chứng và chạy «motcua evidence check».")


def _server(connection: psycopg.Connection) -> Iterator[Finding]:
    major = connection.info.server_version // 10000
    old = major < OLDEST_MAJOR
    advice = f"Cần PostgreSQL {OLDEST_MAJOR} trở lên." if old else ""
    yield Finding(good=not old, text=f"Cơ sở dữ liệu trả lời, PostgreSQL {major}", advice=advice)
    rows = connection.execute("SELECT name FROM pg_available_extensions").fetchall()
    missing = sorted(set(EXTENSIONS) - {str(row[0]) for row in rows})
    if missing:
        advice = "Hãy cài gói postgresql-contrib trên máy chủ cơ sở dữ liệu."
        yield Finding(good=False, text=f"Thiếu phần mở rộng: {', '.join(missing)}", advice=advice)


def _tables() -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    advice = "Hãy chạy «motcua up» (hoặc «motcua manage migrate»)." if waiting else ""
    text = f"Còn {waiting} bước cập nhật bảng chưa chạy" if waiting else "Các bảng dữ liệu đúng phiên bản"
    yield Finding(good=not waiting, text=text, advice=advice)


def _running(installation: Installation) -> Iterator[Finding]:
    state = installation.running()
    yield Finding(good=True, text=f"Đang chạy tại {state['url']}" if state else "Hiện không chạy")


CHECKS: tuple[Check, ...] = (
    *(_python, _modules, _reader, _configuration, _folder),
    *(_postgres, _backups, _database, _running),
)
