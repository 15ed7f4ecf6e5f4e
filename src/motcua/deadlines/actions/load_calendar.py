"""Nạp lịch nghỉ lễ, tết và các giờ chốt đi kèm phần mềm."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from motcua.agencies.access import Administrator, require_system
from motcua.deadlines.access import lock_calendar
from motcua.deadlines.calendars import forget
from motcua.deadlines.events import CalendarChanged
from motcua.deadlines.models import CalendarException, ClockSetting
from motcua.journal.actions import emit, record

DATA = Path(__file__).resolve().parent.parent / "data"
_TEXTS = ("kind", "half", "name", "note", "decision_no", "source")
_FLAGS = ("decided", "applies", "verified")
_COLUMNS = (*_TEXTS, *_FLAGS)


@transaction.atomic
def load_calendar(*, actor: Administrator, at: datetime) -> int:
    """Nạp lịch nghỉ: add and correct the days and clocks that come with the software; return how many days changed.

    What an administrator has declared or removed stays as it is. Running it again changes nothing and records
    nothing. Raises NotPermitted unless the system acts.
    """
    require_system(actor)
    revision = lock_calendar(actor, None)
    known = {row.date: row for row in CalendarException.objects.filter(unit__isnull=True)}
    changed = [row for row in shipped_days() if _differs(row, known.get(row.date))]
    clocks = list(_missing_clocks())
    if not changed and not clocks:
        return 0
    CalendarException.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["unit", "date"], update_fields=list(_COLUMNS)
    )
    ClockSetting.objects.bulk_create(clocks)
    forget()
    if changed:
        days = [row.date for row in changed]
        emit(CalendarChanged(unit_id=None, first=min(days), last=max(days)), at=at)
    record(actor, "calendar.loaded", revision, at=at, data={"days": len(changed), "clocks": len(clocks)})
    return len(changed)


def _differs(row: CalendarException, known: CalendarException | None) -> bool:
    if known is None:
        return True
    return known.shipped and any(getattr(row, column) != getattr(known, column) for column in _COLUMNS)


def shipped_days() -> Iterator[CalendarException]:
    """The rows of data/days.csv, not saved."""
    for row in _rows("days.csv"):
        yield CalendarException(
            date=date.fromisoformat(row["date"]),
            shipped=True,
            **{column: row[column] for column in _TEXTS},
            **{column: row[column] == "yes" for column in _FLAGS},
        )


def _missing_clocks() -> Iterator[ClockSetting]:
    known = set(ClockSetting.objects.filter(unit__isnull=True).values_list("key", flat=True))
    for row in _rows("clocks.csv"):
        if row["key"] not in known:
            yield ClockSetting(
                key=row["key"],
                value=row["value"],
                valid_from=date.fromisoformat(row["valid_from"]),
                source=row["source"],
                verified=row["verified"] == "yes",
            )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
