"""Khai báo ngày nghỉ, ngày làm bù."""

from datetime import date, datetime

from django.db import transaction

from motcua.agencies.access import Administrator
from motcua.deadlines.access import lock_calendar
from motcua.deadlines.calendars import forget
from motcua.deadlines.events import CalendarChanged
from motcua.deadlines.models import CalendarException
from motcua.deadlines.models.scope import of_unit
from motcua.deadlines.rules.days import day_problems
from motcua.deadlines.terms import DayKind, Half
from motcua.journal.actions import emit, record
from motcua.kernel.errors import Conflict, Invalid, Problem
from motcua.kernel.text import clean


@transaction.atomic
def declare_exception(
    *,
    actor: Administrator,
    day: date,
    kind: DayKind,
    name: str,
    at: datetime,
    half: Half = Half.ALL,
    unit_id: int | None = None,
    decision_no: str = "",
    decided: bool = True,
) -> CalendarException:
    """Khai báo ngày nghỉ, ngày làm bù: for a unit and everything below it, or (no unit) for the whole country.

    A row for the same day that only waits for its decision (it does not apply) is replaced. Raises NotFound,
    NotPermitted, Invalid, Conflict when the day is declared already.
    """
    lock_calendar(actor, unit_id)
    name, decision_no = clean(name), clean(decision_no)
    if problems := day_problems(day, name=name, decision_no=decision_no):
        raise Invalid(problems)
    waiting = CalendarException.objects.filter(of_unit(unit_id), date=day).first()
    if waiting is not None and waiting.applies:
        message = f"Ngày {day:%d/%m/%Y} đã được khai báo là “{waiting.name}”; hãy bỏ khai báo cũ trước."
        raise Conflict(Problem("calendar_day_taken", message, "date"))
    row = waiting or CalendarException(unit_id=unit_id, date=day)
    row.kind, row.half, row.name, row.note = kind, half, name, ""
    row.decision_no, row.decided, row.applies, row.shipped = decision_no, decided, True, False
    row.verified, row.source = decided, decision_no
    row.save()
    forget()
    emit(CalendarChanged(unit_id=unit_id, first=day, last=day), at=at)
    record(actor, "calendar.day_declared", row, at=at, data=_told(row))
    return row


def _told(row: CalendarException) -> dict[str, object]:
    return {
        "date": row.date.isoformat(),
        "unit": row.unit_id,
        "kind": row.kind,
        "half": row.half,
        "name": row.name,
        "decision_no": row.decision_no,
        "decided": row.decided,
    }
