"""Both rules of on time and overdue, case by case of §4.4."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.deadlines.rules.lateness import LatenessFacts, Wait, citizens_time, classify, is_due_soon
from motcua.deadlines.terms import VIET_NAM, Lateness, LatenessRule

LOCAL, NATIONAL = LatenessRule.LOCAL_DATES, LatenessRule.NATIONAL_766
EARLY, ON_TIME, LATE = Lateness.EARLY, Lateness.ON_TIME, Lateness.LATE
IN_TIME, OPEN_LATE, NOT_RECEIVED = Lateness.OPEN_IN_TIME, Lateness.OPEN_LATE, Lateness.NOT_RECEIVED


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=VIET_NAM)


NOW = on(20)


def test_the_rules_have_names() -> None:
    assert [rule.label for rule in LatenessRule] == [
        "So theo ngày (báo cáo của địa phương)",
        "Bộ chỉ số phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg)",
    ]
    assert [kind for kind in Lateness if kind.is_late] == [LATE, OPEN_LATE]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (LatenessFacts(9, on(2), on(10), finished_at=on(9, 16)), EARLY),
        (LatenessFacts(9, on(2), on(10), finished_at=on(10, 17)), ON_TIME),  # later that day: dates only
        (LatenessFacts(9, on(2), on(10), finished_at=on(11, 7)), LATE),
        (LatenessFacts(9, on(2), finished_at=on(11, 7)), ON_TIME),
        (LatenessFacts(10, on(2), on(10), finished_at=on(10), delivered_at=on(15)), ON_TIME),
        (LatenessFacts(10, on(2), on(10), delivered_at=on(15)), LATE),
        (LatenessFacts(9, on(2), on(10)), OPEN_LATE),  # no end known
        (LatenessFacts(2, on(2), on(20, 7)), IN_TIME),
        (LatenessFacts(4, on(2), on(19, 17)), OPEN_LATE),
        (LatenessFacts(4, on(2)), IN_TIME),
        (LatenessFacts(5, on(2), on(10)), IN_TIME),
        (LatenessFacts(6, on(2), on(10)), IN_TIME),
        (LatenessFacts(8, on(2), on(10)), IN_TIME),
        (LatenessFacts(7, on(2), on(10), ended_at=on(15)), ON_TIME),
        (LatenessFacts(1), NOT_RECEIVED),
        (LatenessFacts(3, ended_at=on(3)), NOT_RECEIVED),
    ],
)
def test_local_dates(facts: LatenessFacts, expected: Lateness) -> None:
    assert classify(LOCAL, facts, at=NOW) == expected


def test_dates_are_those_of_vietnam() -> None:
    late_in_the_evening = datetime(2026, 3, 9, 17, 30, tzinfo=UTC)  # 00:30 on the 10th in Vietnam
    facts = LatenessFacts(9, on(2), on(10), finished_at=late_in_the_evening)
    assert classify(LOCAL, facts, at=NOW) == ON_TIME


ONE = (Wait(on(5), on(7)),)
TWO = (Wait(on(5), on(6)), Wait(on(8), on(9)))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (LatenessFacts(9, on(2), on(10), finished_at=on(10)), ON_TIME),
        (LatenessFacts(9, on(2), on(10), finished_at=on(10, 10)), LATE),  # moments count, not dates
        (LatenessFacts(9, on(2), on(10), finished_at=on(12), supplements=ONE), ON_TIME),
        (LatenessFacts(9, on(2), on(10), finished_at=on(12, 10), supplements=ONE), LATE),
        (LatenessFacts(9, on(2), on(14), original_due_at=on(10), finished_at=on(12), supplements=ONE), ON_TIME),
        (LatenessFacts(9, on(2), on(14), original_due_at=on(10), finished_at=on(13), supplements=ONE), LATE),
        (LatenessFacts(9, on(2), on(30), finished_at=on(10), supplements=TWO), LATE),
        (LatenessFacts(5, on(2), on(30), supplements=TWO), OPEN_LATE),
        (LatenessFacts(10, on(2), on(10), finished_at=on(9), delivered_at=on(15)), ON_TIME),
        (LatenessFacts(10, on(2), on(10), delivered_at=on(15)), LATE),
        (LatenessFacts(8, on(2), on(10), ended_at=on(12)), LATE),
        (LatenessFacts(7, on(2), on(10), ended_at=on(9)), ON_TIME),
        (LatenessFacts(3, ended_at=on(9)), ON_TIME),
        (LatenessFacts(5, on(2), on(10), supplements=[Wait(on(9))]), IN_TIME),
        (LatenessFacts(5, on(2), on(10), supplements=[Wait(on(11))]), OPEN_LATE),
        (LatenessFacts(4, on(2), on(19), supplements=ONE), IN_TIME),  # two days were the citizen's
        (LatenessFacts(4, on(2), on(19)), OPEN_LATE),
        (LatenessFacts(4, on(2), on(25)), IN_TIME),
        (LatenessFacts(4, on(2), on(19), ended_at=on(3)), OPEN_LATE),  # an end that the status does not know
        (LatenessFacts(9, on(2), finished_at=on(7), longest=timedelta(days=5)), ON_TIME),
        (LatenessFacts(9, on(2), finished_at=on(7, 10), longest=timedelta(days=5)), LATE),
        (LatenessFacts(9, on(2), finished_at=on(9), longest=timedelta(days=5), supplements=ONE), ON_TIME),
        (LatenessFacts(9, on(2), finished_at=on(30)), ON_TIME),
        (LatenessFacts(3, ended_at=on(9), longest=timedelta(days=5)), ON_TIME),
        (LatenessFacts(1), NOT_RECEIVED),
    ],
)
def test_national_766(facts: LatenessFacts, expected: Lateness) -> None:
    assert classify(NATIONAL, facts, at=NOW) == expected


def test_the_citizens_time_ends_with_the_period() -> None:
    assert citizens_time([Wait(on(5), on(7))], until=on(6)) == timedelta(days=1)
    assert citizens_time([Wait(on(5))], until=on(8)) == timedelta(days=3)
    assert citizens_time([Wait(on(5), on(7))], until=on(4)) == timedelta(0)


def test_due_soon() -> None:
    assert is_due_soon(on(11), at=on(10))
    assert not is_due_soon(on(11, 10), at=on(10))
    assert is_due_soon(on(11, 10), at=on(10), hours=48)
    assert not is_due_soon(on(9), at=on(10))
    assert not is_due_soon(None, at=on(10))
