"""Đặt giờ làm việc."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Q

from motcua.agencies.access import Administrator, lock_tree, lock_unit, require_admin
from motcua.agencies.directory import forget
from motcua.agencies.events import WorkingHoursChanged
from motcua.agencies.models import Unit, WorkingHours
from motcua.agencies.models.span import holds_on
from motcua.agencies.rules.hours import week_problems
from motcua.agencies.terms import Shifts, Week
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Invalid, Problem, RuleBroken


@transaction.atomic
def set_hours(
    *, actor: Administrator, unit_id: int | None, week: Mapping[int, Shifts], on: date, at: datetime
) -> list[WorkingHours]:
    """Đặt giờ làm việc: from `on` the unit (None: every unit without hours of its own) works that week.

    An empty week takes the unit's own hours away: it follows the unit above again. Raises NotFound, NotPermitted,
    Invalid with every problem, RuleBroken when nothing would change.
    """
    unit = _gate(actor, unit_id)
    if problems := week_problems(week):
        raise Invalid(problems)
    _replace_from(unit_id, week, on)
    rows = [
        WorkingHours(unit=unit, weekday=weekday, opens=opens, closes=closes, valid_from=on)
        for weekday, shifts in sorted(week.items())
        for opens, closes in sorted(shifts)
    ]
    made = WorkingHours.objects.bulk_create(rows)
    forget()
    emit(WorkingHoursChanged(unit_id=unit_id, on=on), at=at)
    subject: models.Model = unit or lock_tree()
    record(actor, "hours.set", subject, at=at, data={"on": on.isoformat(), "week": _told(week)})
    return made


def _gate(actor: Administrator, unit_id: int | None) -> Unit | None:
    if unit_id is not None:
        return lock_unit(actor, unit_id)
    lock_tree()
    require_admin(actor, ())
    return None


def _replace_from(unit_id: int | None, week: Week, on: date) -> None:
    rows = WorkingHours.objects.filter(Q(unit__isnull=True) if unit_id is None else Q(unit_id=unit_id))
    held = sorted((row.weekday, row.opens, row.closes) for row in rows.filter(holds_on(on)))
    wanted = sorted((day, opens, closes) for day, shifts in week.items() for opens, closes in shifts)
    later = rows.filter(valid_from__gt=on)
    if held == wanted and not later.exists():
        raise RuleBroken(Problem("same_hours", "Giờ làm việc đã như vậy rồi.", "week"))
    rows.filter(valid_from__gte=on).delete()
    rows.filter(holds_on(on)).update(valid_to=on)


def _told(week: Week) -> dict[str, list[str]]:
    return {
        str(weekday): [f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in sorted(shifts)]
        for weekday, shifts in sorted(week.items())
    }
