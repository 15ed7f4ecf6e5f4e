"""When a message that did not leave is tried again."""

from datetime import datetime, timedelta

#: With the waits below the last attempt comes a little more than two days after the first.
MOST_ATTEMPTS = 20
#: How long a message belongs to the worker that took it; after a crash it is free again then.
LEASE = timedelta(minutes=10)
#: How long a channel rests when its server did not answer.
CHANNEL_REST = timedelta(minutes=1)
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(hours=4)


def next_try(attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after `attempts` (≥ 1) failures, the last one at `at`; None = give up.

    The wait doubles: 30 s, 1 min, 2 min … 4 h.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    doublings = min(attempts - 1, 16)
    return at + min(_FIRST_WAIT * (1 << doublings), _LONGEST_WAIT)
