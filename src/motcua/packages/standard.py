"""What packages are tried with where no installation is at hand: the office week, the days and territories shipped."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from motcua.agencies.territory_data import TerritoryRow, read_territories
from motcua.deadlines.rules.calendar import OFFICE_WEEK, Calendar
from motcua.deadlines.terms import DayException, DayKind, Half
from motcua.forms.rules.answers import Places

_PROVINCES = frozenset({"province", "city"})
_COMMUNES = frozenset({"ward", "commune", "township", "special_zone"})


@cache
def standard_calendar() -> Calendar:
    """The office week of eight hours with the days off that come with the software."""
    text = files("motcua.deadlines").joinpath("data", "days.csv").read_text(encoding="utf-8")
    exceptions = {
        date.fromisoformat(row["date"]): DayException(
            kind=DayKind(row["kind"]),
            half=Half(row["half"]),
            name=row["name"],
            decision=row["decision_no"],
            decided=row["decided"] == "yes",
        )
        for row in csv.DictReader(io.StringIO(text))
        if row["applies"] == "yes"
    }
    years = [day.year for day in exceptions]
    return Calendar(OFFICE_WEEK, exceptions, covered=(min(years), max(years)))


class ShippedPlaces:
    """The territories that come with the software."""

    def __init__(self) -> None:
        rows = read_territories()
        self._provinces = [row for row in rows if row.kind in _PROVINCES]
        above = {(row.code, row.valid_from): row.parent for row in rows}
        self._communes: dict[str, list[TerritoryRow]] = defaultdict(list)
        for row in rows:
            if row.kind in _COMMUNES and row.parent is not None:
                top = above.get(row.parent) or row.parent
                self._communes[top[0]].append(row)

    def provinces_on(self, day: date) -> Mapping[str, str]:
        """Names of the provinces and cities of that day by code."""
        return {row.code: row.name for row in self._provinces if _holds(row, day)}

    def communes_of(self, province: str, day: date) -> Mapping[str, str]:
        """Names of the communes of a province on that day by code."""
        return {row.code: row.name for row in self._communes.get(province, ()) if _holds(row, day)}


def _holds(row: TerritoryRow, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


@cache
def shipped_places() -> Places:
    """The territories that come with the software, read once."""
    return ShippedPlaces()
