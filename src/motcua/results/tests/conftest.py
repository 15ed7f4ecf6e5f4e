from pathlib import Path
from typing import Any

import pytest

from motcua.dossiers.tests.world import World, definition


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.DATA_DIR = tmp_path
    results = [{"code": "KQ.G15.000031", "name": "Giấy khai sinh", "validity": "6 tháng"}]
    return World(definition(results=results)).build()
