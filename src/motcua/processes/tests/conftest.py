"""Where data for trials lies, when it is there."""

import os
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[4]


@pytest.fixture
def trial_data() -> Path:
    """The folder of trial data; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("MOTCUA_TRIAL_DATA") or _CHECKOUT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"Không có dữ liệu chạy thử ở {folder}.")
    return folder
