"""The worker process: delivers events of the outbox, sends messages and does the jobs of the queue.

Events and messages have a thread each: a mail server that hangs holds up mails, nothing else.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Callable

from motcua.project.runtime.leftovers import MARK

_log = logging.getLogger(__name__)
OUTBOX_SECONDS = 0.5
LONGEST_PAUSE = 5.0
ALONE_SECONDS = 8.0
Round = Callable[[threading.Event], None]


def run_worker() -> None:
    """Work until SIGTERM or SIGINT. Needs Django set up. Raises what broke when the queue or a loop breaks."""
    stop = threading.Event()
    rounds: dict[str, Round] = {"outbox": _deliver, "messages": _send, "post": _send_orders}
    threads = [
        threading.Thread(target=_repeat, args=(name, one, stop), name=name, daemon=True) for name, one in rounds.items()
    ]
    if MARK in os.environ:
        threads.append(threading.Thread(target=_end_with, args=(os.getppid(),), name="watch", daemon=True))
    for thread in threads:
        thread.start()
    try:
        asyncio.run(_do_jobs())
    finally:
        stop.set()
        threads[0].join(timeout=10)  # a message on its way may take longer; it is then sent again later


def _end_with(parent: int) -> None:
    """End when `motcua up` is gone and the polite way leads nowhere: the queue waits long for a database that is gone.

    What was under way is taken up again by the next worker, as after any other death.
    """
    while os.getppid() == parent:
        time.sleep(1)
    time.sleep(ALONE_SECONDS)
    os._exit(1)


def _deliver(stop: threading.Event) -> None:
    from django.utils import timezone

    from motcua.journal.actions.deliver import deliver_pending

    while not stop.is_set() and deliver_pending(at=timezone.now()):
        pass


def _send(_stop: threading.Event) -> None:
    from django.utils import timezone

    from motcua.notifications.jobs import send_due

    send_due(at=timezone.now())


def _send_orders(_stop: threading.Event) -> None:
    from django.utils import timezone

    from motcua.postal.jobs import send_orders

    send_orders(at=timezone.now())


def _repeat(name: str, one_round: Round, stop: threading.Event) -> None:
    """Do a round every half second; a database that does not answer makes the pauses longer."""
    from django.db import Error, connection

    pause = OUTBOX_SECONDS
    while not stop.wait(pause):
        try:
            one_round(stop)
            pause = OUTBOX_SECONDS
        except Error:
            _log.exception("%s: waits for the database", name)
            connection.close()
            pause = min(pause * 2, LONGEST_PAUSE)
        except BaseException:
            _log.exception("%s: the loop has ended", name)
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
