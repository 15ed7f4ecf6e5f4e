"""The clock of a dossier as its applicant sees it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from motcua.deadlines.queries import calendar_of
from motcua.deadlines.rules.calendar import Calendar
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.causes import pause_words
from motcua.dossiers.terms import Status, SuspensionKind
from motcua.sites.kit.clock import MOST_STITCHES, Clock, OffDays, clock_of, retold
from motcua.sites.kit.words import local_date, moment_text

_ONE_DAY = timedelta(days=1)
_LONGEST = timedelta(days=400)
#: Statuses in which the clock of a received dossier stands, and for what.
_WAITING: Mapping[Status, SuspensionKind] = {
    Status.SUPPLEMENT_REQUESTED: SuspensionKind.SUPPLEMENT,
    Status.OBLIGATION_REQUESTED: SuspensionKind.OBLIGATION,
}
_OWN_WORDS: Mapping[str, str] = {
    SuspensionKind.SUPPLEMENT: "chờ bạn bổ sung",
    SuspensionKind.OBLIGATION: "chờ bạn nộp tiền",
}
_CLOSED = (Status.REFUSED, Status.WITHDRAWN, Status.STOPPED)


def face_of(
    dossier: Dossier,
    at: datetime,
    *,
    paused_since: datetime | None = None,
    paused_for: str = "",
    promised_at: datetime | None = None,
    answered: bool = False,
) -> Clock:
    """Return the clock of a dossier (no query once calendars are known); `paused_since` while the clock stands.

    `paused_for`: a `SuspensionKind`; `promised_at`: the day an apology names. `answered`: the applicant has sent the
    supplement, the office has still to look at it.
    """
    face = _face(dossier, at, paused_since, paused_for, answered=answered)
    if face.due_at is None:
        return face
    extended = dossier.extension_count > 0
    promised_at = promised_at if dossier.finished_at is None else None
    return retold(face, original_due_at=dossier.original_due_at, extended=extended, promised_at=promised_at)


def _face(dossier: Dossier, at: datetime, paused_since: datetime | None, paused_for: str, *, answered: bool) -> Clock:
    if dossier.status in _CLOSED:
        return Clock("none", "Hồ sơ đã kết thúc")
    if dossier.received_at is None or dossier.due_at is None:
        return _before_receipt(dossier, answered=answered)
    if dossier.finished_at is not None:
        return clock_of(due_at=dossier.due_at, at=at, finished_at=dossier.finished_at, why=_why(dossier))
    if dossier.status in _WAITING or paused_since is not None:
        kind = paused_for or _WAITING.get(Status(dossier.status), SuspensionKind.SUPPLEMENT)
        words = _OWN_WORDS.get(kind) or pause_words(kind)
        since = paused_since or dossier.last_act_at
        return clock_of(due_at=dossier.due_at, at=at, paused_since=since, paused_for=words, why=_why(dossier))
    calendar = calendar_of(dossier.agency_id, on=local_date(at))
    working = _working_days(dossier.due_working, local_date(dossier.due_at), calendar)
    return clock_of(
        due_at=dossier.due_at,
        at=at,
        working=working,
        off=_gaps(working, calendar) if len(working) <= MOST_STITCHES else (),
        why=_why(dossier),
    )


def _before_receipt(dossier: Dossier, *, answered: bool) -> Clock:
    if dossier.status == Status.SUPPLEMENT_REQUESTED and not answered:
        return Clock("paused", "Đang chờ bạn bổ sung", note="Ngày hẹn trả được tính từ khi cơ quan tiếp nhận hồ sơ.")
    if dossier.answer_due_at is None:
        return Clock("none", "Chưa có ngày hẹn trả", note="Ngày hẹn trả được tính từ khi cơ quan tiếp nhận hồ sơ.")
    until = moment_text(dossier.answer_due_at)
    note = f"Cơ quan phải trả lời bạn trước {until}. Ngày hẹn trả được tính từ khi tiếp nhận."
    return Clock("none", "Chờ cơ quan tiếp nhận", note=note)


def _why(dossier: Dossier) -> str:
    return str(dossier.due_working.get("text", ""))


def _working_days(stored: Mapping[str, Any], due: date, calendar: Calendar) -> list[date]:
    """The days that were counted, and after a pause the working days up to the new due day."""
    days = [date.fromisoformat(str(day)) for day in stored.get("days") or ()]
    if not days or due - days[-1] > _LONGEST:
        return []
    day = days[-1]
    while (day := day + _ONE_DAY) <= due:
        if calendar.works_on(day):
            days.append(day)
    return days


def _gaps(working: list[date], calendar: Calendar) -> list[OffDays]:
    """The days off between working days, named after the holiday among them."""
    gaps = []
    for before, after in pairwise(working):
        first, last = before + _ONE_DAY, after - _ONE_DAY
        if first <= last:
            between = [first + timedelta(days=number) for number in range((last - first).days + 1)]
            names = [calendar.exceptions[day].name for day in between if day in calendar.exceptions]
            gaps.append(OffDays(first, last, names[0] if names else "cuối tuần"))
    return gaps
