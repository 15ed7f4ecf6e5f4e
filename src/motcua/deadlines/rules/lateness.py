"""Đúng hạn, trước hạn, quá hạn: the two rules in use (§4.4 of the domain facts), on plain values.

Statuses are the national ones 1–10: 1 submitted, 2 received, 3 refused, 4 processing, 5 supplement requested,
6 financial obligation, 7 withdrawn, 8 stopped, 9 finished, 10 delivered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from motcua.deadlines.rules.calendar import local
from motcua.deadlines.terms import Lateness, LatenessRule

_NOT_RECEIVED: Final = frozenset({1, 3})
_DONE: Final = frozenset({9, 10})
_WITHDRAWN: Final = 7
_WAITING: Final = frozenset({5, 6, 8})
_ENDED_OTHERWISE: Final = frozenset({3, 7, 8})


@dataclass(frozen=True, slots=True)
class Wait:
    """One supplement request and its answer; None while the citizen has not answered."""

    requested_at: datetime
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LatenessFacts:
    """A dossier as it stands at the moment it is judged; moments are aware.

    `due_at`: what is promised now; `original_due_at`: what was promised first (None: the same). `finished_at`:
    status 9, `delivered_at`: status 10, `ended_at`: refused, withdrawn or stopped. `longest`: the published time
    as elapsed time, for dossiers without a promise. `supplements`: every request for a supplement, in order.
    """

    status: int
    received_at: datetime | None = None
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    finished_at: datetime | None = None
    delivered_at: datetime | None = None
    ended_at: datetime | None = None
    longest: timedelta | None = None
    supplements: Sequence[Wait] = ()


def classify(rule: LatenessRule, facts: LatenessFacts, *, at: datetime) -> Lateness:
    """Judge by the named rule at `at` (now, or the end of the report's period)."""
    return _RULES[rule](facts, at)


def by_local_dates(facts: LatenessFacts, at: datetime) -> Lateness:
    """Rule (a), practice of local reports: only the dates are compared.

    Withdrawn counts as on time; waiting for the citizen (5, 6) and stopped (8) count as within the term;
    without a promise nothing is late; submitted or refused is not received.
    """
    if facts.status in _NOT_RECEIVED:
        return Lateness.NOT_RECEIVED
    if facts.status == _WITHDRAWN:
        return Lateness.ON_TIME
    if facts.status in _WAITING:
        return Lateness.OPEN_IN_TIME
    end = facts.finished_at or facts.delivered_at if facts.status in _DONE else None
    return _open_by_date(facts.due_at, at) if end is None else _done_by_date(facts.due_at, end)


def _done_by_date(due_at: datetime | None, end: datetime) -> Lateness:
    if due_at is None:
        return Lateness.ON_TIME
    ended, due = local(end).date(), local(due_at).date()
    if ended < due:
        return Lateness.EARLY
    return Lateness.ON_TIME if ended == due else Lateness.LATE


def _open_by_date(due_at: datetime | None, at: datetime) -> Lateness:
    if due_at is None or local(due_at).date() >= local(at).date():
        return Lateness.OPEN_IN_TIME
    return Lateness.OPEN_LATE


def by_national_766(facts: LatenessFacts, at: datetime) -> Lateness:
    """Rule (b), Quyết định 766/QĐ-TTg: moments are compared, the citizen's time for a supplement is taken off.

    More than one supplement request is overdue whatever the clock says. The end is the finish, else the
    delivery, else the stop, refusal or withdrawal, else the only supplement request with nothing after it,
    else `at`. This rule knows no "early".
    """
    if facts.received_at is None and facts.status not in _ENDED_OTHERWISE:
        return Lateness.NOT_RECEIVED
    end, is_open = _national_end(facts, at)
    if len(facts.supplements) > 1:
        in_time = False
    else:
        in_time = _within_promise(facts, end - citizens_time(facts.supplements, until=end))
    if is_open:
        return Lateness.OPEN_IN_TIME if in_time else Lateness.OPEN_LATE
    return Lateness.ON_TIME if in_time else Lateness.LATE


def _national_end(facts: LatenessFacts, at: datetime) -> tuple[datetime, bool]:
    """The end by the national rule, and whether the dossier is still open."""
    ended = facts.ended_at if facts.status in _ENDED_OTHERWISE else None
    end = facts.finished_at or facts.delivered_at or ended
    if end is not None:
        return end, False
    if len(facts.supplements) == 1 and facts.supplements[0].answered_at is None:
        return facts.supplements[0].requested_at, True
    return at, True


def citizens_time(supplements: Sequence[Wait], *, until: datetime) -> timedelta:
    """Elapsed time the citizen took for supplements, up to `until`."""
    waits = ((min(wait.answered_at or until, until) - wait.requested_at) for wait in supplements)
    return sum((max(wait, timedelta(0)) for wait in waits), timedelta(0))


def _within_promise(facts: LatenessFacts, end: datetime) -> bool:
    promise = facts.original_due_at or facts.due_at
    if promise is None and facts.longest is not None and facts.received_at is not None:
        promise = facts.received_at + facts.longest
    return promise is None or end <= promise


def is_due_soon(due_at: datetime | None, *, at: datetime, hours: int = 24) -> bool:
    """Sắp hết hạn: due, not yet overdue, and within the next `hours` of elapsed time."""
    return due_at is not None and timedelta(0) <= due_at - at <= timedelta(hours=hours)


_RULES: Final[dict[LatenessRule, Callable[[LatenessFacts, datetime], Lateness]]] = {
    LatenessRule.LOCAL_DATES: by_local_dates,
    LatenessRule.NATIONAL_766: by_national_766,
}
