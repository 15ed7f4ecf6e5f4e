"""Why a due moment is that one, in one Vietnamese sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from motcua.deadlines.rules.calendar import LONGEST_REST_DAYS, ONE_DAY, Calendar
from motcua.deadlines.terms import DayKind, Half, OffSpan, Term, TermUnit

_MOST_LISTED = 12
_HEAD, _TAIL = 4, 2
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Account:
    """How the end was reached: the days counted, for hours the stretches walked, the working time paused."""

    starts_at: datetime
    due_at: datetime
    days: tuple[date, ...]
    walked: tuple[tuple[datetime, datetime], ...] = ()
    received_at: datetime | None = None
    paused: timedelta = timedelta(0)


def explain(term: Term, account: Account, off: Sequence[OffSpan], calendar: Calendar) -> str:
    """E.g. "3 ngày làm việc: 13/02, 23/02, 24/02; nghỉ Tết 14–22/02"."""
    year = account.starts_at.year
    parts = [_counted(term, account, calendar), _late_start(account), _rolled(term, account)]
    parts += [_off_text(span, year) for span in off]
    parts += [_made_up(account, calendar), _paused(account)]
    return "; ".join(part for part in parts if part)


def _counted(term: Term, account: Account, calendar: Calendar) -> str:
    year = account.starts_at.year
    if term.unit == TermUnit.WORKING_DAY:
        return f"{term.amount} ngày làm việc: {_listed([day_text(day, year) for day in account.days])}"
    if term.unit == TermUnit.DAY:
        return f"{term.amount} ngày: {span_text(account.days[0], account.days[-1], year)}"
    if term.unit == TermUnit.WORKING_HOUR:
        return f"{term.amount} giờ làm việc: {_listed(list(_walked_text(account, year)))}"
    (day,) = account.days
    if day == account.starts_at.date():
        return f"trong ngày làm việc {day_text(day, year)}"
    return f"nhận sau {calendar.same_day_cutoff:%H:%M} nên trả trong ngày làm việc tiếp theo {day_text(day, year)}"


def _walked_text(account: Account, year: int) -> Iterator[str]:
    for day, walked in groupby(account.walked, key=lambda stretch: stretch[0].date()):
        spans = [f"{begins:%H:%M}–{ends:%H:%M}" for begins, ends in walked]
        yield f"{day_text(day, year)} ({', '.join(spans)})"


def _listed(items: list[str]) -> str:
    if len(items) > _MOST_LISTED:
        items = [*items[:_HEAD], "…", *items[-_TAIL:]]
    return ", ".join(items)


def _late_start(account: Account) -> str:
    if account.received_at is None or account.received_at == account.starts_at:
        return ""
    return f"nhận ngoài giờ làm việc nên tính từ {account.starts_at:%H:%M} ngày {account.starts_at:%d/%m}"


def _rolled(term: Term, account: Account) -> str:
    if term.unit not in {TermUnit.DAY, TermUnit.WORKING_DAY} or account.paused:
        return ""
    if account.due_at.date() == account.days[-1]:
        return ""
    return f"hết hạn ngoài giờ làm việc nên chuyển sang {account.due_at:%H:%M} ngày {account.due_at:%d/%m}"


def _made_up(account: Account, calendar: Calendar) -> str:
    made_up = [day for day in account.days if day in calendar.exceptions and calendar.works_on(day)]
    named = [day_text(day, account.starts_at.year) for day in made_up if calendar.exceptions[day].kind == DayKind.WORK]
    return f"làm bù {', '.join(named)}" if named else ""


def _paused(account: Account) -> str:
    if not account.paused:
        return ""
    new = f"{account.due_at:%H:%M} ngày {account.due_at:%d/%m/%Y}"
    return f"cộng {hours_text(account.paused)} làm việc tạm dừng, hạn mới {new}"


def hours_text(length: timedelta) -> str:
    """E.g. "12 giờ", "3 giờ 30 phút"; seconds are left out."""
    hours, rest = divmod(length, _HOUR)
    minutes = int(rest.total_seconds() // 60)
    return f"{hours} giờ {minutes} phút" if minutes else f"{hours} giờ"


def day_text(day: date, year: int) -> str:
    """The day without its year when that is the year of the receipt."""
    return f"{day:%d/%m}" if day.year == year else f"{day:%d/%m/%Y}"


def span_text(first: date, last: date, year: int) -> str:
    """E.g. "24/11", "14–22/02", "30/04–03/05", "30/12–03/01/2027"."""
    if first == last:
        return day_text(first, year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%d}–{day_text(last, year)}"
    return f"{day_text(first, year)}–{day_text(last, year)}"


def _off_text(span: OffSpan, year: int) -> str:
    half = "" if span.half == Half.ALL else f"{span.half.label} "
    name = f"{span.name} " if span.name else ""
    return f"nghỉ {half}{name}{span_text(span.first, span.last, year)}"


def off_spans(first: date, last: date, calendar: Calendar) -> tuple[OffSpan, ...]:
    """The declared days off that touch [first, last]; days of rest beside a holiday join its span."""
    spans: list[OffSpan] = []
    day = first
    while day <= last:
        span = _span_at(day, calendar)
        if span is not None:
            spans.append(span)
        day = (span.last if span is not None else day) + ONE_DAY
    return tuple(spans)


def _span_at(day: date, calendar: Calendar) -> OffSpan | None:
    exception = calendar.exceptions.get(day)
    if exception is not None and exception.kind == DayKind.OFF and exception.half != Half.ALL:
        return OffSpan(day, day, exception.name, exception.half, exception.decided)
    if calendar.works_on(day):
        return None
    begins, ends = _rest_edge(day, -ONE_DAY, calendar), _rest_edge(day, ONE_DAY, calendar)
    run = [begins + ONE_DAY * number for number in range((ends - begins).days + 1)]
    holidays = [calendar.exceptions[each] for each in run if calendar.is_holiday(each)]
    if not holidays:
        return None
    names = ", ".join(dict.fromkeys(holiday.name for holiday in holidays if holiday.name))
    return OffSpan(begins, ends, names, decided=all(holiday.decided for holiday in holidays))


def _rest_edge(day: date, step: timedelta, calendar: Calendar) -> date:
    for _ in range(LONGEST_REST_DAYS):
        if calendar.works_on(day + step):
            break
        day += step
    return day


def uncertainties(first: date, last: date, off: Sequence[OffSpan], calendar: Calendar) -> tuple[str, ...]:
    """What is not certain: indicative days off on the way, years whose days off are not known."""
    notes = [
        f"Lịch {_off_text(span, first.year)} là dự kiến, chưa có thông báo chính thức."
        for span in off
        if not span.decided
    ]
    if calendar.covered is not None:
        begins, ends = calendar.covered
        unknown = [str(year) for year in range(first.year, last.year + 1) if not begins <= year <= ends]
        if unknown:
            years = ", ".join(unknown)
            notes.append(f"Chưa có lịch nghỉ lễ năm {years}; mới chỉ trừ thứ Bảy, Chủ nhật.")
    return tuple(notes)
