"""What the environment says of backups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from motcua.project.env import read_environment
from motcua.project.runtime.installation import Installation

_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = timedelta(days=1)
#: A daily backup this late is worth a warning: a night was missed.
TOO_OLD = timedelta(hours=36)


@dataclass(frozen=True)
class BackupSettings:
    """Whether `motcua up` backs up by itself, where to, for how long, at which hour of the day (Vietnam)."""

    is_on: bool
    folder: Path
    keep_days: int
    hour: int

    def last_due(self, now: datetime) -> datetime:
        """The last moment at which a daily backup was to be taken."""
        local = now.astimezone(_HERE)
        today = datetime.combine(local.date(), time(self.hour), _HERE)
        return today if today <= local else today - DAY


def backup_settings(installation: Installation) -> BackupSettings:
    """Read them. `auto` means: on for the embedded database, whose only keeper we are."""
    found = read_environment()
    is_on = found.backup == "on" or (found.backup == "auto" and not installation.external_url)
    folder = Path(found.backup_dir).absolute() if found.backup_dir else installation.data_dir / "backup"
    return BackupSettings(is_on, folder, found.backup_keep_days, found.backup_hour)
