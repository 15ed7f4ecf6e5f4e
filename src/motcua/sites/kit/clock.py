"""The clock of a dossier: what is left, in words, and the working days one by one.

Values for `ui/clock.html` and `ui/due.html`. Lateness compares local dates, as the local reports do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from motcua.sites.kit.words import local_date, moment_text

State = Literal["none", "open", "soon", "late", "paused", "done"]

#: More working days than this are not drawn as stitches; the sentence says it all.
MOST_STITCHES: Final = 30


@dataclass(frozen=True, slots=True)
class DayCell:
    """One working day (`past`, `today`, `left`, `last`) or one span of days off (`off`) of the strip."""

    kind: Literal["past", "today", "left", "last", "off"]
    text: str


@dataclass(frozen=True, slots=True)
class OffDays:
    """A span of days that do not count: first and last day (both included) and why."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class Clock:
    """What the page says about the time.

    `text` in words, `short` for rows of a table (empty: the same), `stitches` one per working day, `why` the sum,
    `told` what was promised before and since, `label` what the moment `due_at` is, `missed` that it was done late.
    """

    state: State
    text: str
    short: str = ""
    due_at: datetime | None = None
    note: str = ""
    why: str = ""
    told: tuple[str, ...] = ()
    label: str = "Hẹn trả"
    stitches: tuple[DayCell, ...] = ()
    calendar: tuple[DayCell, ...] = ()
    missed: bool = False

    @property
    def tone(self) -> str:
        """The class that colours it: what was done late is coloured like what is late."""
        return "late" if self.missed else self.state


def clock_of(
    *,
    due_at: datetime | None,
    at: datetime,
    working: Sequence[date] = (),
    off: Iterable[OffDays] = (),
    why: str = "",
    finished_at: datetime | None = None,
    paused_since: datetime | None = None,
    paused_for: str = "",
) -> Clock:
    """Return the clock of a dossier at the moment `at`.

    `working`: the working days of the term, the last is the due day; `why`: the sum in words;
    `paused_for`: what the pause waits for ("chờ bạn bổ sung giấy tờ").
    """
    if due_at is None:
        return Clock("none", "Chưa có ngày hẹn trả", note="Ngày hẹn trả được tính từ khi cơ quan tiếp nhận hồ sơ.")
    due_day = local_date(due_at)
    if finished_at is not None:
        done_day = local_date(finished_at)
        text = _finished_text(due_day, done_day)
        return Clock("done", text, due_at=due_at, why=why, missed=done_day > due_day)
    if paused_since is not None:
        note = "Khoảng thời gian này không tính vào thời hạn; ngày hẹn trả sẽ được lùi lại tương ứng."
        text = f"Tạm dừng từ {local_date(paused_since):%d/%m}"
        full = f"{text}: {paused_for}" if paused_for else text
        return Clock("paused", full, short=text, due_at=due_at, note=note, why=why)
    today = local_date(at)
    cells = _working_cells(working, today)
    return Clock(
        _state(due_day, today, working),
        _left_text(due_day, today, due_at, working),
        short="Hẹn trả hôm nay" if due_day == today else "",
        due_at=due_at,
        why=why,
        stitches=tuple(cell for _, cell in cells) if len(cells) <= MOST_STITCHES else (),
        calendar=_calendar(cells, off) if len(cells) <= MOST_STITCHES else (),
    )


def retold(face: Clock, *, original_due_at: datetime | None, extended: bool, promised_at: datetime | None) -> Clock:
    """Return the clock with what an extension and an apology say: the first appointment, the day promised since."""
    told = []
    if extended and original_due_at is not None:
        told.append(f"Đã gia hạn một lần; hẹn trả ban đầu: {moment_text(original_due_at)}.")
    if promised_at is not None:
        told.append(f"Cơ quan đã xin lỗi và hứa trả chậm nhất {moment_text(promised_at)}.")
    return replace(face, told=tuple(told))


def _state(due_day: date, today: date, working: Sequence[date]) -> State:
    if due_day < today:
        return "late"
    return "soon" if _days_left(due_day, today, working) <= 1 else "open"


def _left_text(due_day: date, today: date, due_at: datetime, working: Sequence[date]) -> str:
    if due_day < today:
        return f"Quá hạn {(today - due_day).days} ngày"
    if due_day == today:
        return f"Hẹn trả hôm nay, trước {moment_text(due_at).split(',')[0]}"
    left = _days_left(due_day, today, working)
    return f"Còn {left} ngày làm việc" if working else f"Còn {left} ngày"


def _days_left(due_day: date, today: date, working: Sequence[date]) -> int:
    if working:
        return sum(today < day <= due_day for day in working)
    return (due_day - today).days


def _finished_text(due_day: date, finished: date) -> str:
    days = (due_day - finished).days
    if days > 0:
        return f"Xong trước hẹn {days} ngày"
    return "Xong đúng hẹn" if days == 0 else f"Xong muộn {-days} ngày"


def _working_cells(working: Sequence[date], today: date) -> list[tuple[date, DayCell]]:
    cells = []
    for day in sorted(working):
        kind: Literal["past", "today", "left", "last"] = "past" if day < today else "left"
        if day == today:
            kind = "today"
        elif day == max(working) and day > today:
            kind = "last"
        cells.append((day, DayCell(kind, f"{day:%d/%m}")))
    return cells


def _calendar(cells: list[tuple[date, DayCell]], off: Iterable[OffDays]) -> tuple[DayCell, ...]:
    spans = [(span.first, DayCell("off", _off_text(span))) for span in off]
    return tuple(cell for _, cell in sorted(cells + spans, key=lambda pair: pair[0]))


def _off_text(span: OffDays) -> str:
    if span.first == span.last:
        return f"{span.first:%d/%m} {span.name}"
    first = f"{span.first:%d}" if span.first.month == span.last.month else f"{span.first:%d/%m}"
    return f"{first}–{span.last:%d/%m} {span.name}"
