"""What may be declared of a day."""

from datetime import date

from motcua.deadlines.rules.limits import FIRST_YEAR, LAST_YEAR
from motcua.kernel.errors import Problem

_LONGEST = 120


def day_problems(day: date, *, name: str, decision_no: str) -> list[Problem]:
    """Problems of a day to be declared off or working: no name, texts too long, a year out of range."""
    problems = []
    if not name:
        problems.append(Problem("calendar_name_missing", "Hãy ghi tên ngày nghỉ hoặc lý do làm bù.", "name"))
    for field, text in (("name", name), ("decision_no", decision_no)):
        if len(text) > _LONGEST:
            problems.append(Problem("calendar_text_too_long", f"Không ghi quá {_LONGEST} ký tự.", field))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"Năm {day.year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}; hãy kiểm tra lại."
        problems.append(Problem("calendar_year", message, "date"))
    return problems
