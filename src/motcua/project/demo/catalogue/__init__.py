"""The demo catalogue: real procedures, one YAML file each, and which unit works on which field."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml

from motcua.procedures.rules.reading import definition_from
from motcua.procedures.terms import Definition, Level

FOLDER = Path(__file__).resolve().parent
_HANDLING = FOLDER / "_handling.yaml"


@dataclass(frozen=True, slots=True)
class Handling:
    """Which division of a commune and which department of the province work on a field."""

    commune: str
    province: str
    division: str

    def slug(self, level: str, *, commune: str = "") -> str:
        """The slug of the handling unit: of the department's division, or of a division of the commune (its slug)."""
        return f"{self.province}-{self.division}" if level == Level.PROVINCE else f"{commune}-{self.commune}"


def definitions() -> list[Definition]:
    """Read every procedure of the catalogue, by code. Raises Invalid for a file that is not a definition."""
    files = sorted(FOLDER.glob("[0-9].*.yaml"))
    return [definition_from(yaml.safe_load(file.read_text(encoding="utf-8"))) for file in files]


def handling() -> Mapping[str, Handling]:
    """Read field code → who works on it."""
    raw = yaml.safe_load(_HANDLING.read_text(encoding="utf-8"))
    return MappingProxyType({code: Handling(**units) for code, units in raw.items()})
