"""What the installation's own files promise."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"


def test_locks_name_no_address_and_hash_everything() -> None:
    for path in REQUIREMENTS.glob("*.txt"):
        text = path.read_text()
        assert "://" not in text, path
        assert "index-url" not in text, path
        for block in re.split(r"\n(?=\S)", text):
            if "==" in block.splitlines()[0]:
                assert "--hash=sha256:" in block, block.splitlines()[0]


def test_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {
        "run": project["dependencies"],
        "dev": [*project["dependencies"], *project["optional-dependencies"]["dev"]],
    }
    for name, dependencies in wanted.items():
        locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", (REQUIREMENTS / f"{name}.txt").read_text(), re.MULTILINE))
        names = {_plain(re.match(r"[A-Za-z0-9._-]+", each).group()) for each in dependencies}  # type: ignore[union-attr]
        assert names <= {_plain(each) for each in locked}, name


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
