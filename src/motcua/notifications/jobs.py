"""Work for the worker's loop, and what is done at night. Every job may run twice."""

import logging
import time
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.notifications.actions.dispatch import claim_next, mark_not_sent, mark_sent, rest_channel
from motcua.notifications.actions.prune import prune_notices
from motcua.notifications.models import Delivery
from motcua.notifications.providers import Provider
from motcua.notifications.providers.choice import open_providers
from motcua.notifications.terms import Channel, RefusedError, SendError, UnavailableError

_log = logging.getLogger(__name__)
#: The loop has other work: after so many seconds the rest waits for the next round.
_LONGEST_RUN = 10.0


def send_due(*, at: datetime, limit: int = 50) -> int:
    """Send up to `limit` messages that are due at `at`; return how many were tried.

    Never call it inside a transaction. Safe to run in several workers at once: each message goes to one of them.
    """
    stop = time.monotonic() + _LONGEST_RUN
    tried = 0
    with open_providers() as providers:
        while providers and tried < limit and time.monotonic() < stop:
            delivery = claim_next(at=at, channels=list(providers))
            if delivery is None:
                break
            tried += 1
            if not _send(delivery, providers[Channel(delivery.channel)], at):
                del providers[Channel(delivery.channel)]
    return tried


def _send(delivery: Delivery, provider: Provider, at: datetime) -> bool:
    """Send one message; return whether its channel can go on."""
    try:
        provider.send(delivery.outgoing())
    except UnavailableError as error:
        mark_not_sent(delivery, error=str(error), at=at)
        rest_channel(Channel(delivery.channel), at=at)
        _log.warning("channel %s rests: %s", delivery.channel, error)
        return False
    except SendError as error:
        mark_not_sent(delivery, error=str(error), at=at, for_good=isinstance(error, RefusedError))
        _log.warning("delivery %s by %s: %s", delivery.pk, delivery.channel, type(error).__name__)
    except Exception as error:
        mark_not_sent(delivery, error=f"{type(error).__name__}: {error}", at=at)
        _log.exception("delivery %s by %s", delivery.pk, delivery.channel)
    else:
        mark_sent(delivery, at=at)
    return True


@app.periodic(cron="40 2 * * *")
@app.task(name="notifications.prune", queueing_lock="notifications.prune")
def prune_old(timestamp: int) -> None:  # noqa: ARG001 (the queue says when; late runs look at now)
    """Dọn thông báo cũ: remove notices and messages older than the installation keeps them."""
    gone = prune_notices(before=timezone.now() - timedelta(days=settings.KEEP_NOTICES_DAYS))
    _log.info("%d old notices and messages removed", gone)
