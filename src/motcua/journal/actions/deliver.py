"""Chuyển sự kiện đến các phòng khác."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Q
from pydantic import TypeAdapter

from motcua.journal.models import OutboxEvent
from motcua.journal.terms import Event
from motcua.kernel.inserting import update
from motcua.kernel.rows import Rows

E = TypeVar("E", bound=Event)
Handler = Callable[[Any, datetime], None]
_handlers: dict[str, list[Handler]] = {}
_types: dict[str, TypeAdapter[Any]] = {}
_log = logging.getLogger(__name__)
_LONGEST_WAIT = timedelta(hours=1)
_MOST_DOUBLINGS = 10


def subscribe(event_type: type[E], handler: Callable[[E, datetime], None]) -> None:
    """Let `handler(event, at)` hear of every such event, at least once; it must be safe to call twice."""
    _types[event_type.name] = TypeAdapter(event_type)
    handlers = _handlers.setdefault(event_type.name, [])
    if handler not in handlers:
        handlers.append(handler)


def deliver_pending(*, at: datetime, limit: int = 200) -> int:
    """Chuyển sự kiện: hand up to `limit` waiting events to their handlers; return how many were tried.

    Each event has a transaction of its own; a handler that fails leaves it waiting, with the error and a later try.
    """
    tried = 0
    while tried < limit and _deliver_one(at):
        tried += 1
    return tried


def _deliver_one(at: datetime) -> bool:
    with transaction.atomic():
        row = _NEXT.first(at=at)
        if row is None:
            return False
        row.attempts += 1
        try:
            with transaction.atomic():
                _hand_over(row)
        except Exception as error:
            _log.exception("event %s %s was not delivered", row.name, row.pk)
            row.last_error = f"{type(error).__name__}: {error}"[:2000]
            row.next_try_at = at + min(timedelta(seconds=5 * 2 ** min(row.attempts, _MOST_DOUBLINGS)), _LONGEST_WAIT)
        else:
            row.delivered_at, row.next_try_at, row.last_error = at, None, ""
        update(row, "attempts", "delivered_at", "last_error", "next_try_at")
    return True


_NEXT = Rows(
    lambda at: (
        OutboxEvent.objects.filter(Q(next_try_at__isnull=True) | Q(next_try_at__lte=at), delivered_at__isnull=True)
        .select_for_update(skip_locked=True)
        .order_by("id")[:1]
    ),
    at=datetime,
)


def _hand_over(row: OutboxEvent) -> None:
    handlers = _handlers.get(row.name, [])
    if handlers:
        event = _types[row.name].validate_python(row.payload)
        for handler in handlers:
            handler(event, row.at)
