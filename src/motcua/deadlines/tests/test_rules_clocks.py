"""Hand-over, first answer online, apology; the written values of clocks."""

from datetime import UTC, datetime, time

import pytest

from motcua.deadlines.rules.calendar import Calendar
from motcua.deadlines.rules.clocks import apology_due, clock_problems, clocks_from, hand_over_due, online_answer_due
from motcua.deadlines.terms import VIET_NAM, ClockKey, Clocks
from motcua.kernel.errors import Invalid

CLOCKS, CALENDAR = Clocks(), Calendar()


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIET_NAM)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-03-04 09:00", "2026-03-04 17:00"),
        ("2026-03-04 15:00", "2026-03-04 17:00"),
        ("2026-03-04 15:01", "2026-03-05 11:30"),
        ("2026-03-06 16:00", "2026-03-09 11:30"),
        ("2026-03-07 09:00", "2026-03-09 17:00"),
    ],
)
def test_hand_over(received: str, due: str) -> None:
    assert hand_over_due(moment(received), CALENDAR, CLOCKS) == moment(due)


def test_first_answer_to_an_online_dossier() -> None:
    assert online_answer_due(moment("2026-03-06 15:00"), CALENDAR, CLOCKS) == moment("2026-03-09 15:00")
    assert online_answer_due(moment("2026-03-07 22:00"), CALENDAR, CLOCKS) == moment("2026-03-09 17:00")
    two = Clocks(online_answer_hours=2)
    assert online_answer_due(moment("2026-03-06 15:00"), CALENDAR, two) == moment("2026-03-06 17:00")


def test_apology_comes_a_day_before() -> None:
    assert apology_due(moment("2026-03-06 10:00"), CLOCKS) == moment("2026-03-05 23:59:59")


def test_bad_moments_are_refused() -> None:
    early = datetime.min.replace(tzinfo=UTC)
    for ask in (
        lambda: hand_over_due(early, CALENDAR, CLOCKS),
        lambda: online_answer_due(early, CALENDAR, CLOCKS),
        lambda: apology_due(early, CLOCKS),
    ):
        with pytest.raises(Invalid):
            ask()


def test_values_are_read() -> None:
    values = {ClockKey.SAME_DAY_CUTOFF: "14:30", ClockKey.ONLINE_ANSWER_HOURS: "4", ClockKey.APOLOGY_LEAD_DAYS: "2"}
    assert clocks_from(values) == Clocks(time(14, 30), time(15, 0), 4, 2)
    assert clocks_from({}) == CLOCKS
    with pytest.raises(Invalid):
        clocks_from({ClockKey.DUE_SOON_HOURS: "x"})


@pytest.mark.parametrize("value", ["", "25:00", "15h", "15:00:00", "8"])
def test_times_of_day_that_make_no_sense(value: str) -> None:
    assert "hãy ghi như 15:00" in clock_problems(ClockKey.HAND_OVER_CUTOFF, value)[0].message


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "٣", "241", "9" * 5000, "²"])
def test_counts_that_make_no_sense(value: str) -> None:
    assert "số nguyên từ 1 đến 240" in clock_problems(ClockKey.ONLINE_ANSWER_HOURS, value)[0].message
