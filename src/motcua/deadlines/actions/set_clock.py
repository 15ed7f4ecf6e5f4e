"""Đặt giờ chốt, thời hạn trả lời."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.access import Administrator
from motcua.agencies.models.span import holds_on
from motcua.deadlines.access import lock_calendar
from motcua.deadlines.calendars import forget
from motcua.deadlines.models import ClockSetting
from motcua.deadlines.models.scope import of_unit
from motcua.deadlines.rules.clocks import clock_problems
from motcua.deadlines.terms import ClockKey
from motcua.journal.actions import record
from motcua.kernel.errors import Invalid
from motcua.kernel.text import clean


@transaction.atomic
def set_clock(
    *,
    actor: Administrator,
    key: ClockKey,
    value: str,
    on: date,
    at: datetime,
    unit_id: int | None = None,
    source: str = "",
    verified: bool = False,
) -> ClockSetting:
    """Đặt giờ chốt, thời hạn trả lời: from `on` the clock has the value, for a unit and those below, or for all.

    Values that would begin on or after `on` give way. Raises NotFound, NotPermitted, Invalid.
    """
    lock_calendar(actor, unit_id)
    if problems := clock_problems(key, value):
        raise Invalid(problems)
    rows = ClockSetting.objects.filter(of_unit(unit_id), key=key)
    rows.filter(valid_from__gte=on).delete()
    rows.filter(holds_on(on)).update(valid_to=on)
    row = ClockSetting.objects.create(
        key=key, value=value, unit_id=unit_id, valid_from=on, source=clean(source), verified=verified
    )
    forget()
    record(actor, "clock.set", row, at=at, data={"key": key.value, "value": value, "on": on.isoformat()}, is_new=True)
    return row
