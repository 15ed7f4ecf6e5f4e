"""The shipped days off, against the `holidays` package, the lunar anchors and the law's own rules."""

from collections import Counter
from datetime import date, timedelta

import holidays
import pytest

from motcua.deadlines.actions.load_calendar import shipped_days
from motcua.deadlines.models import CalendarException
from motcua.deadlines.terms import DayKind

YEARS = range(2014, 2028)
ROWS = list(shipped_days())
PACKAGE = holidays.country_holidays("VN", years=YEARS)

#: §11.1: mùng 1 Tết and Giỗ Tổ (10/3 âm lịch), by the astronomical calendar of UTC+7.
ANCHORS = [
    (date(2024, 2, 10), date(2024, 4, 18)),
    (date(2025, 1, 29), date(2025, 4, 7)),
    (date(2026, 2, 17), date(2026, 4, 26)),
    (date(2027, 2, 6), date(2027, 4, 16)),
    (date(2028, 1, 26), date(2028, 4, 4)),
    (date(2029, 2, 13), date(2029, 4, 23)),
    (date(2030, 2, 2), date(2030, 4, 12)),
    (date(2031, 1, 23), date(2031, 4, 1)),
]


def off_weekdays(rows: list[CalendarException]) -> set[date]:
    return {row.date for row in rows if row.kind == DayKind.OFF and row.applies and row.date.weekday() < 5}


def test_one_row_a_day_each_with_its_source() -> None:
    assert max(Counter(row.date for row in ROWS).values()) == 1
    assert all(row.name and row.source and row.kind in DayKind.values and row.half == "ALL" for row in ROWS)
    assert {row.date.year for row in ROWS} == set(YEARS)


def test_lost_working_days_are_those_of_the_package_but_for_what_is_known() -> None:
    """Where we differ, and why.

    2026-08-31: later releases of the package apply the reported swap with Saturday 22/8; we keep it as a row that
    does not apply.
    2027-02-04 / 2027-02-11: nothing is announced; the package puts the compensation for the Saturday and the
    Sunday of Tết on both sides, we put both behind, on the next working days (Bộ luật Lao động 2019, Điều 111).
    """
    theirs = {day for day in PACKAGE if day.weekday() < 5}
    ours = off_weekdays(ROWS)
    assert theirs - ours - {date(2026, 8, 31)} == {date(2027, 2, 4)}
    assert sorted(ours - theirs) == [date(2027, 2, 11)]


def test_made_up_saturdays_are_those_of_the_package_but_for_the_reported_swap() -> None:
    ours = {row.date for row in ROWS if row.kind == DayKind.WORK and row.applies}
    assert PACKAGE.weekend_workdays - ours <= {date(2026, 8, 22)}
    assert ours <= PACKAGE.weekend_workdays
    assert all(day.weekday() == 5 for day in ours)


def test_swaps_come_in_pairs() -> None:
    by_day = {row.date: row for row in ROWS}
    swapped = [row for row in ROWS if row.note.startswith("hoán đổi với ")]
    assert len(swapped) == 22
    for row in swapped:
        day, month, year = row.note.removeprefix("hoán đổi với ").split("/")
        other = by_day[date(int(year), int(month), int(day))]
        assert {row.kind, other.kind} == {DayKind.OFF, DayKind.WORK}
        assert (row.applies, row.decided, row.decision_no) == (other.applies, other.decided, other.decision_no)


def test_what_was_only_reported_does_not_apply() -> None:
    waiting = [row for row in ROWS if not row.applies]
    assert [row.date for row in waiting] == [
        date(2026, 1, 2),
        date(2026, 1, 10),
        date(2026, 8, 22),
        date(2026, 8, 31),
    ]
    assert not any(row.decided or row.verified for row in waiting)


def test_indicative_days_apply_and_say_that_they_are_not_decided() -> None:
    undecided = [row for row in ROWS if row.applies and not row.decided]
    assert [row.date for row in undecided] == [*(date(2027, 2, day) for day in range(5, 12)), date(2027, 9, 3)]
    assert not any(row.verified for row in undecided)


@pytest.mark.parametrize(("tet", "hung_kings"), ANCHORS)
def test_lunar_anchors(tet: date, hung_kings: date) -> None:
    package = holidays.country_holidays("VN", years=tet.year, observed=False, language="en_US")
    assert package[tet] == "Lunar New Year"
    assert "Hung Kings" in package[hung_kings]
    if tet.year in YEARS:
        named = {row.date: row.name for row in ROWS if row.kind == DayKind.OFF}
        assert named[hung_kings] == "Giỗ Tổ Hùng Vương"
        run = {tet + timedelta(days=number) for number in range(-1, 4)}
        assert all(named.get(day) == "Tết" or day.weekday() > 4 for day in run)


@pytest.mark.parametrize("year", YEARS)
def test_the_law_is_kept(year: int) -> None:
    """Days of the Labour Code: 10 until 2020, 11 from 2021 (one more at 2/9), 12 from 2026 (24/11)."""
    own = [row for row in ROWS if row.date.year == year and row.kind == DayKind.OFF and row.applies]
    statutory = {"Tết Dương lịch", "Giỗ Tổ Hùng Vương", "Ngày Chiến thắng", "Quốc tế Lao động", "Quốc khánh"}
    fixed = [
        row for row in own if row.name in statutory | {"Ngày Văn hóa Việt Nam"} and not row.note.startswith("hoán")
    ]
    days = [row for row in fixed if row.note != "nghỉ bù"]
    assert len(days) == 5 + (year >= 2021) + (year >= 2026)
    assert sum(row.date.weekday() > 4 for row in days) == sum(row.note == "nghỉ bù" for row in fixed)
    tet = [row for row in own if row.name == "Tết" and not row.note.startswith("hoán") and row.date.weekday() < 5]
    assert len(tet) == 5
