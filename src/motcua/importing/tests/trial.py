"""Where the trial data is: beside the checkout, or where MOTCUA_TRIAL_DATA says. It never goes into the project."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[5] / "shared" / "data"
FOLDER = Path(os.environ.get("MOTCUA_TRIAL_DATA", _BESIDE)) / "tthc"

needs_trial_data = pytest.mark.skipif(not FOLDER.is_dir(), reason="no trial data (MOTCUA_TRIAL_DATA)")


def trial_file(stem: str) -> Path:
    """The file of that name, whatever its ending."""
    return next(path for path in sorted(FOLDER.iterdir()) if path.name.startswith(f"{stem}."))
