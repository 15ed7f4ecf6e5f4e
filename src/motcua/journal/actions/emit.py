"""Báo sự kiện."""

from datetime import datetime

from pydantic import TypeAdapter

from motcua.journal.models import OutboxEvent
from motcua.journal.terms import Event


def emit(event: Event, *, at: datetime) -> None:
    """Báo sự kiện: put the fact into the outbox, in the act's own transaction."""
    OutboxEvent.objects.create(name=event.name, payload=TypeAdapter(type(event)).dump_python(event, mode="json"), at=at)
