"""Dates and numbers as official papers write them (Decree 30/2020, Appendix I: 0 before days to 9, months 1 and 2)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_TWO_DIGITS_TO_MONTH = 2
_TWO_DIGITS_TO = 10


def short_date(day: date | None) -> str:
    """24/02/2026, "" for None."""
    return day.strftime("%d/%m/%Y") if day else ""


def long_date(day: date) -> str:
    """Ngày 24 tháng 02 năm 2026, with a small "n"."""
    month = f"{day.month:02d}" if day.month <= _TWO_DIGITS_TO_MONTH else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def moment(at: datetime | None) -> str:
    """15 giờ 30 phút, ngày 24 tháng 02 năm 2026, in Vietnamese time; "" for None; raises ValueError when naive."""
    if at is None:
        return ""
    local = to_local(at)
    return f"{local.hour:02d} giờ {local.minute:02d} phút, {long_date(local.date())}"


def day_or_moment(when: date | datetime | None) -> str:
    """A moment as `moment`, a plain day as `long_date`; "" for None."""
    return moment(when) if isinstance(when, datetime) or when is None else long_date(when)


def short_moment(at: datetime) -> str:
    """14:05 22/11/2026, in Vietnamese time."""
    return to_local(at).strftime("%H:%M %d/%m/%Y")


def place_and_date(place: str, at: datetime) -> str:
    """Hoàn Kiếm, ngày 22 tháng 11 năm 2026; without a place, dots stand for it."""
    return f"{place or '……………'}, {long_date(to_local(at).date())}"


def count(number: int) -> str:
    """01, 12; a dash for nothing."""
    if not number:
        return "–"
    return f"{number:02d}" if number < _TWO_DIGITS_TO else str(number)


def to_local(at: datetime) -> datetime:
    """Return `at` in Vietnamese time; raises ValueError for a naive moment."""
    if at.tzinfo is None:
        raise ValueError("a moment on a paper needs an offset")
    return at.astimezone(LOCAL)
