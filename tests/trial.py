"""Real data to try on, where it lies beside the checkout (or where MOTCUA_TRIAL_DATA says); never part of the house."""

import os
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parents[1]


def trial_file(name: str) -> Path:
    """Return the file of that name below the folder of trial data; the test is skipped where it is absent."""
    folder = Path(os.environ.get("MOTCUA_TRIAL_DATA") or _CHECKOUT.parent / "shared" / "data")
    if not (folder / name).exists():
        pytest.skip(f"no trial data {name} below {folder}")
    return folder / name
