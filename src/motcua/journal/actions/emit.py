"""Báo sự kiện."""

from dataclasses import asdict
from datetime import datetime

from motcua.journal.models import OutboxEvent
from motcua.journal.terms import Event


def emit(event: Event, *, at: datetime) -> None:
    """Báo sự kiện: put the fact into the outbox, in the act's own transaction."""
    OutboxEvent.objects.create(name=event.name, payload=asdict(event), at=at)
