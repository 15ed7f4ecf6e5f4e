"""Is there a backup that is young enough? For doctor and the health page."""

from __future__ import annotations

from datetime import UTC, datetime

from motcua.project.backup.settings import TOO_OLD, BackupSettings
from motcua.project.backup.store import Store
from motcua.project.runtime.installation import Installation


def warning(installation: Installation, settings: BackupSettings, *, now: datetime) -> str:
    """Say what is wrong with the backups in one sentence; empty when nothing is, or when somebody else makes them."""
    if not settings.is_on:
        return ""
    store = Store(settings.folder)
    last = store.last_good()
    if last is None:
        return "" if now - _begun(installation) < TOO_OLD else "Chưa có bản sao lưu nào."
    if now - last > TOO_OLD:
        return f"Bản sao lưu gần nhất đã cũ {(now - last).total_seconds() / 3600:.0f} giờ."
    error = str(store.state().get("error") or "")
    return f"Sao lưu liên tục đang gặp lỗi: {error}" if error else ""


def _begun(installation: Installation) -> datetime:
    """When the installation was made: on its first day nothing is missing yet."""
    try:
        stamp = (installation.data_dir / "secret_key").stat().st_mtime
    except OSError:
        return datetime.now(UTC)
    return datetime.fromtimestamp(stamp, UTC)
