"""Words of the room: units of a term, days off and made-up days, what a computed due moment says of itself."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, NewType
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

#: The one clock of the law; the server's own zone does not matter.
VIET_NAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")

CalendarExceptionId = NewType("CalendarExceptionId", int)

Shift = tuple[time, time]
Shifts = tuple[Shift, ...]


class TermUnit(TextChoices):
    """In what a term is counted (§ thời hạn giải quyết of a procedure)."""

    WORKING_DAY = "working_day", "ngày làm việc"
    DAY = "day", "ngày"
    WORKING_HOUR = "working_hour", "giờ làm việc"
    SAME_DAY = "same_day", "trong ngày làm việc"


class DayKind(TextChoices):
    """How a day differs from its weekday."""

    OFF = "OFF", "Nghỉ"
    WORK = "WORK", "Làm việc (làm bù)"


class Half(TextChoices):
    """Which part of a day an exception is about; the halves part at noon."""

    ALL = "ALL", "cả ngày"
    AM = "AM", "buổi sáng"
    PM = "PM", "buổi chiều"


class LatenessRule(TextChoices):
    """The two rules of on time and overdue in use; every figure says which one it used."""

    LOCAL_DATES = "local_dates", "So theo ngày (báo cáo của địa phương)"
    NATIONAL_766 = "national_766", "Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg)"


class Lateness(TextChoices):
    """Where a dossier stands against its due moment."""

    EARLY = "early", "Trước hạn"
    ON_TIME = "on_time", "Đúng hạn"
    LATE = "late", "Quá hạn"
    OPEN_IN_TIME = "open_in_time", "Đang xử lý trong hạn"
    OPEN_LATE = "open_late", "Đang xử lý quá hạn"
    NOT_RECEIVED = "not_received", "Chưa tiếp nhận"

    @property
    def is_late(self) -> bool:
        """Whether the dossier counts as overdue, finished or not."""
        return self in {Lateness.LATE, Lateness.OPEN_LATE}


class ClockKey(TextChoices):
    """Clocks of the one-stop rules that an installation may set (§1.5 of the domain facts)."""

    SAME_DAY_CUTOFF = "same_day_cutoff", "Giờ chốt trả kết quả trong ngày"
    HAND_OVER_CUTOFF = "hand_over_cutoff", "Giờ chốt chuyển hồ sơ trong ngày"
    ONLINE_ANSWER_HOURS = "online_answer_hours", "Số giờ làm việc để trả lời hồ sơ trực tuyến"
    APOLOGY_LEAD_DAYS = "apology_lead_days", "Số ngày phải xin lỗi trước hạn trả"
    DUE_SOON_HOURS = "due_soon_hours", "Số giờ trước hạn thì nhắc sắp đến hạn"


@dataclass(frozen=True, slots=True)
class Term:
    """A length, as a procedure publishes it. `amount` is 0 or 1 for `same_day`, else at least 1."""

    amount: int
    unit: TermUnit


@dataclass(frozen=True, slots=True)
class DayException:
    """A day that does not follow its weekday. `decided` is False while no decision is known (dự kiến)."""

    kind: DayKind
    half: Half = Half.ALL
    name: str = ""
    decision: str = ""
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count: from the request sent to the citizen until their answer."""

    paused_at: datetime
    resumed_at: datetime


@dataclass(frozen=True, slots=True)
class OffSpan:
    """Days off in a row, both ends included; weekends beside a holiday belong to it. A half day stands alone."""

    first: date
    last: date
    name: str
    half: Half = Half.ALL
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Due:
    """A due moment and why it is that one.

    `due_at`, `starts_at`: aware, Vietnam time. `working`: the working days counted (empty for calendar days).
    `off`: the holidays on the way. `text`: one Vietnamese sentence for papers and screens. `notes`: what the
    reader should know of its certainty (indicative holidays, years without a calendar).
    """

    due_at: datetime
    starts_at: datetime
    working: tuple[date, ...]
    off: tuple[OffSpan, ...]
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks that hold for a unit on a day."""

    same_day_cutoff: time = time(15, 0)
    hand_over_cutoff: time = time(15, 0)
    online_answer_hours: int = 8
    apology_lead_days: int = 1
    due_soon_hours: int = 24
