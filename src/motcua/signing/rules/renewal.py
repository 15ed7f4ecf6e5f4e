"""When an archived paper needs its next timestamp: before the last one can no longer be relied on (PAdES B-LTA)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

_NEVER_SEEN = date(1970, 1, 1)
_SOONEST = timedelta(days=1)
#: Digests of archive timestamps, from the one everybody reads to the longest.
_DIGESTS = ("sha256", "sha384", "sha512")


@dataclass(frozen=True, slots=True)
class Sunsets:
    """Until when algorithms are relied on (their last day, UTC), and how long before that a paper is renewed."""

    until: Mapping[str, date]
    margin: timedelta

    def end_of(self, algorithm: str) -> datetime:
        """Return when an algorithm ends; one that the table does not name has ended."""
        return datetime.combine(self.until.get(algorithm, _NEVER_SEEN), time.max, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Renewal:
    """When a paper is to be renewed, and what ends then: "certificate", or the name of an algorithm."""

    due_at: datetime
    because: str


def renewal_due(*, at: datetime, stamp_ends: datetime, algorithms: Iterable[str], sunsets: Sunsets) -> Renewal:
    """Return when a paper is due that was stamped at `at` by a certificate ending at `stamp_ends`, with `algorithms`.

    Where less than the margin is left already, it is half of what is left, but not sooner than in a day.
    """
    ends = [(stamp_ends, "certificate"), *((sunsets.end_of(one), one) for one in algorithms)]
    first, because = min(ends)
    due = first - sunsets.margin
    return Renewal(due if due > at else at + max((first - at) / 2, _SOONEST), because)


def digest_for(at: datetime, sunsets: Sunsets) -> str:
    """Return the digest of a timestamp to be made now: the first that is not about to end, else the last to end."""
    lasting = [one for one in _DIGESTS if sunsets.end_of(one) - sunsets.margin > at]
    return lasting[0] if lasting else max(_DIGESTS, key=sunsets.end_of)
