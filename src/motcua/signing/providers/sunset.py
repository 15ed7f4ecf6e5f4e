"""The table of algorithms' ends, as it lies in data/sunset.yaml."""

import functools
from datetime import timedelta
from pathlib import Path

import yaml

from motcua.signing.rules.renewal import Sunsets

_FILE = Path(__file__).resolve().parent.parent / "data" / "sunset.yaml"


@functools.cache
def house_sunsets() -> Sunsets:
    """Return the table of this installation."""
    said = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return Sunsets(said["until"], timedelta(days=said["margin_days"]))
