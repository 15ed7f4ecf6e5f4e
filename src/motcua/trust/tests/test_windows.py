"""Windows and alarms: pure."""

from datetime import UTC, datetime, timedelta

import pytest

from motcua.signing.terms import KeyKind
from motcua.trust.rules.windows import DEFAULTS, RULE_OF, Window, alarm_due, largest, order_problems
from motcua.trust.terms import KeyPlace, RuleKind, Standing

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("since", "at", "standing"),
    [
        (None, AT, Standing.WELL),
        (AT, AT, Standing.GOING_ON),
        (AT, AT + DAY - timedelta(seconds=1), Standing.GOING_ON),
        (AT, AT + DAY, Standing.STOPPED),
    ],
)
def test_signing_goes_on_and_then_stops(since, at, standing):
    assert Window(since, DAY).standing(at) is standing


def test_the_first_failure_counts():
    window = Window(None, DAY).after_failure(AT).after_failure(AT + timedelta(hours=5))
    assert window.stops_at == AT + DAY
    assert Window(None, DAY).stops_at is None


def test_a_window_of_no_length_stops_at_once():
    assert Window(None, timedelta(0)).after_failure(AT).standing(AT) is Standing.STOPPED


@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (timedelta(days=60, seconds=1), None),
        (timedelta(days=60), RuleKind.ALARM_FIRST),
        (timedelta(days=30), RuleKind.ALARM_SECOND),
        (timedelta(days=7), RuleKind.ALARM_LAST),
        (timedelta(seconds=1), RuleKind.ALARM_LAST),
        (timedelta(0), None),
    ],
)
def test_the_latest_alarm_rings(left, kind):
    assert alarm_due(AT + left, AT, DEFAULTS) is kind


def test_alarms_come_one_after_the_other():
    assert order_problems(DEFAULTS) == []
    assert order_problems({**DEFAULTS, RuleKind.ALARM_SECOND: 60}) != []
    assert order_problems({**DEFAULTS, RuleKind.ALARM_LAST: 0}) != []


def test_amounts_have_a_largest():
    assert {largest(kind) for kind in RULE_OF.values()} == {336}
    assert largest(RuleKind.ALARM_FIRST) == 365


def test_places_of_keys_are_those_that_signing_knows():
    assert [(one.value, one.label) for one in KeyPlace] == [(one.value, one.label) for one in KeyKind]
