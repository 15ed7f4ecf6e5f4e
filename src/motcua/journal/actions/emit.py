"""Báo sự kiện."""

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from motcua.journal.models import OutboxEvent
from motcua.journal.terms import Event
from motcua.kernel.inserting import insert

_adapters: dict[str, TypeAdapter[Any]] = {}


def emit(event: Event, *, at: datetime) -> None:
    """Báo sự kiện: put the fact into the outbox, in the act's own transaction."""
    adapter = _adapters.get(event.name) or _adapters.setdefault(event.name, TypeAdapter(type(event)))
    insert(OutboxEvent(name=event.name, payload=adapter.dump_python(event, mode="json"), at=at))
