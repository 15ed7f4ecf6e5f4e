"""Nạp danh mục đơn vị hành chính."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from motcua.agencies.access import Administrator, lock_tree, require_system
from motcua.agencies.models import Territory, TerritorySuccession
from motcua.agencies.territory_data import SuccessionRow, TerritoryRow, read_successions, read_territories
from motcua.journal.actions import record
from motcua.kernel.text import fold

_BATCH = 2000
_Key = tuple[str, date]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many rows were added and changed; all zero when everything was there."""

    added: int
    changed: int
    successions: int


@transaction.atomic
def load_territories(*, actor: Administrator, at: datetime) -> LoadReport:
    """Nạp danh mục đơn vị hành chính: the list shipped with the house, before and after 01/07/2025.

    May be run again: adds what is missing, mends what differs, deletes nothing. Raises NotPermitted.
    """
    require_system(actor)
    revision = lock_tree()
    known: dict[_Key, Territory] = {(row.code, row.valid_from): row for row in Territory.objects.all()}
    before = len(known)
    changed = 0
    for level in _levels(read_territories()):
        missing = [row for row in level if (row.code, row.valid_from) not in known]
        changed += _mend(known, [row for row in level if (row.code, row.valid_from) in known])
        made = Territory.objects.bulk_create([_territory(row, known) for row in missing], batch_size=_BATCH)
        known |= {(row.code, row.valid_from): row for row in made}
    successions = _load_successions(read_successions(), known)
    report = LoadReport(added=len(known) - before, changed=changed, successions=successions)
    if report != LoadReport(0, 0, 0):
        told = {"added": report.added, "changed": report.changed, "successions": report.successions}
        record(actor, "territories.loaded", revision, at=at, data=told)
    return report


def _levels(rows: Iterable[TerritoryRow]) -> list[list[TerritoryRow]]:
    """Provinces, then districts, then communes: parents before children (codes of 2, 3, 5 digits)."""
    levels: dict[int, list[TerritoryRow]] = {}
    for row in rows:
        levels.setdefault(len(row.code), []).append(row)
    return [levels[length] for length in sorted(levels)]


def _territory(row: TerritoryRow, known: dict[_Key, Territory]) -> Territory:
    return Territory(
        code=row.code,
        name=row.name,
        name_fold=fold(row.name),
        kind=row.kind,
        parent=known[row.parent] if row.parent else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _mend(known: dict[_Key, Territory], rows: list[TerritoryRow]) -> int:
    differing = []
    for row in rows:
        held, wanted = known[row.code, row.valid_from], _territory(row, known)
        if any(getattr(held, name) != getattr(wanted, name) for name in _MENDED):
            for name in _MENDED:
                setattr(held, name, getattr(wanted, name))
            differing.append(held)
    Territory.objects.bulk_update(differing, [name.removesuffix("_id") for name in _MENDED], batch_size=_BATCH)
    return len(differing)


_MENDED = ("name", "name_fold", "kind", "parent_id", "valid_to")


def _load_successions(rows: list[SuccessionRow], known: dict[_Key, Territory]) -> int:
    held = set(TerritorySuccession.objects.values_list("predecessor_id", "successor_id"))
    wanted = [
        TerritorySuccession(
            predecessor=known[row.predecessor],
            successor=known[row.successor],
            is_split=row.is_split,
            is_default=row.is_default,
        )
        for row in rows
    ]
    missing = [row for row in wanted if (row.predecessor_id, row.successor_id) not in held]
    return len(TerritorySuccession.objects.bulk_create(missing, batch_size=_BATCH))
