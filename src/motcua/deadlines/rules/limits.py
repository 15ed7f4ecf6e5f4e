"""What may be asked at all: terms and moments that make sense. Returns every problem."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from motcua.deadlines.terms import Pause, Term, TermUnit
from motcua.kernel.errors import Invalid, Problem

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
#: No procedure takes longer than about ten years.
LONGEST: Final[Mapping[TermUnit, int]] = {
    TermUnit.WORKING_DAY: 2500,
    TermUnit.DAY: 3660,
    TermUnit.WORKING_HOUR: 20000,
    TermUnit.SAME_DAY: 1,
}
LONGEST_PAUSE: Final = timedelta(days=3660)


def term_problems(term: Term, *, field: str = "amount") -> list[Problem]:
    """Problems of a term: not positive, or longer than any procedure."""
    longest = LONGEST[term.unit]
    if term.unit == TermUnit.SAME_DAY:
        if term.amount in (0, 1):
            return []
        message = "Thời hạn “trong ngày làm việc” không đi kèm số lượng; hãy ghi 0 hoặc 1."
        return [Problem("term_same_day", message, field)]
    if term.amount < 1:
        message = (
            f"Thời hạn phải từ 1 {term.unit.label} trở lên; nếu giải quyết ngay trong ngày, "
            "hãy chọn đơn vị “trong ngày làm việc”."
        )
        return [Problem("term_not_positive", message, field)]
    if term.amount > longest:
        message = f"Thời hạn không được quá {longest} {term.unit.label}; hãy kiểm tra lại."
        return [Problem("term_too_long", message, field)]
    return []


def moment_problems(moment: datetime, *, field: str) -> list[Problem]:
    """Problems of a moment: without a time zone, or in a year no dossier can have."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        return [Problem("moment_naive", "Thời điểm thiếu múi giờ; hãy ghi rõ, ví dụ 2026-03-02T09:15:00+07:00.", field)]
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        message = f"Năm {moment.year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}; hãy kiểm tra lại ngày tháng."
        return [Problem("moment_out_of_range", message, field)]
    return []


def pause_problems(pauses: Iterable[Pause]) -> list[Problem]:
    """Problems of pauses: bad moments, ends before it begins, longer than ten years."""
    problems: list[Problem] = []
    for pause in pauses:
        bad = moment_problems(pause.paused_at, field="paused_at")
        bad += moment_problems(pause.resumed_at, field="resumed_at")
        problems += bad or _span_problems(pause)
    return problems


def _span_problems(pause: Pause) -> list[Problem]:
    if pause.resumed_at < pause.paused_at:
        message = "Thời điểm tiếp tục phải sau thời điểm tạm dừng; hãy kiểm tra lại."
        return [Problem("pause_backwards", message, "resumed_at")]
    if pause.resumed_at - pause.paused_at > LONGEST_PAUSE:
        return [Problem("pause_too_long", "Thời gian tạm dừng dài hơn 10 năm; hãy kiểm tra lại.", "resumed_at")]
    return []


def demand(problems: list[Problem]) -> None:
    """Raise Invalid when there is any problem."""
    if problems:
        raise Invalid(problems)
