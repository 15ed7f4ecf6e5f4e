"""Asking the same thing again and again: the SQL of a queryset is made once a process.

Making SQL out of a queryset takes longer than running it. A `Question` keeps what the queryset said and only puts in
other values; it is for the queries that every request or every act asks. `kernel/rows.py` does the same for objects.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args, get_origin

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Row = tuple[Any, ...]
_FIRST_NUMBER = 1_900_000_001
#: A question of many shapes (lists of many lengths) keeps this many of them.
_MOST_SHAPES = 256


def _mark(kind: type, number: int) -> Any:
    """A value that stands for the one asked about later, unlike any value a queryset would name itself."""
    marks: dict[type, Any] = {
        int: _FIRST_NUMBER + number,
        str: f"⟦{number}⟧",
        date: date(1, 1, 1) + timedelta(days=number),
        datetime: datetime(1, 1, 2, tzinfo=UTC) + timedelta(days=number),
    }
    return marks[kind]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a named value goes; `index`: one member of a list; `whole`: an array in one place."""

    name: str
    index: int | None = None
    whole: bool = False

    def of(self, values: Mapping[str, Any]) -> Any:
        found = values[self.name]
        return found if self.index is None else found[self.index]


@dataclass(frozen=True, slots=True)
class _Several:
    """An array of PostgreSQL in which named values stand."""

    members: Sequence[Any]

    def of(self, values: Mapping[str, Any]) -> list[Any]:
        return [one.of(values) if isinstance(one, _Place) else one for one in self.members]


@dataclass(frozen=True, slots=True)
class Plan:
    """The SQL of a queryset, where the values go, and what reads its rows."""

    sql: str
    places: Sequence[Any]
    reader: Any = None

    def rows(self, values: Mapping[str, Any]) -> list[Row]:
        """Run it with these values."""
        found: list[Row]
        parameters = [one.of(values) if isinstance(one, _Place | _Several) else one for one in self.places]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        return found


class Asked:
    """A queryset with places for values, planned once for each shape of them."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]", **kinds: Any) -> None:
        self._build = build
        self._single = {name: kind for name, kind in kinds.items() if kind in {int, str, date, datetime}}
        self._lists = {name: get_args(kind)[0] for name, kind in kinds.items() if get_origin(kind) is list}
        self._arrays = {name: get_args(kind)[0] for name, kind in kinds.items() if get_origin(kind) is tuple}
        known = {*self._single, *self._lists, *self._arrays}
        self._fixed = [name for name in kinds if name not in known]
        self._plans: dict[Any, Plan | None] = {}

    def _reader_of(self, compiler: Any) -> Any:  # noqa: ARG002 (what reads objects needs it)
        """Return what makes of the rows what is asked for."""
        return None

    def plan(self, values: Mapping[str, Any]) -> Plan | None:
        """Return how to ask for values of this shape; None when nothing can fit them."""
        shape = (
            *[len(values[name]) for name in self._lists],
            *[bool(values[name]) for name in self._arrays],
            *[values[name] for name in self._fixed],
        )
        plans = self._plans  # another thread may begin anew with an empty one at any moment
        if shape not in plans:
            if len(plans) >= _MOST_SHAPES:
                self._plans = plans = {}
            plans[shape] = self._made(values)
        return plans[shape]

    def _made(self, values: Mapping[str, Any]) -> Plan | None:
        marks, places = self._marked(values)
        said = {name: values[name] for name in self._fixed}
        compiler = self._build(**marks, **said).query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        found = [_placed(one, places) for one in parameters]
        flat = [member for one in found for member in (one.members if isinstance(one, _Several) else [one])]
        if missing := set(self._single) - {one.name for one in flat if isinstance(one, _Place)}:
            raise ValueError(f"the queryset does not ask by {sorted(missing)}")
        return Plan(sql, found, self._reader_of(compiler))

    def _marked(self, values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[Any, _Place]]:
        marks: dict[str, Any] = {}
        places: dict[Any, _Place] = {}
        for name, kind in self._single.items():
            marks[name] = _mark(kind, len(places))
            places[marks[name]] = _Place(name)
        for name, kind in self._lists.items():
            marks[name] = [_mark(kind, len(places) + index) for index in range(len(values[name]))]
            places |= {mark: _Place(name, index) for index, mark in enumerate(marks[name])}
        for name, kind in self._arrays.items():
            marks[name] = [_mark(kind, len(places))] if values[name] else []
            places |= {mark: _Place(name, whole=True) for mark in marks[name]}
        return marks, places


def _placed(parameter: Any, places: Mapping[Any, _Place]) -> Any:
    if isinstance(parameter, list):
        members = [_placed(one, places) for one in parameter]
        if len(members) == 1 and isinstance(members[0], _Place) and members[0].whole:
            return members[0]
        return _Several(members) if any(isinstance(one, _Place) for one in members) else parameter
    try:
        return places.get(parameter, parameter)
    except TypeError:  # JSON and the like: nothing that could be a mark
        return parameter


class Question(Asked):
    """A queryset of `values_list` with places for values: `Question(build, on=date, codes=list[str])(on=…, codes=…)`.

    `build` gets a mark for each named value and returns the queryset; a value may stand in it any number of times, but
    only as itself (in a comparison or as a member of a list). For `list[…]` it gets a list of marks, and the SQL is
    made for each length; for `tuple[…, ...]` a list that goes into `__any` (`kernel/lookups.py`), and the SQL is the
    same for every length but none. A value of any other kind (`object`) is given to `build` as it is, and the SQL is
    made for each; it must be hashable. Columns come as PostgreSQL gives them: JSON as text.
    """

    def __call__(self, **values: Any) -> list[Row]:
        """Return the rows for these values (one query)."""
        plan = self.plan(values)
        return plan.rows(values) if plan else []
