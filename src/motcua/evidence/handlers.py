"""What follows from what the log found."""

from datetime import datetime

from motcua.agencies.access import root_ids
from motcua.agencies.terms import Right
from motcua.evidence.events import EvidenceAlarmed
from motcua.identity.queries import holders_of
from motcua.notifications.actions.notify import notify_accounts
from motcua.notifications.terms import NoticeKind


def on_alarmed(event: EvidenceAlarmed, at: datetime) -> None:
    """Tell every overseer of a whole province that the log is not what it must be."""
    found = {one.pk for unit_id in root_ids() for one in holders_of(Right.OVERSEE, unit_id, on=at)}
    notify_accounts(
        account_ids=sorted(found),
        kind=NoticeKind.WORK,
        subject="Báo động: sổ bằng chứng",
        body=event.message,
        link="/giam-sat/bang-chung/",
        key=f"evidence.alarm.{event.alarm_id}",
        at=at,
    )
