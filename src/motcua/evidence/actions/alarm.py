"""Báo động."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from motcua.evidence.events import EvidenceAlarmed
from motcua.evidence.models import Alarm
from motcua.evidence.rules.wording import sentence
from motcua.evidence.terms import FindingKind
from motcua.journal.actions import emit


def raise_alarm(kind: FindingKind, facts: Mapping[str, Any], *, at: datetime) -> None:
    """Báo động: keep for ever that something is not what it must be, and let overseers hear of it; the same once."""
    message = sentence(kind, facts)
    if Alarm.objects.filter(kind=kind, message=message).exists():
        return
    alarm = Alarm.objects.create(at=at, kind=kind, message=message, facts=dict(facts))
    emit(EvidenceAlarmed(alarm_id=alarm.pk, message=message), at=at)
