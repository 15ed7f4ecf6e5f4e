"""Until when a result holds, read from the words of its procedure."""

import re
from datetime import date, timedelta

_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LENGTH = re.compile(r"(\d{1,3})\s*(?:\([^)]*\)\s*)?(năm|tháng|ngày)", re.IGNORECASE)
_FEBRUARY, _FOUR, _HUNDRED = 2, 4, 400
_MONTHS = 12


def valid_until(words: str, issued_on: date) -> date | None:
    """Return the last day on which a result holds: "06 tháng" from 02/03/2026 → 02/09/2026.

    None where the words say no length ("không thời hạn", "theo giấy phép", ""): the paper itself says until when.
    """
    if (found := _LENGTH.search(words)) is None:
        return None
    amount, unit = int(found[1]), found[2].lower()
    if unit == "ngày":
        return issued_on + timedelta(days=amount)
    months = amount * (_MONTHS if unit == "năm" else 1)
    year, month = divmod(issued_on.year * _MONTHS + issued_on.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(issued_on.day, _length_of(year, month + 1)))


def _length_of(year: int, month: int) -> int:
    is_leap = year % _FOUR == 0 and (year % 100 != 0 or year % _HUNDRED == 0)
    return 29 if month == _FEBRUARY and is_leap else _DAYS_IN_MONTH[month - 1]
