"""Bỏ khai báo ngày nghỉ, ngày làm bù."""

from datetime import datetime

from django.db import transaction

from motcua.agencies.access import Administrator
from motcua.deadlines.access import lock_exception
from motcua.deadlines.calendars import forget
from motcua.deadlines.events import CalendarChanged
from motcua.journal.actions import emit, record
from motcua.kernel.checks import reason_problems
from motcua.kernel.errors import Invalid, Problem, RuleBroken
from motcua.kernel.text import clean


@transaction.atomic
def remove_exception(*, actor: Administrator, exception_id: int, reason: str, at: datetime) -> None:
    """Bỏ khai báo ngày nghỉ, ngày làm bù: the day follows its weekday (or the unit above) again.

    The row stays and no longer applies, so that the journal has its object and loading the shipped days again
    does not bring it back. Raises NotFound, NotPermitted, Invalid without a reason, RuleBroken when the day does not
    apply anyway.
    """
    row = lock_exception(actor, exception_id)
    said = clean(reason)
    if problems := reason_problems(said):
        raise Invalid(problems)
    if not row.applies:
        raise RuleBroken(Problem("calendar_day_not_applied", "Ngày này đang không được áp dụng.", "exception"))
    row.applies, row.shipped = False, False
    row.save(update_fields=["applies", "shipped"])
    forget()
    emit(CalendarChanged(unit_id=row.unit_id, first=row.date, last=row.date), at=at)
    data = {"date": row.date.isoformat(), "name": row.name, "reason": said}
    record(actor, "calendar.day_removed", row, at=at, data=data)
