"""Asking the same thing again and again: the SQL of a queryset is made once a process.

Making SQL out of a queryset takes longer than running it. A `Question` keeps what the queryset said and only puts in
other values; it is for the few queries that every request or every receipt asks.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Row = tuple[Any, ...]
_FIRST_NUMBER = 1_900_000_001


def _mark(kind: type, number: int) -> Any:
    """A value that stands for the one asked about later, unlike any value a queryset would name itself."""
    marks: dict[type, Any] = {
        int: _FIRST_NUMBER + number,
        str: f"⟦{number}⟧",
        date: date(1, 1, 1) + timedelta(days=number),
        datetime: datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=number),
    }
    return marks[kind]


class Question:
    """A queryset of `values_list` with places for values: `Question(build, on=date, code=str)(on=…, code=…)`.

    `build` gets a mark for each named value and returns the queryset; a value may stand in it any number of times,
    but only as itself (in a comparison or as one member of a list). JSON columns come as PostgreSQL writes them.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]", **kinds: type) -> None:
        self._build, self._kinds = build, kinds

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows for these values (one query)."""
        sql, places = self._plan
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[place.name] if isinstance(place, _Place) else place for place in places])
            rows: list[Row] = cursor.fetchall()
            return rows

    @cached_property
    def _plan(self) -> tuple[str, list[Any]]:
        marks = {name: _mark(kind, number) for number, (name, kind) in enumerate(self._kinds.items())}
        names = {mark: name for name, mark in marks.items()}
        sql, parameters = self._build(**marks).query.sql_with_params()
        places = [_Place(names[one]) if one in names else one for one in parameters]
        missing = set(marks) - {one.name for one in places if isinstance(one, _Place)}
        if missing:
            raise ValueError(f"the queryset does not ask by {sorted(missing)}")
        return sql, places


class _Place:
    """Where a named value goes."""

    def __init__(self, name: str) -> None:
        self.name = name
