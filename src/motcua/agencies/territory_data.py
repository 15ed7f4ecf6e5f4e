"""The list of administrative territories shipped in `data/` (attribution: `data/README.md`)."""

import csv
import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class TerritoryRow:
    """One territory; `parent` is the code and first day of what stands above it."""

    code: str
    name: str
    kind: str
    parent: tuple[str, date] | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """One predecessor (code, first day) and one successor of it."""

    predecessor: tuple[str, date]
    successor: tuple[str, date]
    is_split: bool
    is_default: bool


def _lines(name: str) -> Iterator[dict[str, str]]:
    packed = files("motcua.agencies").joinpath("data", name).read_bytes()
    return csv.DictReader(io.StringIO(gzip.decompress(packed).decode()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _key(code: str, since: str) -> tuple[str, date]:
    return code, date.fromisoformat(since)


def read_territories() -> list[TerritoryRow]:
    """Every territory of the list: 34 + 3,321 since 01/07/2025; 63 + 696 + 10,035 before."""
    return [
        TerritoryRow(
            code=line["code"],
            name=line["name"],
            kind=line["kind"],
            parent=_key(line["parent"], line["parent_from"]) if line["parent"] else None,
            valid_from=date.fromisoformat(line["valid_from"]),
            valid_to=_day(line["valid_to"]),
        )
        for line in _lines("territories.csv.gz")
    ]


def read_successions() -> list[SuccessionRow]:
    """Every pair of a territory that ended on 30/06/2025 and one that took it over, wholly or in part."""
    return [
        SuccessionRow(
            predecessor=_key(line["predecessor"], line["predecessor_from"]),
            successor=_key(line["successor"], line["successor_from"]),
            is_split=line["is_split"] == "1",
            is_default=line["is_default"] == "1",
        )
        for line in _lines("successions.csv.gz")
    ]
