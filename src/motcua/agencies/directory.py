"""What every process remembers of the units, and how it notices that they changed.

A `Directory` is a frozen picture of all units and hours, filed under the token of `Revision`, which triggers of the
database renew on every write. A thread asks for the token at most once a second, at the start of each request, after
its own writes (`forget`), after a transaction in which it asked, and when it meets an id it does not know. Pictures
are shared by the threads of a process; one taken inside an unfinished transaction has a token that no other
transaction can see.
"""

import threading
import time as clock
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from typing import TypeVar, cast
from uuid import UUID

from django.core.signals import request_started
from django.db import connection

from motcua.agencies.models import Revision, Unit, WorkingHours
from motcua.agencies.rules.units import Place, Span
from motcua.agencies.terms import UnitKind, Weeks
from motcua.kernel.asking import Question

_CHECK_SECONDS = 1.0
_KEPT = 3
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class UnitInfo:
    """A unit as values; the fields are those of `models.Unit`."""

    id: int
    slug: str
    name: str
    short_name: str
    name_fold: str
    kind: UnitKind
    parent_id: int | None
    agency_id: int
    agency_code: str
    legacy_code: str
    code_is_provisional: bool
    territory_id: int | None
    territory_code: str | None
    address: str
    phone: str
    email: str
    is_desk: bool
    valid_from: date
    valid_to: date | None
    path: tuple[int, ...]

    @property
    def is_agency(self) -> bool:
        """Whether the unit has its own code and seal."""
        return self.agency_id == self.id

    @property
    def span(self) -> Span:
        """From when until when the unit is."""
        return Span(self.valid_from, self.valid_to)

    @property
    def place(self) -> Place:
        """The unit as what may stand above another."""
        return Place(self.kind, self.span, self.path, self.name)

    def holds_on(self, on: date) -> bool:
        """Whether the unit exists on that day."""
        return self.span.holds_on(on)


@dataclass(frozen=True, slots=True)
class Shift:
    """One row of working hours."""

    weekday: int
    opens: time
    closes: time
    span: Span


@dataclass(frozen=True)
class Directory:
    """All units and hours at one moment."""

    units: Mapping[int, UnitInfo]
    shifts: Mapping[int | None, tuple[Shift, ...]] = field(default_factory=dict)
    weeks: dict[int | None, Weeks] = field(default_factory=dict)  # worked out when first asked for

    @cached_property
    def by_code(self) -> Mapping[str, tuple[UnitInfo, ...]]:
        """Units by agency code in the new notation."""
        return _grouped((unit.agency_code, unit) for unit in self.units.values() if unit.agency_code)

    @cached_property
    def by_slug(self) -> Mapping[str, UnitInfo]:
        """Units by slug."""
        return {unit.slug: unit for unit in self.units.values()}

    @cached_property
    def roots(self) -> tuple[int, ...]:
        """Ids of the units with nothing above them."""
        return tuple(unit.id for unit in self.units.values() if unit.parent_id is None)

    @cached_property
    def below(self) -> Mapping[int, tuple[UnitInfo, ...]]:
        """For each unit: itself and every unit below it, of all times."""
        return _grouped((ancestor, unit) for unit in self.units.values() for ancestor in unit.path)


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    groups: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


class _Seen(threading.local):
    token: UUID | None = None
    checked_at: float = float("-inf")
    inside: bool = False  # read inside a transaction, which may yet be rolled back


_seen = _Seen()
_pictures: dict[UUID, Directory] = {}


def directory(*, fresh: bool = False) -> Directory:
    """The picture that holds now; with `fresh` the token is asked for even if that was done a moment ago."""
    moment, inside = clock.monotonic(), connection.in_atomic_block
    if fresh or _seen.token is None or moment - _seen.checked_at > _CHECK_SECONDS or _seen.inside > inside:
        _seen.token = _read_token()
        _seen.checked_at, _seen.inside = moment, inside
    picture = _pictures.get(_seen.token)
    if picture is None:
        picture = _pictures[_seen.token] = _load()
        for token in list(_pictures)[:-_KEPT]:
            _pictures.pop(token, None)
    return picture


def _read_token() -> UUID:
    for (token,) in _TOKEN():
        return cast(UUID, token)
    return Revision.objects.get_or_create(pk=1)[0].token


_TOKEN = Question(lambda: Revision.objects.values_list("token"))


def forget(**_signal: object) -> None:
    """Ask for the token at the next look; called by every action of the room and at the start of a request."""
    _seen.token = None


request_started.connect(forget, dispatch_uid="agencies.directory")

_COLUMNS = tuple(UnitInfo.__dataclass_fields__)


def _load() -> Directory:
    columns = [column.replace("territory_code", "territory__code") for column in _COLUMNS]
    units = {}
    for row in Unit.objects.order_by("slug").values_list(*columns):
        values = dict(zip(_COLUMNS, row, strict=True))
        values |= {"kind": UnitKind(values["kind"]), "path": tuple(values["path"])}
        units[values["id"]] = UnitInfo(**values)
    rows = WorkingHours.objects.order_by("weekday", "opens")
    shifts = _grouped(
        (row.unit_id, Shift(row.weekday, row.opens, row.closes, Span(row.valid_from, row.valid_to))) for row in rows
    )
    return Directory(units, shifts)
