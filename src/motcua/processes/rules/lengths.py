"""How long terms are together, in working hours: to hold steps against the term that is published."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from motcua.processes.terms import TermSpec

HOURS_A_DAY = 8
#: Working hours in five of seven days, for terms counted in calendar days.
_DAY_SHARE = (5, 7)


def total_hours(term: Mapping[str, Any]) -> int:
    """Return the working hours in a term; a same-day term is one day of 8 hours (thực tế các hệ thống một cửa)."""
    amount, unit = int(term.get("amount", 0)), term["unit"]
    if unit == "same_day":
        return HOURS_A_DAY
    if unit == "working_hour":
        return amount
    if unit == "day":
        return max(amount * HOURS_A_DAY * _DAY_SHARE[0] // _DAY_SHARE[1], HOURS_A_DAY)
    return amount * HOURS_A_DAY


def hours_of(term: TermSpec | None) -> int:
    """Return the working hours in a term; 0 without one."""
    return total_hours({"amount": term.amount, "unit": term.unit}) if term else 0


def hours_together(terms: Iterable[TermSpec | None]) -> int:
    """Return the working hours of terms one after another; those of one unit are added before they become hours."""
    sums: Counter[str] = Counter()
    same_day = 0
    for term in filter(None, terms):
        if term.unit == "same_day":
            same_day += HOURS_A_DAY
        else:
            sums[term.unit] += term.amount
    return same_day + sum(total_hours({"amount": amount, "unit": unit}) for unit, amount in sums.items())


def in_days(hours: float) -> str:
    """Return working hours in words: «12 giờ làm việc (1,5 ngày)»."""
    days = f"{hours / HOURS_A_DAY:.1f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{hours:g} giờ làm việc ({days} ngày)".replace(".", ",")
