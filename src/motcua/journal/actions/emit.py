"""Báo sự kiện."""

from collections.abc import Hashable
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from motcua.journal.models import OutboxEvent
from motcua.journal.terms import Event
from motcua.kernel.inserting import insert


def emit(event: Event, *, at: datetime) -> None:
    """Báo sự kiện: put the fact into the outbox, in the act's own transaction."""
    insert(OutboxEvent(name=event.name, payload=_adapter(type(event)).dump_python(event, mode="json"), at=at))


@cache
def _adapter(event_type: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(event_type)
