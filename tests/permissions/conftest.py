from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from motcua.dossiers.tests.world import MONDAY, World, definition
from tests.permissions.stage import Stage

PDF = Path(__file__).parents[1] / "api" / "to-khai.pdf"


@pytest.fixture
def now() -> Iterator[object]:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def stage(db: None, now: object, settings: Any, tmp_path: Path) -> Stage:
    settings.DATA_DIR = tmp_path
    return Stage(World(definition()).build(), PDF.read_bytes())
