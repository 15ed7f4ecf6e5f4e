"""What becomes of promised days when the working calendar changes."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from motcua.agencies.events import WorkingHoursChanged
from motcua.deadlines.events import CalendarChanged
from motcua.deadlines.models import CalendarException
from motcua.deadlines.models.scope import of_unit
from motcua.deadlines.terms import VIET_NAM
from motcua.dossiers import events
from motcua.dossiers.actions.recompute_due import recompute_due
from motcua.dossiers.handlers.telling import News, ask_words, dossier_of, moment_words, procedure_words, tell_applicants
from motcua.dossiers.models import Dossier
from motcua.dossiers.terms import CLOCK_RUNS_IN, Status
from motcua.notifications.terms import NoticeKind


def on_calendar_changed(event: CalendarChanged, at: datetime) -> None:
    """Every open dossier whose time touches the changed days is counted anew."""
    _count_anew(touched_by(event.unit_id, event.first, event.last), at, _cause(event))


def on_working_hours_changed(event: WorkingHoursChanged, at: datetime) -> None:
    """Every open dossier that is due when the new hours hold is counted anew."""
    cause = f"giờ làm việc thay đổi từ ngày {event.on:%d/%m/%Y}"
    _count_anew(touched_by(event.unit_id, event.on, None), at, cause)


def _count_anew(found: QuerySet[Dossier], at: datetime, cause: str) -> None:
    """Each in its own transaction: what was counted stays counted when the next one fails."""
    for dossier_id in list(found.values_list("pk", flat=True)):
        recompute_due(dossier_id=dossier_id, at=at, cause=cause)


def on_due_recomputed(event: events.DueRecomputed, at: datetime) -> None:
    """The promised day moved: the applicants are told the old one, the new one and why."""
    dossier = dossier_of(event)
    reason = dossier.due_working.get("text", "")
    news = News(
        kind=NoticeKind.INFORMATION,
        subject=f"Ngày hẹn trả hồ sơ {event.code} thay đổi",
        lines=(
            f"Lịch làm việc của cơ quan thay đổi, nên ngày hẹn trả hồ sơ {procedure_words(dossier)} được tính lại.",
            f"Hẹn trả cũ: {moment_words(event.due_before)}. Hẹn trả mới: {moment_words(event.due_at)}.",
            f"Cách tính: {reason}." if reason else "",
            ask_words(dossier),
        ),
        short=f"Hẹn trả hồ sơ {event.code} đổi thành {moment_words(event.due_at)} do lịch làm việc thay đổi.",
    )
    tell_applicants(dossier, news, event, at)


def touched_by(unit_id: int | None, first: date, last: date | None) -> QuerySet[Dossier]:
    """Return the open dossiers whose span from hand-in to due moment meets the changed days, oldest first.

    `unit_id` None: of every unit; `last` None: all days from `first` on.
    """
    begins = datetime.combine(first, time.min, VIET_NAM)
    decided, answered = Q(due_at__gte=begins), Q(status=Status.SUBMITTED, answer_due_at__gte=begins)
    if last is not None:
        ends = datetime.combine(last + timedelta(days=1), time.min, VIET_NAM)
        decided, answered = decided & Q(received_at__lt=ends), answered & Q(submitted_at__lt=ends)
    found = Dossier.objects.filter(decided | answered, status__in=sorted(CLOCK_RUNS_IN))
    if unit_id is not None:
        found = found.filter(agency__path__contains=[unit_id])
    return found.order_by("id")


def _cause(event: CalendarChanged) -> str:
    rows = CalendarException.objects.filter(of_unit(event.unit_id), date__range=(event.first, event.last))
    named = [
        f"{'' if row.applies else 'bỏ '}{row.get_kind_display().lower()} ngày {row.date:%d/%m/%Y} – {row.name}"
        + (f" ({row.decision_no})" if row.decision_no else "")
        for row in rows.order_by("date")[:3]
    ]
    return "; ".join(named) or "lịch làm việc thay đổi"
