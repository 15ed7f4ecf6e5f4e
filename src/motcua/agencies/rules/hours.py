"""What a week of working hours must look like."""

from collections.abc import Mapping
from itertools import pairwise

from motcua.agencies.terms import WEEKDAYS, Shifts
from motcua.kernel.errors import Problem


def week_problems(week: Mapping[int, Shifts]) -> list[Problem]:
    """Everything wrong with a week: unknown days, shifts that end before they begin or overlap."""
    problems = []
    for weekday, shifts in sorted(week.items()):
        if not 0 <= weekday < len(WEEKDAYS):
            problems.append(Problem("weekday", f"Không có ngày thứ {weekday} trong tuần (0 là Thứ Hai).", "week"))
            continue
        day = WEEKDAYS[weekday]
        problems += [
            Problem("shift_order", f"{day}: giờ nghỉ {closes:%H:%M} phải sau giờ làm {opens:%H:%M}.", "week")
            for opens, closes in shifts
            if closes <= opens
        ]
        problems += [
            Problem("shift_overlap", f"{day}: hai ca làm việc chồng lên nhau quanh {second[0]:%H:%M}.", "week")
            for first, second in pairwise(sorted(shifts))
            if second[0] < first[1]
        ]
    return problems
