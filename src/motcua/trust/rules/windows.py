"""How long signing may go on while a trust service is away: counted from the first failure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from motcua.kernel.errors import Problem
from motcua.trust.terms import RuleKind, Standing, WindowKind

#: What holds until an administrator sets something else: hours for windows, days for alarms. No text of law says how
#: long an agency may sign without timestamps or answers about revocation; these are the house's own.
DEFAULTS: Mapping[RuleKind, int] = MappingProxyType(
    {
        RuleKind.STAMP_WINDOW: 24,
        RuleKind.REVOCATION_WINDOW: 24,
        RuleKind.ALARM_FIRST: 60,
        RuleKind.ALARM_SECOND: 30,
        RuleKind.ALARM_LAST: 7,
    }
)
#: Which rule says how long what may be away.
RULE_OF: Mapping[WindowKind, RuleKind] = MappingProxyType(
    {WindowKind.STAMP: RuleKind.STAMP_WINDOW, WindowKind.REVOCATION: RuleKind.REVOCATION_WINDOW}
)
ALARMS = (RuleKind.ALARM_FIRST, RuleKind.ALARM_SECOND, RuleKind.ALARM_LAST)
_MOST = {"hours": 24 * 14, "days": 365}


@dataclass(frozen=True, slots=True)
class Window:
    """Since when a service is away (None: it answers) and for how long signing may go on."""

    since: datetime | None
    length: timedelta

    def standing(self, at: datetime) -> Standing:
        """Return how signing stands at `at`; with a window of no length the first failure stops it."""
        if self.since is None:
            return Standing.WELL
        return Standing.GOING_ON if at < self.since + self.length else Standing.STOPPED

    @property
    def stops_at(self) -> datetime | None:
        """When signing stops, or None while nothing is away."""
        return None if self.since is None else self.since + self.length

    def after_failure(self, at: datetime) -> "Window":
        """Return the window once somebody got no answer at `at`: the first failure counts."""
        return self if self.since is not None else Window(at, self.length)


def is_in_hours(kind: RuleKind) -> bool:
    """Whether the amount of a rule is hours (else days)."""
    return kind in RULE_OF.values()


def largest(kind: RuleKind) -> int:
    """Return the largest amount that may be set: two weeks of going on, a year of warning."""
    return _MOST["hours" if is_in_hours(kind) else "days"]


def alarm_due(valid_to: datetime, at: datetime, days: Mapping[RuleKind, int]) -> RuleKind | None:
    """Return the latest alarm whose day has come before a certificate ends; None: too early, or it has ended."""
    if at >= valid_to:
        return None
    reached = [kind for kind in ALARMS if at >= valid_to - timedelta(days=days[kind])]
    return min(reached, key=lambda kind: days[kind]) if reached else None


def order_problems(days: Mapping[RuleKind, int]) -> list[Problem]:
    """Return what is wrong with the alarms: each must come before the next."""
    first, second, last = (days[kind] for kind in ALARMS)
    if first > second > last > 0:
        return []
    return [Problem("alarm_order", "Các lần báo phải xa dần: lần đầu sớm nhất, lần cuối muộn nhất.", "amount")]
