"""The worker process: delivers events of the outbox, sends messages and does the jobs of the queue."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading

_log = logging.getLogger(__name__)
OUTBOX_SECONDS = 0.5
LONGEST_PAUSE = 30.0


def run_worker() -> None:
    """Work until SIGTERM or SIGINT. Needs Django set up. Raises what broke when the queue or the outbox loop breaks."""
    stop = threading.Event()
    outbox = threading.Thread(target=_deliver_until, args=(stop,), name="outbox", daemon=True)
    outbox.start()
    try:
        asyncio.run(_do_jobs())
    finally:
        stop.set()
        outbox.join(timeout=10)


def _deliver_until(stop: threading.Event) -> None:
    """Deliver events and send messages every half second; a database that does not answer makes the pauses longer."""
    from django.db import DatabaseError, connection
    from django.utils import timezone

    from motcua.journal.actions.deliver import deliver_pending
    from motcua.notifications.jobs import send_due

    pause = OUTBOX_SECONDS
    while not stop.wait(pause):
        try:
            while deliver_pending(at=timezone.now()) and not stop.is_set():
                pass
            send_due(at=timezone.now())
            pause = OUTBOX_SECONDS
        except DatabaseError:
            _log.exception("the outbox waits for the database")
            connection.close()
            pause = min(pause * 2, LONGEST_PAUSE)
        except BaseException:
            _log.exception("the outbox loop has ended")
            os.kill(os.getpid(), signal.SIGTERM)  # the supervisor starts the whole worker again
            raise
    connection.close()


async def _do_jobs() -> None:
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("procrastinate is not connected through Django")
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        async with running.open_async():
            with contextlib.suppress(asyncio.CancelledError):
                await running.run_worker_async(name="motcua", delete_jobs="successful")
