"""The source as trees, read once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "motcua"
ROOMS = (
    *("journal", "agencies", "identity", "deadlines", "notifications", "files", "procedures", "dossiers"),
    *("postal", "land", "certification", "packages", "scanning"),
)


def python_files(*, tests: bool = False) -> Iterator[Path]:
    """Every Python file of the house; migrations are not read by people and left out."""
    for path in sorted(SRC.rglob("*.py")):
        parts = path.relative_to(SRC).parts
        if "migrations" not in parts and (tests or "tests" not in parts):
            yield path


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))
