"""Who may change calendars and clocks, and the gate that lets one act at a time do so."""

from motcua.agencies.access import Administrator, require_admin
from motcua.agencies.models import Unit
from motcua.deadlines.models import CalendarException, CalendarRevision
from motcua.kernel.errors import NotFound, Problem


def lock_calendar(actor: Administrator, unit_id: int | None) -> CalendarRevision:
    """Lock all calendars for an actor who administers the unit (None: the installation).

    Raises NotFound, NotPermitted. The lock lasts until the end of the transaction.
    """
    path: tuple[int, ...] = ()
    if unit_id is not None:
        found = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first()
        if found is None:
            raise NotFound(Problem("unit_unknown", "Không tìm thấy đơn vị này.", "unit"))
        path = tuple(found)
    require_admin(actor, path)
    return CalendarRevision.objects.select_for_update().get()


def lock_exception(actor: Administrator, exception_id: int) -> CalendarException:
    """The declared day, with all calendars locked, if the actor administers its unit; raises NotFound, NotPermitted."""
    CalendarRevision.objects.select_for_update().get()
    found = CalendarException.objects.filter(pk=exception_id).first()
    if found is None:
        raise NotFound(Problem("calendar_day_unknown", "Không tìm thấy ngày nghỉ hoặc ngày làm bù này.", "exception"))
    lock_calendar(actor, found.unit_id)
    return found
