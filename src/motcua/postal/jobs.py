"""Work for the worker's loop: orders to the post company."""

import logging
import time
from datetime import datetime

from motcua.postal.actions.carrier import claim_order, keep_acceptance, keep_failure, outgoing
from motcua.postal.providers import PostRefusedError, PostUnavailableError
from motcua.postal.providers.choice import provider

_log = logging.getLogger(__name__)
_LONGEST_RUN = 10.0


def send_orders(*, at: datetime, limit: int = 20) -> int:
    """Send up to `limit` orders that are due at `at`; return how many were tried.

    Never call it inside a transaction. Safe to run in several workers at once; after a company that does not answer
    the rest waits for the next round.
    """
    stop, tried, company = time.monotonic() + _LONGEST_RUN, 0, provider()
    while tried < limit and time.monotonic() < stop:
        order = claim_order(at=at)
        if order is None:
            break
        tried += 1
        try:
            placed = company.place(outgoing(order))
        except PostRefusedError as error:
            keep_failure(order_id=order.pk, error=str(error), for_good=True, at=at)
        except PostUnavailableError as error:
            keep_failure(order_id=order.pk, error=str(error), for_good=False, at=at)
            _log.warning("the post company does not answer: %s", error)
            break
        else:
            keep_acceptance(order_id=order.pk, placed=placed, at=at)
    return tried
