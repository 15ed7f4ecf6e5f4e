"""What forms ask of the territories."""

from collections.abc import Mapping
from datetime import date

from motcua.agencies import queries as agencies
from motcua.forms.rules.reading import Places


class TerritoryPlaces:
    """Provinces and communes of the register of territories; each list is asked for once in the object's life."""

    def __init__(self) -> None:
        self._provinces: dict[date, Mapping[str, str]] = {}
        self._communes: dict[tuple[str, date], Mapping[str, str]] = {}

    def provinces_on(self, day: date) -> Mapping[str, str]:
        """Names of the provinces and cities of that day by code."""
        if day not in self._provinces:
            self._provinces[day] = {found.code: found.name for found in agencies.provinces(on=day)}
        return self._provinces[day]

    def communes_of(self, province: str, day: date) -> Mapping[str, str]:
        """Names of the communes of a province on that day by code."""
        if (province, day) not in self._communes:
            found = agencies.communes_of(province, on=day)
            self._communes[province, day] = {one.code: one.name for one in found}
        return self._communes[province, day]


def places() -> Places:
    """Return the territories for one request: nothing is remembered beyond it."""
    return TerritoryPlaces()
